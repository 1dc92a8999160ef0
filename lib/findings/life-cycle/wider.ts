import type { Finding } from '../finding.ts';

/** Whether the later finding lets something in that the earlier, of the same fingerprint, did not. */
export function isWider(before: Finding, after: Finding): boolean {
  return (
    before.transport !== undefined &&
    after.transport !== undefined &&
    !after.transport.isSubsetOf(before.transport)
  );
}
