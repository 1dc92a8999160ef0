import { ALL, NONE, type Ip, type IpSet, type SetId } from '#netset';
import type { Endpoint, Handoff, NetworkId, Relay, SubnetId } from '#model';
import type { Analysis } from './analysis.ts';
import { SURE, type Bound } from './band.ts';
import { cellOf } from './cell.ts';
import type { Plane } from './plane.ts';
import type { Naming } from './policy-rows.ts';
import { isTiered } from './tiers.ts';
import type { RowId, Span } from './row-pool.ts';

/** Where a handoff happens: from the relay's places to its target's, in the plane of the address that is dialled. */
export type HandoffPlaces = {
  readonly plane: Plane;
  readonly handoff: Handoff;
  readonly from: readonly number[];
  readonly to: number;
};

/** `undefined` where the target does not stand in this network, or the relay has no address of its family. */
export function placesOfHandoff(
  { planes }: Analysis,
  relay: Relay,
  handoff: Handoff,
): HandoffPlaces | undefined {
  const { ip, target } = handoff;
  const unaddressed = ({ axis }: Plane): number | undefined =>
    axis.positionsOf(target).find((position) => axis.places[position]?.isUnaddressed === true);
  const plane = planes.find((each) =>
    ip === undefined ? unaddressed(each) !== undefined : each.axis.family === ip.family,
  );
  if (plane === undefined) return undefined;
  const to = ip === undefined ? unaddressed(plane) : plane.axis.positionOf(ip, target);
  if (to === undefined || plane.endpointAt(to) === undefined) return undefined;
  const from = relay.entrances.flatMap((id) =>
    plane.axis.positionsOf(id).filter((position) => plane.endpointAt(position) !== undefined),
  );
  return from.length === 0 ? undefined : { plane, handoff, from, to };
}

/** What gets to the target under the relay's own address: a session of its own, from any of the relay's places. */
export function ownSession({ plane, handoff, from, to }: HandoffPlaces, bound: Bound): SetId {
  const { sets } = plane.rows;
  const carried = sets.intern(handoff.transport);
  return from.reduce<SetId>(
    (sum, entrance) => sets.union(sum, sets.intersect(carried, cellOf(plane, entrance, to, bound).session)),
    NONE,
  );
}

/**
 * What gets to the target under the client's own address. Its ACL and the rules of its groups that name addresses look at the client; a rule that
 * names a group matches if the relay is a member, never by the client's groups. Replies go back through the relay, whatever the target's
 * routes say, and the target must be in the relay's network or one that is peered with it.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */
export function keptSession(places: HandoffPlaces, client: number, bound: Bound): SetId {
  const { plane, handoff, from, to } = places;
  const { rows, replyable } = plane;
  const { sets } = rows;
  const target = plane.endpointAt(to)!;
  if (!plane.canReceive(to)) return NONE;
  const { subnet, policy } = borderOf(plane, target);
  const naming = namingFor(plane, target);
  const byAddress = rows.at(ingressOf(plane, target, naming, bound), client);
  const members = naming === 'anything' ? rows.none : ingressOf(plane, target, 'members', bound);
  const aclIn = rows.at(plane.policies.firstMatch(policy, 'ingress')[bound], client);
  const aclOut = rows.at(plane.policies.firstMatch(policy, 'egress')[bound], client);
  const carried = sets.intern(handoff.transport);
  let session: SetId = NONE;
  for (const entrance of from) {
    const source = plane.endpointAt(entrance)!;
    if (!plane.canSend(entrance) || !areJoined(plane, source.network, target.network)) continue;
    const shared = plane.classOf(entrance);
    const isLocal = source.subnet === subnet;
    // it must flow directly: what comes of another way that leads there is not documented
    const routed = bound === SURE ? straightFrom(plane, source.subnet) : shared.routed[bound];
    const sent = sets.intersect(rows.at(shared.egress[bound], to), rows.at(routed, to));
    const admitted = sets.union(byAddress, rows.at(members, entrance));
    const crossed = isLocal
      ? ALL
      : [
          rows.at(plane.border(source.subnet, 'egress')[bound], to),
          aclIn,
          replyable(aclOut),
          replyable(rows.at(shared.replyIn[bound], to)),
        ].reduce((sum, set) => sets.intersect(sum, set), ALL);
    session = sets.union(
      session,
      sets.intersect(carried, sets.intersect(sets.intersect(sent, admitted), crossed)),
    );
  }
  return session;
}

/** Where the routes of a subnet lead within its own network, and over peerings. */
function straightFrom(plane: Plane, subnet: SubnetId): RowId {
  return plane.rows.union(plane.exitOf(plane.subnet(subnet)).direct[SURE], plane.own(subnet));
}

/** The rows that `keptSession` looks at for the client: where they are the same, so is the answer. */
export function rowsOfClient({ plane, to }: HandoffPlaces, bound: Bound): readonly RowId[] {
  const target = plane.endpointAt(to)!;
  const { policy } = borderOf(plane, target);
  return [
    ingressOf(plane, target, namingFor(plane, target), bound),
    plane.policies.firstMatch(policy, 'ingress')[bound],
    plane.policies.firstMatch(policy, 'egress')[bound],
  ];
}

/** What the target sees as the source, for clients of this family: only one of its own family can keep its address. */
export function sourcesSeen(
  { plane, handoff }: HandoffPlaces,
  clients: Plane,
): readonly ('relay' | 'client')[] {
  if (plane !== clients || handoff.source === 'relay') return ['relay'];
  return handoff.source === 'client' ? ['client'] : ['relay', 'client'];
}

/** The known places for which, as clients, something is handed on: where the rows that look at them are the same, so is the answer. */
export function clientsOf(places: HandoffPlaces, clients: Plane, bound: Bound): readonly Span[] {
  const { known } = clients.axis;
  const edges: number[] = [...known];
  if (sourcesSeen(places, clients).includes('client')) {
    for (const row of rowsOfClient(places, bound)) {
      clients.rows.forEachRun(row, known, (start, end) => {
        edges.push(start, end);
        return false;
      });
    }
    edges.sort((a, b) => a - b);
  }
  return edges.flatMap((start, i): Span[] => {
    const end = edges[i + 1];
    if (end === undefined || start === end) return [];
    return handedOn(places, clients, start, bound) === NONE ? [] : [[start, end]];
  });
}

/** Of these places, those whose address is in the set; all without one. */
export function positionsIn(
  plane: Plane,
  positions: readonly number[],
  ips: IpSet | undefined,
): readonly number[] {
  return ips === undefined ? positions : positions.filter((position) => ips.has(addressAt(plane, position)));
}

/** The address of a known place; the first of a block. */
export function addressAt(plane: Plane, position: number): Ip {
  const { first } = plane.axis.places[position]!;
  return typeof first === 'bigint' ? { family: 6, value: first } : { family: 4, value: first };
}

/** What is handed on for one client: of what is not known about it, all must hold for sure, any may. */
export function handedOn(places: HandoffPlaces, clients: Plane, client: number, bound: Bound): SetId {
  const { handoff, plane } = places;
  if (bound === SURE && handoff.doubt !== undefined) return NONE;
  const { sets } = plane.rows;
  return sourcesSeen(places, clients)
    .map((seen) => (seen === 'relay' ? ownSession(places, bound) : keptSession(places, client, bound)))
    .reduce((a, b) => (bound === SURE ? sets.intersect(a, b) : sets.union(a, b)));
}

/** An order of policies looks at the client as if it came by itself: what one rule refuses it, no other admits. */
function namingFor({ network }: Plane, target: Endpoint): 'anything' | 'addresses' {
  return isTiered(network, target) ? 'anything' : 'addresses';
}

/** What the rules of an endpoint's groups admit that name addresses, or that name groups. */
export function ingressOf(plane: Plane, target: Endpoint, naming: Naming, bound: Bound): RowId {
  if (target.unfiltered) return plane.rows.all;
  return plane.policies.filterOf(target.policies, target.network, 'ingress', naming)[bound];
}

function borderOf(plane: Plane, target: Endpoint) {
  return { subnet: target.subnet, policy: plane.subnet(target.subnet).policy };
}

/** The same network, or one that an active peering of the same Region joins to it; that is when groups can be named across. */
function areJoined({ network }: Plane, a: NetworkId, b: NetworkId): boolean {
  return (
    a === b ||
    [...network.gateways.values()].some(
      (gateway) =>
        gateway.kind === 'peering' &&
        gateway.isActive &&
        gateway.sharesGroups &&
        gateway.sides.includes(a) &&
        gateway.sides.includes(b),
    )
  );
}
