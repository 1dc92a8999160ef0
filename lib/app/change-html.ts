import { exposures, type Analysis } from '#engine';
import { fixFor, intentFor, remarks, riskOf, type Finding, type IntentSettings } from '#findings';
import { toHtml, toReport, type ReportSide } from '#report';
import { removalCommands, type AwsSnapshot } from '#sources/aws';
import { compare } from './comparison.ts';
import { targetsOf } from './load.ts';
import { VERSION } from './version.ts';

/** How many findings have their fix tried on the model: each try is an analysis of the whole network. */
const FIXES_TRIED = 20;

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
  const tried = new Set([...fresh, ...is].slice(0, FIXES_TRIED));
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
      extrasOf: (finding) => {
        if (!tried.has(finding)) return {};
        const { remove, isProven } = fixFor(analysis.network, finding, meant);
        const commands = removalCommands(analysis.network, remove);
        return { fixes: commands.length === 0 ? [] : [{ kind: 'aws-cli', commands, isProven }] };
      },
    }),
  });
  return toHtml({
    ...sideOf(delta.after, is, after),
    before: sideOf(delta.before, was, before),
    intent,
  });
}
