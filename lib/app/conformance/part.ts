import type { TransportSet } from '#netset';
import { POSSIBLE, SURE, type Bound } from '#engine';

/** Two things between which packets may pass, each with the positions that stand for it: any of them will do. */
export type Pair = { readonly from: readonly number[]; readonly to: readonly number[] };

/** One part of a fact (`reachable`, `twoWay`, `routed`), ready to be compared. */
export type Part = {
  readonly expected: boolean;
  readonly points: TransportSet;
  /** The fact is about some packet between some pair, not about all of them. */
  readonly some: boolean;
  readonly pairs: readonly Pair[];
  /** What holds for a pair, surely or possibly. */
  readonly at: (bound: Bound, pair: Pair) => TransportSet;
};

export type PartVerdict =
  | { readonly kind: 'holds' }
  /** The pair that decides, and what of the points holds there, surely and possibly. */
  | {
      readonly kind: 'differs' | 'unknown';
      readonly pair: Pair;
      readonly sure: TransportSet;
      readonly possible: TransportSet;
    };

/** Compares a part with the network. What is unknown holds neither where the fact says true nor where it says false. */
export function verdictOf(part: Part): PartVerdict {
  const verdicts = part.pairs.map((pair) => verdictAt(part, pair));
  const holding = verdicts.find(({ kind }) => kind === 'holds');
  if (part.some && holding !== undefined) return holding;
  const worst = part.some ? ['unknown', 'differs'] : ['differs', 'unknown'];
  const failing = worst
    .map((kind) => verdicts.find((verdict) => verdict.kind === kind))
    .find((verdict) => verdict !== undefined);
  return failing ?? { kind: 'holds' };
}

function verdictAt({ expected, points, some, at }: Part, pair: Pair): PartVerdict {
  const sure = at(SURE, pair).intersect(points);
  const possible = at(POSSIBLE, pair).intersect(points);
  // "some packet does not pass" is the opposite of "every packet passes"
  const isAll = expected !== some;
  const has = (set: TransportSet): boolean => (isAll ? points.isSubsetOf(set) : !set.isEmpty);
  const [strict, loose] = expected ? [sure, possible] : [possible, sure];
  if (has(strict) === expected) return { kind: 'holds' };
  return { kind: has(loose) === expected ? 'unknown' : 'differs', pair, sure, possible };
}
