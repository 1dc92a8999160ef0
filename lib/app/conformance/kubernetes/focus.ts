import { parseTransport } from '#netset';
import type { Options } from './expectation.ts';
import type { Row, RowEnd } from './connection-rows.ts';

/** `ns/name[Kind]` by `name`, or by `ns/name`. */
function isCalled(end: RowEnd, names: readonly string[]): boolean {
  if (typeof end !== 'string') return false;
  const whole = end.replace(/\[[^\]]*\]$/, '');
  const name = whole.slice(whole.indexOf('/') + 1);
  return names.some((text) => text === whole || text === name);
}

/** The rows that the options of a case ask for. */
export function focused(
  rows: readonly Row[],
  { focusWorkloads, focusWorkloadPeers, focusDirection, focusConn }: Options,
): readonly Row[] {
  const wanted = focusConn === undefined ? undefined : parseTransport(focusConn.replace('-', '/'));
  return rows.filter(({ src, dst, transport }) => {
    if (wanted !== undefined && !wanted.isSubsetOf(transport)) return false;
    if (focusWorkloads === undefined) return true;
    const matches = (near: RowEnd, far: RowEnd): boolean =>
      isCalled(near, focusWorkloads) &&
      (focusWorkloadPeers === undefined || isCalled(far, focusWorkloadPeers));
    return (
      (focusDirection !== 'ingress' && matches(src, dst)) ||
      (focusDirection !== 'egress' && matches(dst, src))
    );
  });
}
