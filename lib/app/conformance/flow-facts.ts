import { NONE, TransportSet, type SetId } from '#netset';
import {
  cellOf,
  cellThrough,
  planeOf,
  repliesOf,
  repliesThrough,
  routedOf,
  type Analysis,
  type Bound,
  type Plane,
} from '#engine';
import { bringsIn, gatewaysNamed, takesOut } from './gateway-ends.ts';
import { packetsOf, portsOf } from './packets.ts';
import { checkParts, type NamedPart } from './check-parts.ts';
import type { Pair } from './part.ts';
import { differs, type Check } from './result.ts';
import { sideOf, type Side } from './sides.ts';
import type { FactEnd, FlowFact } from './statement.ts';

/** What a fact asks, read for one plane. */
export type Question = {
  readonly plane: Plane;
  /** Whom the fact names as the source: the internet, or the one address of it that was asserted. */
  readonly source: FactEnd;
  readonly from: Side;
  readonly to: Side;
  readonly points: TransportSet;
};

/** Reads a fact; a text says what of it is not understood. `counted`: the packets that the case counts at all. */
export function questionOf(analysis: Analysis, fact: FlowFact, counted: TransportSet): Question | string {
  if (fact.protocol === 'any' && fact.quantifier !== 'some')
    return 'protocol "any" without quantifier "some"';
  const plane = planeOf(analysis, fact.ipVersion ?? 4);
  const points = packetsOf(fact, plane.axis.family);
  if (points === undefined) return 'the protocol and ports are not understood';
  const source = fact.from === 'internet' && fact.srcIp ? { ip: fact.srcIp } : fact.from;
  const from = sideOf(plane, source, fact.to);
  if ('problem' in from) return `from: ${from.problem}`;
  // dialled from outside, a bare address is a public one
  const isFromOutside = from.side.every((positions) =>
    positions.every((position) => plane.isOutside(position)),
  );
  const to = sideOf(plane, fact.to, fact.from === 'internet' || isFromOutside ? 'internet' : fact.from);
  if ('problem' in to) return `to: ${to.problem}`;
  return { plane, source, from: from.side, to: to.side, points: points.intersect(counted) };
}

/** Checks what a fact says of packets through everything: filters, routes, gateways. */
export function checkFlowFact(
  analysis: Analysis,
  fact: FlowFact,
  counted: TransportSet = TransportSet.ALL,
): Check[] {
  const later = laterEnd(fact);
  if (later !== undefined) return [{ kind: 'deferred', reason: later }];
  const question = questionOf(analysis, fact, counted);
  if (typeof question === 'string') return [differs(fact, 'a fact that is understood', question)];
  const { plane, points } = question;
  const pairs = pairsOf(question.from, question.to);
  const goesBy = byNamedGateways(plane, fact);
  const some = fact.quantifier === 'some';
  const parts: NamedPart[] = [];
  const add = (
    name: 'reachable' | 'twoWay' | 'routed',
    asked: TransportSet,
    at: (bound: Bound, from: number, to: number) => SetId,
  ) => {
    const expected = fact[name];
    if (expected === undefined) return;
    const union = (bound: Bound, pair: Pair): TransportSet =>
      plane.rows.sets.valueOf(
        anyOf(plane, pair, (from, to) => (goesBy(from, to) ? at(bound, from, to) : NONE)),
      );
    parts.push({ name, part: { expected, points: asked, some, pairs, at: union } });
  };
  add('reachable', points, (bound, from, to) => cellOf(plane, from, to, bound).forward);
  add('routed', points, (bound, from, to) => routedOf(plane, from, to, bound));
  const clients = clientsOf(fact.srcPorts);
  if (clients === 'odd')
    return [differs(fact, 'a fact that is understood', 'the source ports are not understood')];
  const answered = fact.twoWay === false ? tcpOf(points) : points;
  add('twoWay', answered, (bound, from, to) =>
    clients === undefined
      ? cellOf(plane, from, to, bound).session
      : answeredAt(plane, from, to, bound, clients, fact.twoWay === true),
  );
  return checkParts(analysis, plane, fact, parts);
}

/** Every thing of one side with every thing of the other, but none with itself. */
function pairsOf(from: Side, to: Side): Pair[] {
  return from.flatMap((source) =>
    to
      .filter((target) => !target.some((position) => source.includes(position)))
      .map((target) => ({ from: source, to: target })),
  );
}

function anyOf(plane: Plane, { from, to }: Pair, at: (from: number, to: number) => SetId): SetId {
  let sum: SetId = NONE;
  for (const source of from) for (const target of to) sum = plane.rows.sets.union(sum, at(source, target));
  return sum;
}

function laterEnd({ deliversTo }: FlowFact): string | undefined {
  return (deliversTo ?? undefined) === undefined ? undefined : 'needs load balancer targets, a later issue';
}

/** Whether a pair is one that the gateways which the fact names stand between. */
function byNamedGateways(plane: Plane, { from, to }: FlowFact): (source: number, target: number) => boolean {
  const named = (end: FactEnd) =>
    end === 'internet' || end.gateway === undefined ? undefined : gatewaysNamed(plane.network, end.gateway);
  const [sources, targets] = [named(from), named(to)];
  return (source, target) =>
    (sources === undefined || bringsIn(plane, sources, target)) &&
    (targets === undefined || takesOut(plane, targets, source, target));
}

/** A reply that is blocked is said of TCP: only there does no session come up. */
function tcpOf(points: TransportSet): TransportSet {
  const tcp = points.intersect(TransportSet.tcp());
  return tcp.isEmpty ? points : tcp;
}

/** Client ports, for TCP and for UDP. */
type Clients = readonly { readonly flows: TransportSet; readonly ports: TransportSet }[];

function clientsOf(text: string | null | undefined): Clients | undefined | 'odd' {
  if (text === undefined || text === null) return undefined;
  const [tcp, udp] = [portsOf(text, 6), portsOf(text, 17)];
  if (tcp === undefined || udp === undefined) return 'odd';
  return [
    { flows: TransportSet.tcp(), ports: tcp },
    { flows: TransportSet.udp(), ports: udp },
  ];
}

/** What is answered to the given client ports: to all of them, or to any. */
function answeredAt(
  plane: Plane,
  from: number,
  to: number,
  bound: Bound,
  clients: Clients,
  isAll: boolean,
): SetId {
  const { rows } = plane;
  const { sets } = rows;
  const covered = (replies: SetId): SetId => {
    const set = sets.valueOf(replies);
    const isAnswered = (ports: TransportSet): boolean =>
      isAll ? ports.isSubsetOf(set) : ports.overlaps(set);
    const portless = TransportSet.ALL.subtract(TransportSet.unionOf(clients.map(({ flows }) => flows)));
    const portful = clients.filter(({ ports }) => isAnswered(ports)).map(({ flows }) => flows);
    return sets.intern(
      TransportSet.unionOf([...portful, sets.valueOf(plane.replyable(replies)).intersect(portless)]),
    );
  };
  const isDirect = plane.isOutside(from) || rows.at(plane.classOf(from).routed[bound], to) !== NONE;
  let answered = isDirect
    ? sets.intersect(cellOf(plane, from, to, bound).forward, covered(repliesOf(plane, from, to, bound)))
    : NONE;
  for (const leg of plane.isOutside(from) ? [] : plane.classOf(from).legs) {
    const { session } = cellThrough(plane, leg, from, to, bound);
    answered = sets.union(
      answered,
      sets.intersect(session, covered(repliesThrough(plane, leg, from, to, bound))),
    );
  }
  return answered;
}
