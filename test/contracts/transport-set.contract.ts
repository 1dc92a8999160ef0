import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AXIS_SIZE, isUnusedPoint, TransportSet } from '#netset';
import { transportSets } from '../laws/netset-arbitraries.ts';
import { setAlgebraContract } from './set-algebra.contract.ts';

/** One way to hold transport sets: as values, or as ids of a pool. */
export type TransportSets<S> = {
  readonly of: (value: TransportSet) => S;
  readonly valueOf: (set: S) => TransportSet;
  readonly union: (a: S, b: S) => S;
  readonly intersect: (a: S, b: S) => S;
  readonly subtract: (a: S, b: S) => S;
  readonly isSubset: (a: S, b: S) => boolean;
  readonly overlaps: (a: S, b: S) => boolean;
  readonly equals: (a: S, b: S) => boolean;
  readonly isEmpty: (a: S) => boolean;
  readonly has: (a: S, point: number) => boolean;
};

/** Every edge of the sets with its neighbours: two sets that agree on these agree everywhere. */
function tellingPoints(...sets: readonly TransportSet[]): number[] {
  const edges = sets.flatMap((set) => set.spans).concat(0, AXIS_SIZE);
  const points = new Set(edges.flatMap((edge) => [edge - 1, edge, edge + 1]));
  return [...points].filter((point) => point >= 0 && point < AXIS_SIZE);
}

/** What a transport set does, however it is held. */
export function transportSetContract<S>(name: string, sets: TransportSets<S>): void {
  const { of, valueOf } = sets;

  setAlgebraContract(name, {
    ...sets,
    sets: transportSets.map(of),
    empty: of(TransportSet.NONE),
    whole: of(TransportSet.ALL),
    form: (set) => valueOf(set).spans,
  });

  describe(`${name}: transport set`, () => {
    it('has what its spans say, found by walking them', () => {
      fc.assert(
        fc.property(transportSets, (value) => {
          const set = of(value);
          for (const point of tellingPoints(value)) {
            let isInside = false;
            for (let i = 0; i < value.spans.length; i += 2) {
              if (Number(value.spans[i]) <= point && point < Number(value.spans[i + 1])) isInside = true;
            }
            expect(sets.has(set, point), `point ${point}`).toBe(isInside);
          }
        }),
      );
    });

    it('operators agree with membership, point by point', () => {
      fc.assert(
        fc.property(transportSets, transportSets, (x, y) => {
          const [a, b] = [of(x), of(y)];
          const [union, both, rest] = [sets.union(a, b), sets.intersect(a, b), sets.subtract(a, b)];
          for (const point of tellingPoints(x, y)) {
            const [inA, inB] = [x.has(point), y.has(point)];
            expect(sets.has(union, point), `union at ${point}`).toBe(inA || inB);
            expect(sets.has(both, point), `intersection at ${point}`).toBe(inA && inB);
            expect(sets.has(rest, point), `difference at ${point}`).toBe(inA && !inB);
          }
        }),
      );
    });

    it('comes back as it went in', () => {
      fc.assert(
        fc.property(
          transportSets,
          (value) => valueOf(of(value)).equals(value) && sets.equals(of(value), of(value)),
        ),
      );
    });

    it('keeps spans ascending, even, on the axis, and off the points that name no packet', () => {
      fc.assert(
        fc.property(transportSets, transportSets, (x, y) => {
          for (const result of [
            sets.union(of(x), of(y)),
            sets.intersect(of(x), of(y)),
            sets.subtract(of(x), of(y)),
          ]) {
            const { spans } = valueOf(result);
            expect(spans.length % 2).toBe(0);
            expect(spans.every((edge, i) => edge > (spans[i - 1] ?? -1) && edge <= AXIS_SIZE)).toBe(true);
            expect(spans.some(isUnusedPoint)).toBe(false);
          }
        }),
      );
    });

    it('all protocols, one by one, are all traffic; taken away one by one they leave nothing', () => {
      const each = Array.from({ length: 256 }, (_, protocol) => of(TransportSet.protocol(protocol)));
      const together = each.reduce((all, protocol) => sets.union(all, protocol));
      const left = each.reduce((rest, protocol) => sets.subtract(rest, protocol), of(TransportSet.ALL));
      expect(valueOf(together).spans).toEqual([0, AXIS_SIZE]);
      expect(sets.isEmpty(left)).toBe(true);
    });

    it.each([
      { point: 0, set: TransportSet.tcp(0), next: 1 },
      { point: 65_535, set: TransportSet.tcp(65_535), next: 65_536 },
      { point: 65_536, set: TransportSet.udp(0), next: 65_537 },
      { point: 131_071, set: TransportSet.udp(65_535), next: 131_072 },
      { point: 131_072, set: TransportSet.icmp(0, 0), next: 131_073 },
      { point: 196_607, set: TransportSet.icmp(255, 255), next: 196_608 },
      { point: 196_608, set: TransportSet.icmpv6(0, 0), next: 196_609 },
      { point: 262_143, set: TransportSet.icmpv6(255, 255), next: 262_144 },
      { point: 262_144, set: TransportSet.protocol(0), next: 262_146 },
      { point: 262_399, set: TransportSet.protocol(255), next: 262_400 },
    ])('at the seam, point $point is in $set and $next is not', ({ point, set, next }) => {
      expect(sets.has(of(set), point)).toBe(true);
      expect(sets.has(of(set), point - 1)).toBe(false);
      expect(sets.has(of(set), next)).toBe(false);
    });
  });
}
