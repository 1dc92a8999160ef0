import { POSSIBLE, SURE } from './band.ts';
import type { Leg, PlaceClass, Plane } from './plane.ts';
import type { RowId } from './row-pool.ts';

/**
 * Neighbouring positions of one class and one group: what one of them can open, every other can, but on its own endpoint. The numbers are
 * the places of the class's rows in `Senders.rows`, by bound.
 */
export type Stretch = {
  readonly start: number;
  readonly end: number;
  readonly group: number;
  readonly out: readonly [sure: number, possible: number];
  readonly replyIn: readonly [sure: number, possible: number];
};

/** Who sends: in one line of positions there are fewer stretches than places, and far fewer rows than stretches. */
export type Senders = {
  readonly stretches: readonly Stretch[];
  /** By position, the first stretch that does not end before it. */
  readonly firstFrom: Int32Array;
  readonly rows: readonly RowId[];
};

/** The senders of a plane that are in a group, and that `isWanted` takes; others are passed over. */
export function sendersOf(
  plane: Plane,
  groups: Int32Array,
  isWanted: (sender: PlaceClass) => boolean,
): Senders {
  const rows: RowId[] = [];
  const places = new Map<RowId, number>();
  const placeOf = (row: RowId): number => {
    const known = places.get(row) ?? rows.push(row) - 1;
    places.set(row, known);
    return known;
  };
  const stretches: Stretch[] = [];
  const firstFrom = new Int32Array(groups.length + 1);
  let next = 0;
  while (next < groups.length) {
    const start = next;
    const group = groups[start]!;
    const sender = senderAt(plane, groups, start);
    let end = start + 1;
    while (end < groups.length && groups[end] === group && senderAt(plane, groups, end) === sender) end += 1;
    next = end;
    firstFrom.fill(stretches.length, start, end);
    if (sender === undefined || !isWanted(sender)) continue;
    const [out, replyIn] = [sender.out, sender.replyIn].map(
      (band) => [placeOf(band[SURE]), placeOf(band[POSSIBLE])] as const,
    ) as [Stretch['out'], Stretch['replyIn']];
    stretches.push({ start, end, group, out, replyIn });
  }
  firstFrom[groups.length] = stretches.length;
  return { stretches, firstFrom, rows };
}

function senderAt(plane: Plane, groups: Int32Array, position: number): PlaceClass | undefined {
  return groups[position]! >= 0 && plane.canSend(position) ? plane.classOf(position) : undefined;
}

/** Senders by the ways through hops that they have, where they have any; whole subnets share theirs. */
export function sendersOverHops(plane: Plane, groups: Int32Array): ReadonlyMap<readonly Leg[], number[]> {
  const byLegs = new Map<readonly Leg[], number[]>();
  groups.forEach((_, position) => {
    const legs = senderAt(plane, groups, position)?.legs ?? [];
    if (legs.length === 0) return;
    const known = byLegs.get(legs);
    if (known === undefined) byLegs.set(legs, [position]);
    else known.push(position);
  });
  return byLegs;
}

/** Whether nothing about a place is in doubt: then what is possible is what is sure. */
export function isCertain({ in: into, out, replyOut, replyIn }: PlaceClass): boolean {
  return [into, out, replyOut, replyIn].every((band) => band[SURE] === band[POSSIBLE]);
}
