import type { Finding, Severity } from './finding.ts';

/**
 * How likely a finding of each severity is to be somebody's way in, for the sum: judgement, not measurement. What counts is that it stays the
 * same, so that one week can be compared with another; a change of it is a new version.
 */
export const RISK_WEIGHTS = {
  critical: 0.4,
  high: 0.15,
  medium: 0.05,
  low: 0.01,
  info: 0,
} as const satisfies Readonly<Record<Severity, number>>;

/** What is only possible counts half. */
const POSSIBLY = 0.5;

/** The formula and its weights. Numbers of different versions cannot be compared. */
export const RISK_FORMULA = 'postern-risk-1';

/** What of a finding its weight goes by. */
export type Weighed = Pick<Finding, 'severity' | 'certainty' | 'fingerprint' | 'workload'>;

/** How much of the risk one thing in the account brings about. */
export type RiskPart<F extends Weighed = Finding> = {
  /** What has the trouble, and the worst of its findings, which is the one that counts. */
  readonly subject: Finding['workload'];
  readonly finding: F;
  /** Its findings that add nothing to that. */
  readonly others: readonly F[];
  readonly weight: number;
  /** Its share of the score: the shares of all parts add up to the score, but for rounding. */
  readonly points: number;
};

export type Risk<F extends Weighed = Finding> = {
  readonly formula: typeof RISK_FORMULA;
  /** 0: nothing found that counts. 100 is never reached before rounding. */
  readonly score: number;
  /** The largest share first. */
  readonly parts: readonly RiskPart<F>[];
};

/**
 * The risk of an account as one number from 0 to 100, with what it is made of:
 *
 *     score = 100 × (1 − Π (1 − weight of the worst finding of each subject))
 *
 * That is the chance that at least one of the ways in is used, were they independent and the weights their chances. So it never falls by one
 * finding more, it does not depend on their order, and ten findings about one machine weigh no more than the worst of them.
 */
export function riskOf<F extends Weighed = Finding>(findings: readonly F[]): Risk<F> {
  const bySubject = new Map<string, F[]>();
  for (const finding of findings) {
    const known = bySubject.get(finding.workload.id);
    if (known === undefined) bySubject.set(finding.workload.id, [finding]);
    else known.push(finding);
  }
  const weighed = [...bySubject.values()]
    .flatMap((all) => {
      const [finding, ...others] = all.toSorted((a, b) => weightOf(b) - weightOf(a) || compareText(a, b));
      return finding === undefined || weightOf(finding) === 0
        ? []
        : [{ finding, others, weight: weightOf(finding) }];
    })
    .sort((a, b) => b.weight - a.weight || compareText(a.finding, b.finding));
  // sorted, so that the same findings give the same number to the last bit
  const safe = weighed.reduce((product, { weight }) => product * (1 - weight), 1);
  const score = Math.round(1000 * (1 - safe)) / 10;
  const sum = Math.log(safe);
  return {
    formula: RISK_FORMULA,
    score,
    parts: weighed.map((part) => ({
      subject: part.finding.workload,
      ...part,
      points: Math.round((10 * score * Math.log(1 - part.weight)) / sum) / 10,
    })),
  };
}

function weightOf({ severity, certainty }: Weighed): number {
  return RISK_WEIGHTS[severity] * (certainty === 'surely' ? 1 : POSSIBLY);
}

function compareText(a: Weighed, b: Weighed): number {
  return a.fingerprint < b.fingerprint ? -1 : a.fingerprint > b.fingerprint ? 1 : 0;
}
