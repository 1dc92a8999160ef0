import { exposures, type Analysis } from '#engine';
import {
  fixesFor,
  intentFor,
  review,
  remarks,
  riskOf,
  TrialBudget,
  type Exception,
  type Finding,
  type IntentSettings,
} from '#findings';
import { toHtml, toReport, type ReportSide } from '#report';
import type { AwsSnapshot } from '#sources/aws';
import { compare } from './comparison.ts';
import { checkAssertions, type Fact } from './facts/check-facts.ts';
import { toldAssertion } from './facts/told-assertion.ts';
import { targetsOf } from './load.ts';
import { toldFixes } from './told-fix.ts';
import { VERSION } from './version.ts';

/** What people say of an account. */
export type Said = {
  readonly meant: IntentSettings;
  readonly assertions?: readonly Fact[];
  readonly exceptions?: readonly Exception[];
};

/**
 * What became of an account between two reads, as a page of HTML: the later one, with what opened and closed in it, and the earlier one to
 * switch to. `now` counts as the time of a read that does not tell its own.
 */
export function changeHtml(
  before: readonly AwsSnapshot[],
  after: readonly AwsSnapshot[],
  { meant, assertions = [], exceptions = [] }: Said,
  now: string,
): string {
  const { delta, was, is } = compare(before, after, meant);
  const intent = intentFor(meant, delta.after.network);
  const known = new Set(was.map(({ fingerprint }) => fingerprint));
  const fresh = is.filter(({ fingerprint }) => !known.has(fingerprint));
  // what is new comes first: in a large network not all can be tried
  const budget = new TrialBudget();
  const fixes = new Map(
    [...new Set([...fresh, ...is])].map((finding) => [
      finding,
      toldFixes(delta.after.network, fixesFor(delta.after, finding, { meant, budget })),
    ]),
  );
  const reviewed = review(is, exceptions, now);
  const acceptedBy = new Map(
    reviewed.accepted.map(({ finding, exception }) => [finding.fingerprint, exception]),
  );
  const sideOf = (
    analysis: Analysis,
    findings: readonly Finding[],
    snapshots: readonly AwsSnapshot[],
  ): ReportSide => ({
    analysis,
    report: toReport({
      network: analysis.network,
      findings,
      risk: riskOf(findings),
      remarks: remarks(analysis),
      exposures: exposures(analysis),
      targets: targetsOf(snapshots),
      version: VERSION,
      now,
      isJewel: intent.isCrownJewel,
      assertions: checkAssertions(assertions, analysis, intentFor(meant, analysis.network)).map(
        toldAssertion,
      ),
      extrasOf: (finding) => {
        const { owner, reason, until } = acceptedBy.get(finding.fingerprint) ?? {};
        return {
          ...fixes.get(finding),
          ...(owner !== undefined &&
            reason !== undefined &&
            until !== undefined && { suppression: { owner, reason, until } }),
        };
      },
    }),
  });
  return toHtml({
    ...sideOf(delta.after, is, after),
    before: sideOf(delta.before, was, before),
    intent,
    reviewed: { exceptions, review: reviewed, now },
  });
}
