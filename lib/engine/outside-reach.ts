import { HANDED_OUT_IPV6, INTERNET, IpSet, TransportSet, type Family } from '#netset';

/** Some internet addresses, and what they can open a session with. */
export type OutsideReach = {
  readonly ips: IpSet;
  readonly transport: TransportSet;
  /** Set where not every client port gets its answers: those that do, as TCP and UDP destination ports. */
  readonly repliesOnlyTo?: TransportSet;
};

/** How much of the internet a set of addresses is. */
export type Breadth = 'whole' | 'wide' | 'limited';

/** From this share of a family's public addresses on, a set counts as the whole internet: two halves less a blocked range still do. */
const WHOLE_SHARE = 0.9;
/** From this share on it counts as wide: about a /8 of IPv4, a /16 of IPv6. */
const WIDE_SHARE = 1 / 256;

const INTERNET_SIZE4 = INTERNET.size4();
const INTERNET_SIZE6 = HANDED_OUT_IPV6.size6();

export function breadthOf(ips: IpSet, family: Family): Breadth {
  return breadthOfSizes(ips.size4(), strangers6(ips), family);
}

/** How many addresses of IPv6 there are in which somebody may be: one registry's block is a small part of 2000::/3, and yet all of a continent. */
function strangers6(ips: IpSet): bigint {
  return ips.size6() === 0n ? 0n : ips.intersect(HANDED_OUT_IPV6).size6();
}

function breadthOfSizes(size4: number, size6: bigint, family: Family): Breadth {
  const share =
    family === 4 ? size4 / INTERNET_SIZE4 : Number((size6 * 1_000_000n) / INTERNET_SIZE6) / 1_000_000;
  if (share >= WHOLE_SHARE) return 'whole';
  return share >= WIDE_SHARE ? 'wide' : 'limited';
}

/** Several addresses of one endpoint: what any of them allows. Kept disjoint by far address. */
export function joinedReach(a: readonly OutsideReach[], b: readonly OutsideReach[]): readonly OutsideReach[] {
  let pieces: readonly OutsideReach[] = a;
  for (const other of b) {
    let rest = other.ips;
    const next: OutsideReach[] = [];
    for (const piece of pieces) {
      const shared = piece.ips.intersect(other.ips);
      if (shared.isEmpty) {
        next.push(piece);
        continue;
      }
      rest = rest.subtract(shared);
      const apart = piece.ips.subtract(shared);
      if (!apart.isEmpty) next.push({ ...piece, ips: apart });
      next.push({
        ips: shared,
        transport: piece.transport.union(other.transport),
        // where one address answers every client, that is what counts
        ...(piece.repliesOnlyTo &&
          other.repliesOnlyTo && { repliesOnlyTo: piece.repliesOnlyTo.union(other.repliesOnlyTo) }),
      });
    }
    if (!rest.isEmpty) next.push({ ...other, ips: rest });
    pieces = next;
  }
  const byAnswer = new Map<string, OutsideReach>();
  for (const piece of pieces) {
    const key = `${piece.transport.spans.join()} ${piece.repliesOnlyTo?.spans.join() ?? ''}`;
    const known = byAnswer.get(key);
    byAnswer.set(key, known === undefined ? piece : { ...piece, ips: known.ips.union(piece.ips) });
  }
  return [...byAnswer.values()].sort(byWidth);
}

/** The addresses from which (or to which) a flow is possible, of all that the reach lists. */
export function ipsFor(reach: readonly OutsideReach[], transport: TransportSet): IpSet {
  return IpSet.unionOf(reach.filter((piece) => piece.transport.overlaps(transport)).map(({ ips }) => ips));
}

/** What a whole or wide part of the internet can reach: the union over the points that enough addresses share. */
export function openTo(reach: readonly OutsideReach[], family: Family, least: Breadth): TransportSet {
  const ranks: Record<Breadth, number> = { whole: 2, wide: 1, limited: 0 };
  // points are open to all pieces that hold them, and no two pieces share an address: their sizes add up
  const edges = reach.flatMap(({ ips, transport }) => {
    const [size4, size6] = [ips.size4(), strangers6(ips)];
    return transport.spans.map((at, i) =>
      i % 2 === 0 ? { at, size4, size6 } : { at, size4: -size4, size6: -size6 },
    );
  });
  edges.sort((a, b) => a.at - b.at);
  const open: number[] = [];
  let [size4, size6] = [0, 0n];
  for (const [i, edge] of edges.entries()) {
    size4 += edge.size4;
    size6 += edge.size6;
    const next = edges[i + 1]?.at;
    if (next === undefined || next === edge.at) continue;
    if ((size4 === 0 && size6 === 0n) || ranks[breadthOfSizes(size4, size6, family)] < ranks[least]) continue;
    if (open.at(-1) === edge.at) open[open.length - 1] = next;
    else open.push(edge.at, next);
  }
  return TransportSet.fromSpans(open);
}

/** Widest first. */
export function byWidth(a: OutsideReach, b: OutsideReach): number {
  return (
    b.ips.size4() - a.ips.size4() ||
    (b.ips.size6() > a.ips.size6() ? 1 : b.ips.size6() < a.ips.size6() ? -1 : 0)
  );
}
