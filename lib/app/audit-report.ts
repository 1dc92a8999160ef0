import { exposures, type Analysis } from '#engine';
import {
  audit,
  fixesFor,
  intentFor,
  latent,
  remarks,
  review,
  riskOf,
  TrialBudget,
  type Finding,
  type IntentSettings,
  type Remark,
  type Review,
  type Risk,
} from '#findings';
import { toHtml, toReport, type Report, type TextFinding } from '#report';
import type { Network } from '#model';
import { exceptionsOf } from './config/exceptions-of.ts';
import { intentOf } from './config/intent-of.ts';
import { loadConfig } from './config/load-config.ts';
import { checkAssertions, type FactResult } from './facts/check-facts.ts';
import { toldAssertion } from './facts/told-assertion.ts';
import { loadAnalysis, type Target } from './load.ts';
import { toldFixes, type ToldFixes } from './told-fix.ts';
import { VERSION } from './version.ts';

export type AuditAnswer = {
  readonly network: Network;
  /** Those that nobody has accepted. */
  readonly findings: readonly TextFinding[];
  /** About what is not open now and would be by the next step. */
  readonly latent: readonly TextFinding[];
  /** Of all that is open, whoever has accepted it. */
  readonly risk: Risk;
  readonly remarks: readonly Remark[];
  /** Which findings somebody answers for, and what else there is to say of exceptions. */
  readonly review: Review;
  /** The assertions of the configuration. */
  readonly assertions: readonly FactResult[];
  /** Everything, what was accepted among it. */
  readonly report: Report;
  /** The report as a page of HTML. Who reaches whom is worked out when it is asked for. */
  readonly html: () => string;
};

/** What is audited, and what it is compared with: by default the `postern.yml` that is here, if one is. */
export type AuditTarget = Target & { readonly config?: string };

/**
 * What is wrong with a network now, with a way out of each finding, as findings and as the document of all formats.
 *
 * @throws QuestionError if the network or the configuration cannot be read
 */
export async function auditReport(
  target: AuditTarget,
  clock: () => Date = () => new Date(),
): Promise<AuditAnswer> {
  const { config } = await loadConfig(target.config);
  const meant = intentOf(config);
  const { analysis, targets } = await loadAnalysis(target);
  const { network } = analysis;
  const intent = intentFor(meant, network);
  const [open, asleep, untidy] = [audit(analysis, meant), latent(analysis, meant), remarks(analysis)];
  const assertions = checkAssertions(config.assertions, analysis, intent);
  const breaks = (edited: Analysis): readonly string[] => brokenBy(edited, assertions, meant);
  // of the worst first: in a large network not all can be tried
  const budget = new TrialBudget();
  const fixes = new Map(
    [...open, ...asleep].map((finding) => [
      finding,
      toldFixes(network, fixesFor(analysis, finding, { meant, breaks, budget })),
    ]),
  );
  const risk = riskOf(open);
  const now = clock().toISOString();
  const exceptions = exceptionsOf(config.exceptions);
  const reviewed = review([...open, ...asleep], exceptions, now);
  const acceptedBy = new Map(reviewed.accepted.map(({ finding, exception }) => [finding, exception]));
  const isOpen = (finding: Finding): boolean => !acceptedBy.has(finding);
  const fixesOf = (finding: Finding): ToldFixes => fixes.get(finding) ?? { fixes: [] };
  const told = (finding: Finding): TextFinding => {
    const note = reviewed.notes.get(finding);
    return { finding, ...fixesOf(finding), ...(note !== undefined && { note }) };
  };
  const report = toReport({
    network,
    findings: [...open, ...asleep],
    risk,
    remarks: untidy,
    assertions: assertions.map(toldAssertion),
    exposures: exposures(analysis),
    targets,
    version: VERSION,
    now,
    isJewel: intent.isCrownJewel,
    extrasOf: (finding) => {
      const { owner, reason, until } = acceptedBy.get(finding) ?? {};
      return {
        ...fixesOf(finding),
        ...(owner !== undefined &&
          reason !== undefined &&
          until !== undefined && { suppression: { owner, reason, until } }),
      };
    },
  });
  return {
    network,
    findings: open.filter(isOpen).map(told),
    latent: asleep.filter(isOpen).map(told),
    risk,
    remarks: untidy,
    review: reviewed,
    assertions,
    report,
    html: () => toHtml({ report, analysis, intent, reviewed: { exceptions, review: reviewed, now } }),
  };
}

/** The assertions that hold and would not in an edited network, in words. */
function brokenBy(edited: Analysis, assertions: readonly FactResult[], meant: IntentSettings): string[] {
  const holding = assertions.filter(({ holds }) => holds).map(({ fact }) => fact);
  if (holding.length === 0) return [];
  return checkAssertions(holding, edited, intentFor(meant, edited.network)).flatMap(
    ({ holds, fact: { from, to, flows, expect } }) => (holds ? [] : [`${from} to ${to} ${flows} ${expect}`]),
  );
}
