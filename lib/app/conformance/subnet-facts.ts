import { TransportSet } from '#netset';
import { planeOf, type Analysis, type Bound, type Plane } from '#engine';
import { COUNTED, packetsOf, portsOf } from './packets.ts';
import { verdictOf, type Pair, type Part } from './part.ts';
import { differs, HOLDS, type Check } from './result.ts';
import type { FlowFact } from './statement.ts';
import { areaOf, forwardBetween, type Area } from './subnet-areas.ts';

/** Checks what a fact says of subnets by their ACLs, and by whether a subnet has a way to an internet gateway. */
export function checkSubnetFact(analysis: Analysis, fact: FlowFact): Check[] {
  const plane = planeOf(analysis, 4);
  const [from, to] = [areaOf(plane, fact.from), areaOf(plane, fact.to)];
  const notUnderstood = (what: string): Check[] => [differs(fact, 'a fact that is understood', what)];
  if (typeof from === 'string') return notUnderstood(`from: ${from}`);
  if (typeof to === 'string') return notUnderstood(`to: ${to}`);
  const points = packetsOf(fact, 4)?.intersect(COUNTED);
  if (points === undefined || fact.protocol === 'any') return notUnderstood('the protocol and ports');
  if (fact.routed !== undefined || fact.ipVersion === 6 || fact.srcIp)
    return notUnderstood('a part that subnets do not have');
  if (from.subnet === undefined && to.subnet === undefined) return notUnderstood('no subnet');
  if (from.subnet !== undefined && to.subnet !== undefined && from.subnet.network !== to.subnet.network) {
    return notUnderstood('ACLs alone do not tell what passes between networks');
  }
  const clients = fact.srcPorts ? portsOf(fact.srcPorts, 6) : undefined;
  if (fact.srcPorts && (clients === undefined || !points.isSubsetOf(TransportSet.tcp()))) {
    return notUnderstood('source ports of other protocols than TCP');
  }
  const pairs = from.positions.flatMap((source) =>
    to.positions.map((target) => ({ from: [source], to: [target] })),
  );
  const shared = { pairs, some: fact.quantifier === 'some' };
  const parts: (Part & { readonly name: string })[] = [];
  if (fact.reachable !== undefined) {
    const at = (bound: Bound, pair: Pair): TransportSet => forward(plane, from, to, pair, bound);
    parts.push({ ...shared, name: 'reachable', expected: fact.reachable, points, at });
  }
  if (fact.twoWay !== undefined) {
    const isAll = fact.twoWay;
    const at = (bound: Bound, pair: Pair): TransportSet =>
      answered(plane, from, to, pair, bound, clients, isAll);
    parts.push({ ...shared, name: 'twoWay', expected: isAll, points: isAll ? points : tcpOf(points), at });
  }
  return parts.map((part) => checkPart(fact, part));
}

function checkPart(fact: FlowFact, part: Part & { readonly name: string }): Check {
  const expected = `${part.name} ${String(part.expected)}`;
  if (part.pairs.length === 0) return differs(fact, expected, 'no addresses to ask about');
  const verdict = verdictOf(part);
  if (verdict.kind === 'holds') return HOLDS;
  return differs(
    fact,
    expected,
    `${verdict.sure.toString()}${verdict.kind === 'unknown' ? ' (unknown)' : ''}`,
    fact.note ?? '',
  );
}

function forward(plane: Plane, from: Area, to: Area, pair: Pair, bound: Bound): TransportSet {
  return plane.rows.sets.valueOf(
    forwardBetween(plane, from, to, pair.from[0] as number, pair.to[0] as number, bound),
  );
}

/** What gets its replies: at any client port, or at all or any of the given ones. */
function answered(
  plane: Plane,
  from: Area,
  to: Area,
  pair: Pair,
  bound: Bound,
  clients: TransportSet | undefined,
  isAll: boolean,
): TransportSet {
  const { sets } = plane.rows;
  const replies = forwardBetween(plane, to, from, pair.to[0] as number, pair.from[0] as number, bound);
  const sent = forward(plane, from, to, pair, bound);
  if (clients === undefined) return sent.intersect(sets.valueOf(plane.replyable(replies)));
  const back = sets.valueOf(replies);
  return (isAll ? clients.isSubsetOf(back) : clients.overlaps(back)) ? sent : TransportSet.NONE;
}

/** A reply that is blocked is said of TCP: only there does no session come up. */
function tcpOf(points: TransportSet): TransportSet {
  const tcp = points.intersect(TransportSet.tcp());
  return tcp.isEmpty ? points : tcp;
}
