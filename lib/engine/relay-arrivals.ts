import { NONE, type TransportSet } from '#netset';
import type { Handoff } from '#model';
import type { Bound } from './band.ts';
import { cellOf } from './cell.ts';
import type { Fall, FallLevel, HostPlace } from './host-fall.ts';
import type { Span } from './row-pool.ts';

/** What places of a level open of these flows on an entrance, ascending by place. */
export function arrivalsAt(
  { plane, position: to }: HostPlace,
  transport: TransportSet,
  level: FallLevel,
  bound: Bound,
): readonly Fall[] {
  const { sets } = plane.rows;
  const wanted = sets.intern(transport);
  return [...level.positionsIn(plane)].flatMap((from) => {
    const session = sets.intersect(cellOf(plane, from, to, bound).session, wanted);
    return session === NONE ? [] : [{ plane, from, to, session }];
  });
}

/** Those from within ascending spans. */
export function* within(falls: readonly Fall[], spans: readonly Span[]): Generator<Fall> {
  for (const [start, end] of spans) {
    let [low, high] = [0, falls.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (falls[middle]!.from < start) low = middle + 1;
      else high = middle;
    }
    for (let i = low; i < falls.length && falls[i]!.from < end; i += 1) yield falls[i]!;
  }
}

/** Rules of a listener often hand on to the same targets: each once. */
export function distinct(handoffs: readonly Handoff[]): readonly Handoff[] {
  if (handoffs.length < 2) return handoffs;
  const byKey = new Map<string, Handoff>();
  for (const handoff of handoffs) {
    const { target, ip, transport, source, clients, isGuarded, doubt } = handoff;
    const key = [
      target,
      ip?.family ?? '',
      ip?.value ?? '',
      transport,
      source,
      clients ?? '',
      isGuarded ?? '',
      doubt ?? '',
    ];
    byKey.set(key.map(String).join(' '), handoff);
  }
  return [...byKey.values()];
}
