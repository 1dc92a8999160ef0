import { IpSet, NONE, type Family, type SetId, type TransportPool } from '#netset';
import type { Endpoint, EndpointId } from '#model';
import type { Analysis } from './analysis.ts';
import { POSSIBLE, SURE, type Bound } from './band.ts';
import { answered } from './answered.ts';
import { cellOf, repliesOf } from './cell.ts';
import { EditedPlane } from './edited-plane.ts';
import { byWidth, joinedReach, type OutsideReach } from './outside-reach.ts';
import type { Plane } from './plane.ts';
import { CLIENTS } from './replyable.ts';
import type { RowId } from './row-pool.ts';

/** What passes between one endpoint and the internet in one address family. */
export type Exposure = {
  readonly endpoint: Endpoint;
  readonly family: Family;
  /** By disjoint sets of far addresses, widest first. */
  readonly sure: readonly OutsideReach[];
  /** Sure and unknown together. */
  readonly possible: readonly OutsideReach[];
};

/** Who can be reached from the internet, one entry for each endpoint and family that surely or possibly can. */
export function exposures({ planes }: Analysis): readonly Exposure[] {
  const known = EXPOSURES.get(planes);
  if (known !== undefined) return known;
  const found = planes.flatMap(exposuresIn);
  EXPOSURES.set(planes, found);
  return found;
}

function exposuresIn(plane: Plane): readonly Exposure[] {
  const known = IN_PLANE.get(plane);
  if (known !== undefined) return known;
  const found =
    plane instanceof EditedPlane
      ? withTouched(exposuresIn(plane.basis), plane)
      : answered(plane.network, outsideReach(plane, 'in', 'session'));
  IN_PLANE.set(plane, found);
  return found;
}

/** Only what carries an edited group can be exposed in another way than before. */
function withTouched(before: readonly Exposure[], plane: EditedPlane): readonly Exposure[] {
  const now = answered(plane.network, outsideReach(plane, 'in', 'session', plane.touched));
  return [...before.filter(({ endpoint }) => !plane.touched.has(endpoint.id)), ...now];
}

/** The same of some endpoints only. */
export function exposuresOf({ planes }: Analysis, only: ReadonlySet<EndpointId>): readonly Exposure[] {
  return planes.flatMap((plane) => answered(plane.network, outsideReach(plane, 'in', 'session', only)));
}

/** A diff, the checks and the paths all ask for the same. */
const EXPOSURES = new WeakMap<Analysis['planes'], readonly Exposure[]>();
const IN_PLANE = new WeakMap<Plane, readonly Exposure[]>();

/** Who can reach the internet. */
export function egress({ planes }: Analysis): Exposure[] {
  return planes.flatMap((plane) => outsideReach(plane, 'out', 'session'));
}

/** To whom the internet can send what surely gets no answer: of TCP nothing comes up, but one UDP packet may be all it takes. */
export function oneWay({ planes }: Analysis): Exposure[] {
  return planes.flatMap((plane) =>
    answered(plane.network, outsideReach(plane, 'in', 'unanswered')).flatMap((exposure) => {
      // the internet does not send from the network's own addresses
      const own = plane.network.networks.get(exposure.endpoint.network)?.cidrs ?? IpSet.NONE;
      const without = (pieces: readonly OutsideReach[]): OutsideReach[] =>
        pieces.map((piece) => ({ ...piece, ips: piece.ips.subtract(own) })).filter(({ ips }) => !ips.isEmpty);
      const possible = without(exposure.possible);
      return possible.length === 0 ? [] : [{ ...exposure, sure: without(exposure.sure), possible }];
    }),
  );
}

/** Which part of the answer is asked for. */
type Part = 'session' | 'unanswered';

function outsideReach(
  plane: Plane,
  direction: 'in' | 'out',
  part: Part,
  only?: ReadonlySet<EndpointId>,
): Exposure[] {
  const reaches: Reaches = new Map();
  const found = new Map<string, Exposure>();
  for (let position = 0; position < plane.axis.places.length; position += 1) {
    const endpoint = plane.endpointAt(position);
    if (endpoint === undefined || only?.has(endpoint.id) === false) continue;
    if (!(direction === 'in' ? plane.canReceive(position) : plane.canSend(position))) continue;
    const possible = reachOf(plane, position, direction, part, POSSIBLE, reaches);
    if (possible.length === 0) continue;
    const sure = reachOf(plane, position, direction, part, SURE, reaches);
    const known = found.get(endpoint.id);
    const own = { endpoint, family: plane.axis.family, sure, possible };
    found.set(endpoint.id, known === undefined ? own : joined(known, own));
  }
  return [...found.values()];
}

/** What was found out already, by all that it depends on. */
type Reaches = Map<string, readonly OutsideReach[]>;

/** Internet addresses grouped by what passes between them and the place. */
function reachOf(
  plane: Plane,
  position: number,
  direction: 'in' | 'out',
  part: Part,
  bound: Bound,
  reaches: Reaches,
): readonly OutsideReach[] {
  const { rows } = plane;
  const shared = plane.classOf(position);
  const touched =
    direction === 'in'
      ? [
          shared.in[bound],
          shared.replyOut[bound],
          ...(part === 'unanswered' ? [shared.replyOut[POSSIBLE]] : []),
        ]
      : [
          shared.out[bound],
          shared.replyIn[bound],
          ...(shared.legs.length === 0 ? [] : [shared.egress[bound]]),
          ...shared.legs.flatMap((leg) => [
            leg.forward[bound],
            leg.fromFar[bound],
            leg.back[bound],
            leg.clientIn[bound],
          ]),
        ];
  // a hop looks at the client's own address, and at whether they are neighbours
  const hops =
    direction === 'in'
      ? []
      : shared.legs.map(
          (leg) =>
            `${String(leg.via)} ${String(rows.at(leg.fromClient[bound], position))} ${String(rows.at(leg.hopOut[bound], position))}`,
        );
  const subnet = hops.length === 0 ? '' : plane.axis.places[position]!.subnet;
  const key = [bound, ...touched, ...hops, subnet].join();
  const known = reaches.get(key);
  if (known !== undefined) return known;
  const reach = farSets(plane, position, direction, part, bound, touched);
  reaches.set(key, reach);
  return reach;
}

function farSets(
  plane: Plane,
  position: number,
  direction: 'in' | 'out',
  part: Part,
  bound: Bound,
  touched: readonly RowId[],
): readonly OutsideReach[] {
  const { rows, axis } = plane;
  const byAnswer = new Map<string, { set: SetId; replies: SetId | undefined; spans: [number, number][] }>();
  for (const span of axis.internet) {
    const edges: number[] = [...span];
    for (const row of touched) {
      rows.forEachRun(row, span, (start, end) => {
        edges.push(start, end);
        return false;
      });
    }
    edges.sort((a, b) => a - b);
    for (let i = 0; i + 1 < edges.length; i += 1) {
      const start = edges[i]!;
      const end = edges[i + 1]!;
      if (start === end) continue;
      const [from, to] = direction === 'in' ? [start, position] : [position, start];
      const set = partOf(plane, from, to, part, bound);
      if (set === NONE) continue;
      // what goes out may take a hop, which has ports of its own
      const replies =
        direction === 'in' && part === 'session'
          ? someReplies(rows.sets, set, repliesOf(plane, from, to, bound))
          : undefined;
      const key = `${String(set)} ${String(replies)}`;
      const known = byAnswer.get(key);
      if (known !== undefined) known.spans.push([start, end]);
      else
        byAnswer.set(key, {
          set,
          replies,
          spans: [[start, end]],
        });
    }
  }
  return [...byAnswer.values()]
    .map(({ set, replies, spans }) => ({
      ips: axis.addressesOf(spans),
      transport: rows.sets.valueOf(set),
      ...(replies !== undefined && { repliesOnlyTo: rows.sets.valueOf(replies) }),
    }))
    .sort(byWidth);
}

/** The client ports that get their answers, of the protocols that are let in; `undefined` if all do. */
function someReplies(sets: TransportPool, set: SetId, replies: SetId): SetId | undefined {
  const clients = CLIENTS.reduce(
    (sum, { flows, clients: ports }) =>
      sets.overlaps(set, sets.intern(flows)) ? sets.union(sum, sets.intern(ports)) : sum,
    NONE,
  );
  const answered = sets.intersect(replies, clients);
  return answered === clients ? undefined : answered;
}

function partOf(plane: Plane, from: number, to: number, part: Part, bound: Bound): SetId {
  const { forward, session } = cellOf(plane, from, to, bound);
  if (part === 'session') return session;
  return plane.rows.sets.subtract(forward, cellOf(plane, from, to, POSSIBLE).session);
}

function joined(a: Exposure, b: Exposure): Exposure {
  return { ...a, sure: joinedReach(a.sure, b.sure), possible: joinedReach(a.possible, b.possible) };
}
