import { exposures, type Analysis } from '#engine';
import {
  fixesFor,
  intentFor,
  remarks,
  riskOf,
  TrialBudget,
  type Finding,
  type IntentSettings,
} from '#findings';
import { toHtml, toReport, type ReportSide } from '#report';
import type { AwsSnapshot } from '#sources/aws';
import { compare } from './comparison.ts';
import { targetsOf } from './load.ts';
import { toldFixes } from './told-fix.ts';
import { VERSION } from './version.ts';

/**
 * What became of an account between two reads, as a page of HTML: the later one, with what opened and closed in it, and the earlier one to
 * switch to. `now` counts as the time of a read that does not tell its own.
 */
export function changeHtml(
  before: readonly AwsSnapshot[],
  after: readonly AwsSnapshot[],
  meant: IntentSettings,
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
      extrasOf: (finding) => fixes.get(finding) ?? {},
    }),
  });
  return toHtml({
    ...sideOf(delta.after, is, after),
    before: sideOf(delta.before, was, before),
    intent,
  });
}
