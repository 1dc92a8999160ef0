import { IpSet, INTERNET, NONE, TransportSet, type Family, type SetId } from '#netset';
import type { Endpoint } from '#model';
import type { Analysis } from './analysis.ts';
import { POSSIBLE, SURE, type Bound } from './band.ts';
import { cellOf } from './cell.ts';
import type { Plane, PlaceClass } from './plane.ts';

/** Some internet addresses, and what they can open a session with. */
export type OutsideReach = { readonly ips: IpSet; readonly transport: TransportSet };

/** What passes between one endpoint and the internet in one address family. */
export type Exposure = {
  readonly endpoint: Endpoint;
  readonly family: Family;
  /** By disjoint sets of far addresses, widest first. */
  readonly sure: readonly OutsideReach[];
  /** Sure and unknown together. */
  readonly possible: readonly OutsideReach[];
};

/** How much of the internet a set of addresses is. */
export type Breadth = 'whole' | 'wide' | 'limited';

/** From this share of a family's public addresses on, a set counts as the whole internet: two halves less a blocked range still do. */
const WHOLE_SHARE = 0.9;
/** From this share on it counts as wide: about a /8 of IPv4. */
const WIDE_SHARE = 1 / 256;

export function breadthOf(ips: IpSet, family: Family): Breadth {
  const share = family === 4 ? ips.size4() / INTERNET.size4() : Number((ips.size6() * 1_000_000n) / INTERNET.size6()) / 1_000_000;
  if (share >= WHOLE_SHARE) return 'whole';
  return share >= WIDE_SHARE ? 'wide' : 'limited';
}

/** Who can be reached from the internet, one entry for each endpoint and family that surely or possibly can. */
export function exposures({ planes }: Analysis): Exposure[] {
  return planes.flatMap((plane) => outsideReach(plane, 'in'));
}

/** Who can reach the internet. */
export function egress({ planes }: Analysis): Exposure[] {
  return planes.flatMap((plane) => outsideReach(plane, 'out'));
}

function outsideReach(plane: Plane, direction: 'in' | 'out'): Exposure[] {
  const memo = new Map<PlaceClass, Exposure | undefined>();
  const found = new Map<string, Exposure>();
  for (let position = 0; position < plane.axis.places.length; position += 1) {
    const endpoint = plane.endpointAt(position);
    if (endpoint === undefined) continue;
    if (!(direction === 'in' ? plane.canReceive(position) : plane.canSend(position))) continue;
    const shared = plane.classOf(position);
    // a hop looks at the client's own address, so such classes are not shared
    const isShared = direction === 'in' || shared.legs.length === 0;
    let reach = isShared ? memo.get(shared) : undefined;
    if (reach === undefined) {
      reach = {
        endpoint,
        family: plane.axis.family,
        sure: farSets(plane, position, direction, SURE),
        possible: farSets(plane, position, direction, POSSIBLE),
      };
      if (isShared) memo.set(shared, reach);
    }
    if (reach.possible.length === 0) continue;
    const known = found.get(endpoint.id);
    const own = { ...reach, endpoint };
    found.set(endpoint.id, known === undefined ? own : joined(known, own));
  }
  return [...found.values()];
}

/** Internet addresses grouped by what passes between them and the place. */
function farSets(plane: Plane, position: number, direction: 'in' | 'out', bound: Bound): readonly OutsideReach[] {
  const { rows, axis } = plane;
  const bySet = new Map<SetId, [number, number][]>();
  const edges = new Set<number>();
  const shared = plane.classOf(position);
  const touched =
    direction === 'in'
      ? [shared.in[bound], shared.replyOut[bound]]
      : [
          shared.out[bound],
          shared.replyIn[bound],
          shared.egress[bound],
          ...shared.legs.flatMap((leg) => [leg.forward[bound], leg.hopIn[bound]]),
        ];
  for (const span of axis.internet) {
    edges.add(span[0]);
    edges.add(span[1]);
    for (const row of touched) {
      rows.forEachRun(row, span, (start, end) => {
        edges.add(start);
        edges.add(end);
        return false;
      });
    }
  }
  const sorted = [...edges].sort((a, b) => a - b);
  for (let i = 0; i + 1 < sorted.length; i += 1) {
    const start = sorted[i]!;
    const end = sorted[i + 1]!;
    if (!axis.internet.some(([first, last]) => first <= start && end <= last)) continue;
    const { session } = direction === 'in' ? cellOf(plane, start, position, bound) : cellOf(plane, position, start, bound);
    if (session === NONE) continue;
    const spans = bySet.get(session) ?? [];
    spans.push([start, end]);
    bySet.set(session, spans);
  }
  return [...bySet]
    .map(([set, spans]) => ({ ips: axis.addressesOf(spans), transport: rows.sets.valueOf(set) }))
    .sort(byWidth);
}

function byWidth(a: OutsideReach, b: OutsideReach): number {
  return b.ips.size4() - a.ips.size4() || (b.ips.size6() > a.ips.size6() ? 1 : b.ips.size6() < a.ips.size6() ? -1 : 0);
}

function joined(a: Exposure, b: Exposure): Exposure {
  return { ...a, sure: joinedReach(a.sure, b.sure), possible: joinedReach(a.possible, b.possible) };
}

/** Several addresses of one endpoint: what any of them allows. Kept disjoint by far address. */
function joinedReach(a: readonly OutsideReach[], b: readonly OutsideReach[]): readonly OutsideReach[] {
  let pieces: readonly OutsideReach[] = a;
  for (const { ips, transport } of b) {
    let rest = ips;
    const next: OutsideReach[] = [];
    for (const piece of pieces) {
      const shared = piece.ips.intersect(ips);
      if (shared.isEmpty) {
        next.push(piece);
        continue;
      }
      rest = rest.subtract(shared);
      const apart = piece.ips.subtract(shared);
      if (!apart.isEmpty) next.push({ ips: apart, transport: piece.transport });
      next.push({ ips: shared, transport: piece.transport.union(transport) });
    }
    if (!rest.isEmpty) next.push({ ips: rest, transport });
    pieces = next;
  }
  const byTransport = new Map<string, OutsideReach>();
  for (const { ips, transport } of pieces) {
    const key = transport.spans.join();
    const known = byTransport.get(key);
    byTransport.set(key, { ips: known === undefined ? ips : known.ips.union(ips), transport });
  }
  return [...byTransport.values()].sort(byWidth);
}

/** The addresses from which (or to which) a flow is possible, of all that the reach lists. */
export function ipsFor(reach: readonly OutsideReach[], transport: TransportSet): IpSet {
  return IpSet.unionOf(reach.filter((piece) => piece.transport.overlaps(transport)).map(({ ips }) => ips));
}

/** What a whole or wide part of the internet can reach: the union over the points that enough addresses share. */
export function openTo(reach: readonly OutsideReach[], family: Family, least: Breadth): TransportSet {
  const ranks: Record<Breadth, number> = { whole: 2, wide: 1, limited: 0 };
  let open = TransportSet.NONE;
  // points are open to the union of all pieces that hold them: cut the axis at every piece's edges
  const cuts = [...new Set(reach.flatMap(({ transport }) => transport.spans))].sort((a, b) => a - b);
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const points = TransportSet.fromSpans([cuts[i]!, cuts[i + 1]!]);
    const ips = ipsFor(reach, points);
    if (!ips.isEmpty && ranks[breadthOf(ips, family)] >= ranks[least]) open = open.union(points);
  }
  return open;
}
