import { IpSet, TransportSet } from '#netset';
import type { Endpoint, GroupId, HostId, Network, Rule, Selector } from '#model';
import type { Compared } from './closed-by.ts';
import type { Cut } from './cut.ts';
import type { FixKind } from './fix.ts';
import type { OwnFlows } from './own-flows.ts';

/** More blocks than that are no rule that people keep in mind. */
const MOST_BLOCKS = 4;

/** Whom rules may name instead, so that what is not the matter goes on passing. */
export type FarEnds = { readonly kind: FixKind; readonly group?: GroupId; readonly ips: IpSet };

/** Who uses rules beside those who should not. */
export type Users = {
  readonly endpoints: readonly Endpoint[];
  /** The carriers of the rules that they get to. */
  readonly near: readonly Endpoint[];
  /** Private addresses outside. */
  readonly outside: IpSet;
};

/**
 * Who could pass by the rules of a cut, and no more without them.
 *
 * @param falls whether a host may fall to the internet as everything stands
 */
export function usersOf(
  { before, changes }: Compared,
  { from: banned, culprits }: Cut,
  ownOf: OwnFlows,
  falls: (host: HostId) => boolean,
): Users {
  const { endpoints } = before.network;
  const isOut = culprits.some(({ rule }) => rule.direction === 'egress');
  const users = new Set<Endpoint>();
  const near = new Set<Endpoint>();
  const outside: IpSet[] = [];
  for (const { from, to, closed } of changes.changes) {
    const [here, there] = isOut ? [from, to] : [to, from];
    const carrier = here.kind === 'endpoint' ? endpoints.get(here.id) : undefined;
    if (carrier === undefined || closed.isEmpty) continue;
    if (there.kind === 'outside') {
      if (!there.isInternet) outside.push(there.ips);
      continue;
    }
    const user = endpoints.get(there.id);
    // whoever falls as well is another way to the same end
    if (user === undefined || (banned !== undefined && falls(user.host))) continue;
    if (closed.isSubsetOf(isOut ? ownOf(carrier, user) : ownOf(user, carrier))) continue;
    users.add(user);
    near.add(carrier);
  }
  return { endpoints: [...users], near: [...near], outside: IpSet.unionOf(outside) };
}

/** Whom the rules may name instead, those that let in fewest first. */
export function farEndsFor(users: Users, trusted: IpSet, network: Network): readonly FarEnds[] {
  const found: FarEnds[] = [];
  const others = trusted.union(users.outside);
  if (!trusted.isEmpty) found.push({ kind: 'narrow', ips: trusted });
  if (users.endpoints.length > 0) {
    const group = commonGroup(users, network);
    if (group !== undefined) found.push({ kind: 'reference', group, ips: others });
    const subnets = new Set(users.endpoints.map(({ subnet }) => subnet));
    const networks = new Set(users.endpoints.map((endpoint) => endpoint.network));
    for (const blocks of [
      [...subnets].map((id) => network.subnets.get(id)?.cidrs ?? IpSet.NONE),
      [...networks].map((id) => network.networks.get(id)?.cidrs ?? IpSet.NONE),
    ])
      found.push({ kind: 'narrow', ips: IpSet.unionOf(blocks).union(others) });
  } else if (!users.outside.isEmpty) found.push({ kind: 'narrow', ips: others });
  return found;
}

/** A group that all users carry, the smallest. Only within one network: beyond, what a name of a group matches is not certain. */
function commonGroup({ endpoints, near }: Users, network: Network): GroupId | undefined {
  const [first, ...rest] = endpoints;
  const home = first?.network;
  if ([...rest, ...near].some((endpoint) => endpoint.network !== home)) return undefined;
  const shared = (first?.groups ?? []).filter((group) => rest.every(({ groups }) => groups.includes(group)));
  if (shared.length < 2) return shared[0];
  const sizes = new Map<GroupId, number>(shared.map((group) => [group, 0]));
  for (const { groups } of network.endpoints.values())
    for (const group of groups) {
      const size = sizes.get(group);
      if (size !== undefined) sizes.set(group, size + 1);
    }
  return [...sizes].sort(([, a], [, b]) => a - b)[0]?.[0];
}

/** What a rule's selector becomes: one selector for each block, since a vendor's rule names one. `undefined`: more than people keep in mind. */
export function selectorsFor({ selector }: Rule, { group, ips }: FarEnds): readonly Selector[] | undefined {
  if (selector.kind === 'unresolved') return undefined;
  const named: readonly Selector[] = group === undefined ? [] : [{ kind: 'group', group }];
  // a rule for a group's members becomes one for a smaller group's, never one for addresses
  if (selector.kind !== 'ips') return group === undefined || group === groupOf(selector) ? undefined : named;
  const blocks = ips.intersect(selector.ips).toCidrs();
  if (blocks.length > MOST_BLOCKS) return undefined;
  return [...named, ...blocks.map((cidr): Selector => ({ kind: 'ips', ips: IpSet.of(cidr) }))];
}

function groupOf(selector: Selector): GroupId | undefined {
  return selector.kind === 'group' ? selector.group : undefined;
}

/** More rules than that in place of one are not a small change. */
const MOST_PIECES = 4;

/** A set of flows in pieces that a vendor's rule can say: a range of ports of one protocol, a type of ICMP, a protocol. */
export function pieces(transport: TransportSet): readonly TransportSet[] | undefined {
  if (transport.isEmpty) return [];
  if (transport.equals(TransportSet.ALL)) return [transport];
  const found: TransportSet[] = [
    ...transport.portsOf(6).map(({ first, last }) => TransportSet.tcp(first, last)),
    ...transport.portsOf(17).map(({ first, last }) => TransportSet.udp(first, last)),
  ];
  for (const whole of [TransportSet.icmp(), TransportSet.icmpv6()])
    if (whole.isSubsetOf(transport)) found.push(whole);
  return found.length <= MOST_PIECES && TransportSet.unionOf(found).equals(transport) ? found : undefined;
}
