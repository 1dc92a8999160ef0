import { IpSet, TransportSet } from '#netset';
import type { Endpoint } from '#model';
import type { Intent } from '../intent/intent.ts';

/** The flows that are meant for some of these addresses, of those that they can open at an endpoint. */
export function meantOf(
  { unmeant }: Pick<Intent, 'unmeant'>,
  endpoint: Endpoint,
  ips: IpSet,
  transport: TransportSet,
): TransportSet {
  const left = unmeant(endpoint, [{ ips, transport }]);
  if (left.length === 1 && left[0]?.ips.equals(ips) === true) return transport.subtract(left[0].transport);
  const edges = [transport, ...left.map((piece) => piece.transport)].flatMap(({ spans }) => spans);
  const sorted = [...new Set(edges)].sort((a, b) => a - b);
  const meant: TransportSet[] = [];
  for (const [i, edge] of sorted.entries()) {
    const end = sorted[i + 1];
    if (end === undefined || !transport.has(edge)) continue;
    const nobodyMeans = left.filter((piece) => piece.transport.has(edge)).map((piece) => piece.ips);
    if (!ips.isSubsetOf(IpSet.unionOf(nobodyMeans))) meant.push(TransportSet.fromSpans([edge, end]));
  }
  return TransportSet.unionOf(meant);
}
