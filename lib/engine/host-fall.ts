import { NONE, TransportSet, type SetId } from '#netset';
import type { HostId } from '#model';
import { POSSIBLE, type Bound } from './band.ts';
import { cellOf } from './cell.ts';
import type { Leg, PlaceClass, Plane } from './plane.ts';

/** What a hop must be able to open for somebody to log in or break in: TCP or UDP. */
export const USEFUL = TransportSet.tcp().union(TransportSet.udp());

/** A session that whoever holds one place can open on another. */
export type Fall = {
  readonly plane: Plane;
  readonly from: number;
  readonly to: number;
  readonly session: SetId;
};

/** One place of a host in one plane. */
export type HostPlace = { readonly host: HostId; readonly plane: Plane; readonly position: number };

/** The places of one plane from which somebody goes on, ascending, and of them those that may send through a hop. */
type Frontier = {
  readonly positions: Int32Array;
  readonly hopped: readonly number[];
  /** The ways through hops that they have; whole subnets share theirs. */
  readonly ways: ReadonlySet<readonly Leg[]>;
};

/**
 * One level of a fall: for every place of a host that stands, whether some place of the frontier can open a useful session on it.
 * Goes by the target's row: a run without anybody of the frontier costs one comparison.
 */
export class FallLevel {
  readonly #frontier = new Map<Plane, Frontier>();
  readonly #bound: Bound;
  readonly #hints = new Map<PlaceClass, number>();

  constructor(frontier: ReadonlyMap<Plane, readonly number[]>, bound: Bound) {
    this.#bound = bound;
    for (const [plane, positions] of frontier) {
      const hopped = positions.filter((position) => plane.classOf(position).legs.length > 0);
      this.#frontier.set(plane, {
        positions: Int32Array.from(positions).sort(),
        hopped,
        ways: new Set(hopped.map((position) => plane.classOf(position).legs)),
      });
    }
  }

  /** The places of a plane from which somebody goes on. */
  positionsIn(plane: Plane): Iterable<number> {
    return this.#frontier.get(plane)?.positions ?? [];
  }

  /** How this place falls to somebody who must open one of these flows on it, if it does. */
  reach({ plane, position }: HostPlace, wanted: TransportSet = USEFUL): Fall | undefined {
    const frontier = this.#frontier.get(plane);
    if (frontier === undefined) return undefined;
    const shared = plane.classOf(position);
    const useful = plane.rows.sets.intern(wanted);
    const hint = this.#hints.get(shared);
    const again = hint === undefined ? undefined : this.#try(plane, useful, hint, position);
    const found = again ?? this.#search(plane, frontier, position, shared, useful);
    if (found !== undefined) this.#hints.set(shared, found.from);
    return found;
  }

  #search(plane: Plane, frontier: Frontier, to: number, shared: PlaceClass, useful: SetId): Fall | undefined {
    const { rows } = plane;
    const { sets } = rows;
    const { positions, hopped } = frontier;
    let found: Fall | undefined;
    let next = 0;
    rows.forEachRun(shared.in[this.#bound], plane.axis.known, (start, end, admitted) => {
      if (positions[next]! < start) next = firstAtOrAfter(positions, start, next);
      if (next === positions.length) return true;
      if (positions[next]! >= end) return false;
      const usefully = sets.intersect(admitted, useful);
      if (usefully === NONE && hopped.length === 0) return false;
      let barren: PlaceClass | undefined;
      for (; next < positions.length && positions[next]! < end; next += 1) {
        const from = positions[next]!;
        const source = plane.classOf(from);
        if (source === barren) continue;
        // without a hop nothing gets there but what both rows hold, which is the same for all of this class in this run
        const least = source.legs.length === 0 ? usefully : admitted;
        if (sets.intersect(rows.at(source.out[this.#bound], to), least) === NONE) {
          barren = source;
          continue;
        }
        found = this.#try(plane, useful, from, to);
        if (found !== undefined) return true;
      }
      return false;
    });
    if (found !== undefined) return found;
    const open = new Set(
      [...frontier.ways].filter((legs) => legs.some((leg) => rows.at(leg.forward[this.#bound], to) !== NONE)),
    );
    if (open.size === 0) return undefined;
    for (const from of hopped) {
      if (!open.has(plane.classOf(from).legs)) continue;
      found = this.#try(plane, useful, from, to);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #try(plane: Plane, useful: SetId, from: number, to: number): Fall | undefined {
    const session = plane.rows.sets.intersect(cellOf(plane, from, to, this.#bound).session, useful);
    return session === NONE ? undefined : { plane, from, to, session };
  }
}

/** The index of the first number that is not less, at `low` or behind it. */
function firstAtOrAfter(sorted: Int32Array, value: number, low: number): number {
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The sessions of the wanted kind that places of other hosts can open on these, each source host once. */
export function sourcesOf(
  planes: readonly Plane[],
  targets: readonly HostPlace[],
  bound: Bound,
  visit: (fall: Fall) => void,
  wanted: TransportSet = USEFUL,
  counts: (fall: Fall) => boolean = () => true,
): void {
  const seen = new Set<HostId>(targets.map(({ host }) => host));
  for (const { plane, position: to } of targets) {
    if (!planes.includes(plane) || !plane.canReceive(to)) continue;
    const useful = plane.rows.sets.intern(wanted);
    plane.indexLegs();
    const offer = (from: number): void => {
      const source = plane.endpointAt(from);
      if (source?.canPivot !== true || seen.has(source.host) || !plane.canSend(from)) return;
      const session = plane.rows.sets.intersect(cellOf(plane, from, to, bound).session, useful);
      if (session === NONE || !counts({ plane, from, to, session })) return;
      seen.add(source.host);
      visit({ plane, from, to, session });
    };
    plane.rows.forEachRun(plane.classOf(to).in[POSSIBLE], plane.axis.known, (start, end) => {
      for (let from = start; from < end; from += 1) {
        offer(from);
        for (const user of plane.usersOf(from)) offer(user);
      }
      return false;
    });
  }
}
