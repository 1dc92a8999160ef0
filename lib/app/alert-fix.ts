import type { Analysis } from '#engine';
import {
  fixesFor,
  worstFirst,
  type Alert,
  type AlertFix,
  type AlertKind,
  type Finding,
  type FixOptions,
} from '#findings';
import { closedText } from '#report';
import { toldFixes } from './told-fix.ts';

/** Why people hear of something that is open, and is to be shut. */
const OPEN: ReadonlySet<AlertKind> = new Set<AlertKind>([
  'opened',
  'newly-seen',
  'reminder',
  'exception-ended',
]);

/**
 * Alerts about something open that has no undo, or only one that leaves something open, with a fix of their worst finding. A long list is for
 * the report, which has a fix of each.
 *
 * @param findings what the alerts are about, among others
 */
export function withFixes(
  alerts: readonly Alert[],
  findings: readonly Finding[],
  analysis: Analysis,
  options: FixOptions,
): readonly Alert[] {
  const known = new Map(findings.map((finding) => [finding.fingerprint, finding]));
  return alerts.map((alert) => {
    const [worst] = alert.findings;
    const finding = worst && known.get(worst.fingerprint);
    const isWanted = OPEN.has(alert.kind) && alert.undo?.isProven !== true && alert.moreFindings === 0;
    if (!isWanted || finding === undefined) return alert;
    const fix = fixOf(alert.findings.length, finding, analysis, options);
    return fix === undefined ? alert : { ...alert, fix };
  });
}

/** The fix of the worst of some findings; `undefined` where nothing is known that would end it. */
export function fixOfWorst(
  findings: readonly Finding[],
  analysis: Analysis,
  options: FixOptions,
): AlertFix | undefined {
  const [worst] = worstFirst(findings);
  return worst && fixOf(findings.length, worst, analysis, options);
}

function fixOf(
  count: number,
  finding: Finding,
  analysis: Analysis,
  options: FixOptions,
): AlertFix | undefined {
  const { fixes, unsolved = '' } = toldFixes(analysis.network, fixesFor(analysis, finding, options));
  const [best] = fixes;
  if (best?.what === undefined) return undefined;
  const { what, owners = [], commands, isProven } = best;
  const which = count > 1 ? 'the first finding' : 'the finding';
  return {
    what,
    ...(owners.length > 0 && { owners }),
    commands,
    isProven,
    proof: isProven
      ? `proven on the model: ${which} goes, nothing opens${closedText(best, (text) => text)}`
      : `to begin with: ${unsolved}; look before you do it`,
  };
}
