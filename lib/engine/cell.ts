import { ALL, NONE, type SetId } from '#netset';
import type { Bound } from './band.ts';
import type { Leg, Plane } from './plane.ts';

/**
 * The answer for one pair of positions, as one bound of each part: what the filters and routes let through on the way there, and what of it
 * gets its replies, so that a session comes up.
 */
export type Cell = { readonly forward: SetId; readonly session: SetId };

const NOTHING: Cell = { forward: NONE, session: NONE };

/** Whether flows from `from` to `to` are asked about at all: different endpoints that take part, not both outside. */
function isAsked(plane: Plane, from: number, to: number): boolean {
  if (plane.isOutside(from)) return !plane.isOutside(to) && plane.canReceive(to);
  if (!plane.canSend(from)) return false;
  if (plane.isOutside(to)) return true;
  return plane.canReceive(to) && plane.ownerAt(from) !== plane.ownerAt(to);
}

export function cellOf(plane: Plane, from: number, to: number, bound: Bound): Cell {
  if (!isAsked(plane, from, to)) return NOTHING;
  const { sets } = plane.rows;
  let { forward, session } = directCell(plane, from, to, bound);
  for (const leg of plane.isOutside(from) ? [] : plane.classOf(from).legs) {
    const hop = cellThrough(plane, leg, from, to, bound);
    forward = sets.union(forward, hop.forward);
    session = sets.union(session, hop.session);
  }
  return { forward, session };
}

/** The part of it that needs no hop. */
export function directCell(plane: Plane, from: number, to: number, bound: Bound): Cell {
  if (!isAsked(plane, from, to)) return NOTHING;
  const { rows, replyable } = plane;
  const { sets } = rows;
  const sent = plane.isOutside(from) ? ALL : rows.at(plane.classOf(from).out[bound], to);
  const admitted = plane.isOutside(to) ? ALL : rows.at(plane.classOf(to).in[bound], from);
  const forward = sets.intersect(sent, admitted);
  const session =
    forward === NONE ? NONE : sets.intersect(forward, replyable(repliesOf(plane, from, to, bound)));
  return { forward, session };
}

/** What may come back to `from` on the direct way: for TCP and UDP, the client ports that get their answers. */
export function repliesOf(plane: Plane, from: number, to: number, bound: Bound): SetId {
  const { rows } = plane;
  const sent = plane.isOutside(to) ? ALL : rows.at(plane.classOf(to).replyOut[bound], from);
  const received = plane.isOutside(from) ? ALL : rows.at(plane.classOf(from).replyIn[bound], to);
  return rows.sets.intersect(sent, received);
}

/** The same for a way through a hop, which keeps two conversations: its own with the far end and the client's with it. */
export function cellThrough(plane: Plane, leg: Leg, from: number, to: number, bound: Bound): Cell {
  const { rows, replyable } = plane;
  const { sets } = rows;
  const source = plane.classOf(from);
  const target = plane.isOutside(to) ? undefined : plane.classOf(to);
  const carried = sets.intersect(rows.at(leg.forward[bound], to), rows.at(source.egress[bound], to));
  if (carried === NONE) return NOTHING;
  const admitted = target === undefined ? ALL : rows.at(target.in[bound], leg.via);
  const forward = sets.intersect(carried, sets.intersect(admitted, rows.at(leg.fromClient[bound], from)));
  if (forward === NONE) return NOTHING;
  const toHop = repliesToHop(plane, leg, to, bound);
  const toClient = repliesThrough(plane, leg, from, to, bound);
  return { forward, session: sets.intersect(forward, sets.intersect(replyable(toHop), replyable(toClient))) };
}

/** What may come back from the far end to the hop. */
function repliesToHop(plane: Plane, leg: Leg, to: number, bound: Bound): SetId {
  const { rows } = plane;
  const sent = plane.isOutside(to) ? ALL : rows.at(plane.classOf(to).replyOut[bound], leg.via);
  return rows.sets.intersect(sent, rows.at(leg.fromFar[bound], to));
}

/** What may come back all the way through a hop, which has ports of its own: those that get answers on both parts of the way. */
export function repliesOverHop(plane: Plane, leg: Leg, from: number, to: number, bound: Bound): SetId {
  return plane.rows.sets.intersect(
    repliesToHop(plane, leg, to, bound),
    repliesThrough(plane, leg, from, to, bound),
  );
}

/** What may come back from the hop to the client: it crosses both borders, unless they share a subnet. */
export function repliesThrough(plane: Plane, leg: Leg, from: number, to: number, bound: Bound): SetId {
  const { rows } = plane;
  const isLocal = plane.axis.places[leg.via]!.subnet === plane.axis.places[from]!.subnet;
  if (isLocal) return ALL;
  return [leg.back, leg.clientIn].reduce(
    (sum, band) => rows.sets.intersect(sum, rows.at(band[bound], to)),
    rows.at(leg.hopOut[bound], from),
  );
}

/** Whether routing carries a packet between two that take part, filters aside. NAT gateways carry only some protocols. */
export function routedOf(plane: Plane, from: number, to: number, bound: Bound): SetId {
  const { rows } = plane;
  if (!plane.takesPart(from) || !plane.takesPart(to)) return NONE;
  if (plane.isOutside(from)) return !plane.isOutside(to) && plane.arrives(from, to, bound) ? ALL : NONE;
  const source = plane.classOf(from);
  let routed = rows.at(source.routed[bound], to);
  for (const leg of source.legs) routed = rows.sets.union(routed, rows.at(leg.routed[bound], to));
  return routed;
}
