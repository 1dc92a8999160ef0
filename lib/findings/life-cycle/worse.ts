import { SEVERITIES, type Finding } from '../finding.ts';

/**
 * Whether the later finding, of the same fingerprint, is worse than the earlier: it lets something in that the earlier did not, or weighs more. Both
 * are judged by the checks of today, so that it is the network that got worse.
 */
export function isWorse(before: Finding, after: Finding): boolean {
  return isWider(before, after) || SEVERITIES.indexOf(after.severity) < SEVERITIES.indexOf(before.severity);
}

function isWider({ transport: before }: Finding, { transport: after }: Finding): boolean {
  return before !== undefined && after !== undefined && !after.isSubsetOf(before);
}
