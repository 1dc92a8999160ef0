import { ALL, NONE, type TransportSet } from '#netset';
import type { EndpointId } from '#model';
import type { Analysis } from './analysis.ts';
import { answersOf } from './answered.ts';
import { POSSIBLE, SURE, type SetBounds } from './band.ts';
import { cellOf } from './cell.ts';
import type { Plane } from './plane.ts';

/** One pair of endpoints in one family, and what may pass. */
export type Connection = {
  readonly from: EndpointId;
  readonly to: EndpointId;
  readonly family: 4 | 6;
  readonly sure: TransportSet;
  readonly possible: TransportSet;
};

/** Visits the known places that may open something on `to`, each once. `visit` returns true to stop. */
export function forEachSource(plane: Plane, to: number, visit: (from: number) => boolean): void {
  if (!plane.canReceive(to)) return;
  plane.indexLegs();
  const seen = new Set<number>();
  let isDone = false;
  const offer = (from: number): boolean => {
    if (seen.has(from)) return false;
    seen.add(from);
    isDone = visit(from);
    return isDone;
  };
  plane.rows.forEachRun(plane.classOf(to).in[POSSIBLE], plane.axis.known, (start, end) => {
    for (let position = start; position < end && !isDone; position += 1) {
      if (plane.canSend(position) && offer(position)) return true;
      for (const user of plane.usersOf(position)) if (offer(user)) return true;
    }
    return isDone;
  });
}

/** Visits the known places on which `from` may open something, each once. */
export function forEachTarget(plane: Plane, from: number, visit: (to: number) => void): void {
  if (!plane.canSend(from)) return;
  const seen = new Set<number>();
  const { out, legs } = plane.classOf(from);
  for (const row of [out[POSSIBLE], ...legs.map((leg) => leg.forward[POSSIBLE])]) {
    plane.rows.forEachRun(row, plane.axis.known, (start, end) => {
      for (let position = start; position < end; position += 1) {
        if (seen.has(position) || !plane.canReceive(position)) continue;
        seen.add(position);
        visit(position);
      }
      return false;
    });
  }
}

/** Every pair of endpoints between which something can or may pass, by destination. Streams: the whole can be large. */
export function* connectivity({ planes }: Analysis): Generator<Connection> {
  for (const plane of planes) {
    const targets = new Map<EndpointId, number[]>();
    for (let position = 0; position < plane.axis.places.length; position += 1) {
      const endpoint = plane.endpointAt(position);
      if (endpoint === undefined || !plane.canReceive(position)) continue;
      const positions = targets.get(endpoint.id) ?? [];
      positions.push(position);
      targets.set(endpoint.id, positions);
    }
    for (const [to, positions] of targets) yield* connectionsTo(plane, to, positions);
  }
}

/** Every source of one endpoint in one plane. */
export function* connectionsTo(
  plane: Plane,
  to: EndpointId,
  positions: readonly number[],
): Generator<Connection> {
  const { sets } = plane.rows;
  const answers = answersOf(plane.network).get(to);
  const heard = answers === undefined ? ALL : sets.intern(answers);
  // by number: to read the id of every pair's source takes longer than all else
  const found = new Map<number, { readonly source: number; readonly bounds: SetBounds }>();
  for (const target of positions) {
    forEachSource(plane, target, (source) => {
      const possible = sets.intersect(cellOf(plane, source, target, POSSIBLE).session, heard);
      if (possible === NONE) return false;
      const owner = plane.ownerAt(source);
      const sure = sets.intersect(cellOf(plane, source, target, SURE).session, heard);
      const known = found.get(owner)?.bounds ?? [NONE, NONE];
      const bounds: SetBounds = [sets.union(known[SURE], sure), sets.union(known[POSSIBLE], possible)];
      found.set(owner, { source, bounds });
      return false;
    });
  }
  for (const {
    source,
    bounds: [sure, possible],
  } of found.values()) {
    const from = plane.idAt(source)!;
    yield { from, to, family: plane.axis.family, sure: sets.valueOf(sure), possible: sets.valueOf(possible) };
  }
}
