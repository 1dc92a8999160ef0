import { ALL_IPV4, ALL_IPV6, TransportSet, type IpSet } from '#netset';
import { idOf, type Endpoint, type Network, type Policy, type Rule } from '#model';
import type { Finding } from '../finding.ts';
import { pieces } from './far-ends.ts';
import type { FixChange } from './fix.ts';

/**
 * Denials at the borders of the subnets of those interfaces to which no group applies: there nothing else can say no. They stand before every other
 * rule of the list, and are for everybody: whom of its own it keeps out as well is for the trial to say.
 */
export function denialsOf({ endpoints, transport }: Finding, network: Network): readonly FixChange[] {
  if (transport === undefined) return [];
  const lists = new Map<Policy, Endpoint[]>();
  for (const endpoint of endpoints) {
    // a cluster has no borders within
    if (endpoint.kind === 'workload') continue;
    const border = network.subnets.get(endpoint.subnet)?.policy;
    const list = border && network.policies.get(border);
    if (!endpoint.unfiltered || list === undefined) continue;
    const known = lists.get(list);
    if (known === undefined) lists.set(list, [endpoint]);
    else known.push(endpoint);
  }
  return [...lists].map(([list, behind]): FixChange => ({
    kind: 'acl',
    policy: list.id,
    rules: denials(list, behind, transport),
  }));
}

function denials({ id, at }: Policy, behind: readonly Endpoint[], transport: TransportSet): Rule[] {
  const families = new Set(behind.flatMap(({ addresses }) => addresses.map(({ first }) => first.family)));
  const everybody: readonly IpSet[] = [
    ...(families.has(4) ? [ALL_IPV4] : []),
    ...(families.has(6) ? [ALL_IPV6] : []),
  ];
  return (pieces(transport) ?? coarsePieces(transport)).flatMap((piece) =>
    everybody.map((ips): Rule => ({
      id: idOf<'rule'>(`${id}/denied ${piece.toString()} ${ips.toString()}`),
      direction: 'ingress',
      action: 'deny',
      selector: { kind: 'ips', ips },
      transport: piece,
      description: '',
      at,
    })),
  );
}

/** What holds a set of flows of which no few rules say just that: of each protocol one range. */
function coarsePieces(transport: TransportSet): readonly TransportSet[] {
  const found: TransportSet[] = [];
  for (const [number, make, whole] of [
    [6, (first: number, last: number) => TransportSet.tcp(first, last), TransportSet.tcp()],
    [17, (first: number, last: number) => TransportSet.udp(first, last), TransportSet.udp()],
  ] as const) {
    const ranges = transport.intersect(whole).portsOf(number);
    const [first, last] = [ranges[0]?.first, ranges.at(-1)?.last];
    if (first !== undefined && last !== undefined) found.push(make(first, last));
  }
  for (const whole of [TransportSet.icmp(), TransportSet.icmpv6()])
    if (transport.overlaps(whole)) found.push(whole);
  return transport.isSubsetOf(TransportSet.unionOf(found)) ? found : [TransportSet.ALL];
}
