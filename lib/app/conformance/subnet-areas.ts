import { ALL, INTERNET, IpSet, NONE, parseCidr, type SetId } from '#netset';
import type { Direction, Subnet } from '#model';
import type { Bound, Plane } from '#engine';
import { internetOf, ipAt, outsideIn } from './sides.ts';
import type { FactEnd } from './statement.ts';

/**
 * A subnet, or public addresses, by the outside positions in which the addresses lie: an ACL judges addresses, whoever has
 * them.
 */
export type Area = {
  /** Absent for public addresses. */
  readonly subnet: Subnet | undefined;
  readonly positions: readonly number[];
};

/** The area that an end names; a text says why it names none. */
export function areaOf(plane: Plane, end: FactEnd): Area | string {
  if (end === 'internet') return { subnet: undefined, positions: internetOf(plane) };
  if (end.subnet !== undefined) {
    const subnet = [...plane.network.subnets.values()].find(({ id }) => id === end.subnet);
    if (subnet === undefined) return 'no subnet of this id was read';
    return { subnet, positions: subnet.cidrs.toCidrs().flatMap((cidr) => outsideIn(plane, cidr)) };
  }
  const cidr = end.ip === undefined ? undefined : parseCidr(end.ip);
  if (cidr?.family !== 4 || !IpSet.of(cidr).isSubsetOf(INTERNET))
    return 'neither a subnet nor public addresses';
  return {
    subnet: undefined,
    positions: outsideIn(plane, cidr).filter((position) => INTERNET.has(ipAt(plane, position))),
  };
}

/** What the ACLs let through from an address of one area to an address of the other; the other way round, what may come back. */
export function forwardBetween(
  plane: Plane,
  from: Area,
  to: Area,
  source: number,
  target: number,
  bound: Bound,
): SetId {
  const out = crossing(plane, from, to, 'egress', target, bound);
  return plane.rows.sets.intersect(out, crossing(plane, to, from, 'ingress', source, bound));
}

/**
 * What passes the border of an area, seen from inside, for a far address: all within the area. Between a subnet and the
 * internet the subnet must have a way to an internet gateway.
 */
function crossing(
  plane: Plane,
  near: Area,
  far: Area,
  direction: Direction,
  position: number,
  bound: Bound,
): SetId {
  const { subnet } = near;
  if (subnet === undefined || subnet === far.subnet) return ALL;
  if (far.subnet === undefined && plane.rows.at(plane.exitOf(subnet).internet[bound], position) === NONE)
    return NONE;
  return plane.rows.at(plane.policies.firstMatch(subnet.policy, direction)[bound], position);
}
