import { SEVERITIES, type Finding } from '../finding.ts';

/**
 * Whether the later finding, of the same fingerprint, is worse than the earlier: it lets something in that the earlier did not, or weighs more. Both
 * are judged by the checks of today, so that it is the network that got worse.
 */
export function isWorse(before: Finding, after: Finding): boolean {
  return isWider(before, after) || isGraver(before, after);
}

/** That a crown jewel newly falls after an open port is told by the finding of that path, in its own account; the port opened no further. */
function isGraver(before: Finding, after: Finding): boolean {
  if (after.check === 'unintended-exposure') return false;
  return SEVERITIES.indexOf(after.severity) < SEVERITIES.indexOf(before.severity);
}

function isWider({ transport: before }: Finding, { transport: after }: Finding): boolean {
  return before !== undefined && after !== undefined && !after.isSubsetOf(before);
}
