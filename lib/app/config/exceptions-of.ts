import { limitsFrom, type Exception } from '#findings';
import type { WrittenException } from './exception-schema.ts';

/** The exceptions of a configuration, or of a deployment's table, read. */
export function exceptionsOf(written: readonly WrittenException[]): readonly Exception[] {
  return written.map(({ fingerprint, check, workload, account, owner, reason, until, accepted }) => ({
    ...(fingerprint !== undefined && { fingerprint }),
    ...(check !== undefined && { check }),
    ...(workload !== undefined && { workload }),
    ...(account !== undefined && { account }),
    owner,
    reason,
    until,
    ...(accepted && { accepted: limitsFrom(accepted.severity, accepted.flows) }),
  }));
}
