import { NONE, TransportSet, type SetId } from '#netset';
import type { HostId } from '#model';
import { POSSIBLE, type Bound } from './band.ts';
import { cellOf } from './cell.ts';
import type { PlaceClass, Plane } from './plane.ts';

/** What a hop must be able to open for somebody to log in or break in: TCP or UDP. */
export const USEFUL = TransportSet.tcp().union(TransportSet.udp());

/** A session that whoever holds one place can open on another. */
export type Fall = { readonly plane: Plane; readonly from: number; readonly to: number; readonly session: SetId };

/** A host's places in one plane. */
type Target = { readonly host: HostId; readonly plane: Plane; readonly position: number };

/**
 * One level of a fall: for every place of a host that stands, whether some place of the frontier can open a useful session on it.
 * Goes by the target's row: a run without anybody of the frontier costs one search.
 */
export class FallLevel {
  readonly #frontier: ReadonlyMap<Plane, Int32Array>;
  readonly #hopped: ReadonlyMap<Plane, readonly number[]>;
  readonly #bound: Bound;
  readonly #hints = new Map<PlaceClass, number>();

  constructor(frontier: ReadonlyMap<Plane, readonly number[]>, bound: Bound) {
    this.#bound = bound;
    const sorted = new Map<Plane, Int32Array>();
    const hopped = new Map<Plane, readonly number[]>();
    for (const [plane, positions] of frontier) {
      sorted.set(plane, Int32Array.from(positions).sort());
      hopped.set(plane, positions.filter((position) => plane.classOf(position).legs.length > 0));
    }
    this.#frontier = sorted;
    this.#hopped = hopped;
  }

  /** How this place falls, if it does. */
  reach({ plane, position }: Target): Fall | undefined {
    const shared = plane.classOf(position);
    const hint = this.#hints.get(shared);
    const again = hint === undefined ? undefined : this.#try(plane, hint, position);
    const found = again ?? this.#search(plane, position, shared);
    if (found !== undefined) this.#hints.set(shared, found.from);
    return found;
  }

  #search(plane: Plane, to: number, shared: PlaceClass): Fall | undefined {
    const frontier = this.#frontier.get(plane);
    if (frontier === undefined || frontier.length === 0) return undefined;
    const { rows } = plane;
    let found: Fall | undefined;
    rows.forEachRun(shared.in[this.#bound], plane.axis.known, (start, end, admitted) => {
      let barren: PlaceClass | undefined;
      for (let i = firstAtOrAfter(frontier, start); i < frontier.length && frontier[i]! < end; i += 1) {
        const from = frontier[i]!;
        const source = plane.classOf(from);
        if (source === barren) continue;
        if (rows.sets.intersect(rows.at(source.out[this.#bound], to), admitted) === NONE) {
          // all of this class in this run share both sets, so none of them gets through
          barren = source;
          continue;
        }
        found = this.#try(plane, from, to);
        if (found !== undefined) return true;
      }
      return false;
    });
    if (found !== undefined) return found;
    for (const from of this.#hopped.get(plane) ?? []) {
      if (!plane.classOf(from).legs.some((leg) => rows.at(leg.forward[this.#bound], to) !== NONE)) continue;
      found = this.#try(plane, from, to);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #try(plane: Plane, from: number, to: number): Fall | undefined {
    const { sets } = plane.rows;
    const session = sets.intersect(cellOf(plane, from, to, this.#bound).session, sets.intern(USEFUL));
    return session === NONE ? undefined : { plane, from, to, session };
  }
}

function firstAtOrAfter(sorted: Int32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The useful sessions that places of other hosts can open on these, each source host once. */
export function sourcesOf(planes: readonly Plane[], targets: readonly Target[], bound: Bound, visit: (fall: Fall) => void): void {
  const seen = new Set<HostId>(targets.map(({ host }) => host));
  for (const { plane, position: to } of targets) {
    if (!planes.includes(plane) || !plane.canReceive(to)) continue;
    const useful = plane.rows.sets.intern(USEFUL);
    plane.indexLegs();
    const offer = (from: number): void => {
      const source = plane.endpointAt(from);
      if (source?.canPivot !== true || seen.has(source.host) || !plane.canSend(from)) return;
      const session = plane.rows.sets.intersect(cellOf(plane, from, to, bound).session, useful);
      if (session === NONE) return;
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
