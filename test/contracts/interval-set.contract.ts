import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IntervalSet, Range } from '#netset';

export type IntervalKernelUnderTest<N extends number | bigint> = {
  readonly of: (ranges: readonly Range<N>[]) => IntervalSet<N>;
  /** The kernel's way to write a small whole number. */
  readonly n: (value: number) => N;
  /** The highest number people store in it. */
  readonly highest: N;
};

const UNIVERSE = 16;

/** What an interval set does, whichever numbers it counts in. */
export function intervalSetContract<N extends number | bigint>(
  name: string,
  { of, n, highest }: IntervalKernelUnderTest<N>,
): void {
  const ranges = (...pairs: readonly (readonly [number, number])[]): Range<N>[] =>
    pairs.map(([first, last]) => [n(first), n(last)]);
  const set = (...pairs: readonly (readonly [number, number])[]): IntervalSet<N> => of(ranges(...pairs));
  const members = fc.uniqueArray(fc.nat(UNIVERSE - 1));
  const setOf = (values: readonly number[]): IntervalSet<N> =>
    of(values.map((value) => [n(value), n(value)] as const));
  const listed = (s: IntervalSet<N>): number[] =>
    Array.from({ length: UNIVERSE + 2 }, (_, i) => i - 1).filter((i) => s.has(n(i)));
  const ascending = (a: number, b: number): number => a - b;

  describe(`${name}: interval set`, () => {
    it.each([
      { made: 'nothing', of: [], is: [] },
      { made: 'one number', of: [[5, 5]], is: [[5, 5]] },
      {
        made: 'ranges out of order',
        of: [
          [7, 9],
          [1, 2],
        ],
        is: [
          [1, 2],
          [7, 9],
        ],
      },
      {
        made: 'adjacent ranges',
        of: [
          [3, 4],
          [1, 2],
        ],
        is: [[1, 4]],
      },
      {
        made: 'ranges one number apart',
        of: [
          [1, 2],
          [4, 5],
        ],
        is: [
          [1, 2],
          [4, 5],
        ],
      },
      {
        made: 'a range within another',
        of: [
          [1, 9],
          [3, 4],
        ],
        is: [[1, 9]],
      },
      {
        made: 'the same range twice',
        of: [
          [1, 9],
          [1, 9],
        ],
        is: [[1, 9]],
      },
      {
        made: 'same first, unlike last',
        of: [
          [1, 9],
          [1, 12],
        ],
        is: [[1, 12]],
      },
      {
        made: 'overlapping ranges',
        of: [
          [1, 5],
          [4, 9],
          [9, 9],
        ],
        is: [[1, 9]],
      },
    ] as { made: string; of: [number, number][]; is: [number, number][] }[])('$made', ({ of: made, is }) => {
      expect(set(...made).ranges).toEqual(ranges(...is));
    });

    it.each([
      { operator: 'union', a: [[1, 3]], b: [[4, 6]], is: [[1, 6]] },
      {
        operator: 'union',
        a: [[1, 3]],
        b: [[5, 6]],
        is: [
          [1, 3],
          [5, 6],
        ],
      },
      { operator: 'intersect', a: [[1, 5]], b: [[5, 9]], is: [[5, 5]] },
      { operator: 'intersect', a: [[1, 4]], b: [[5, 9]], is: [] },
      {
        operator: 'subtract',
        a: [[1, 9]],
        b: [[4, 5]],
        is: [
          [1, 3],
          [6, 9],
        ],
      },
      {
        operator: 'subtract',
        a: [[1, 9]],
        b: [
          [1, 1],
          [9, 9],
        ],
        is: [[2, 8]],
      },
      { operator: 'subtract', a: [[4, 5]], b: [[1, 9]], is: [] },
    ] as {
      operator: 'union' | 'intersect' | 'subtract';
      a: [number, number][];
      b: [number, number][];
      is: [number, number][];
    }[])('$a $operator $b is $is', ({ operator, a, b, is }) => {
      expect(set(...a)[operator](set(...b)).ranges).toEqual(ranges(...is));
    });

    it('agrees with sets of numbers written out', () => {
      fc.assert(
        fc.property(members, members, (as, bs) => {
          const [a, b] = [setOf(as), setOf(bs)];
          expect(listed(a)).toEqual([...as].sort(ascending));
          expect(listed(a.union(b))).toEqual([...new Set([...as, ...bs])].sort(ascending));
          expect(listed(a.intersect(b))).toEqual(as.filter((x) => bs.includes(x)).sort(ascending));
          expect(listed(a.subtract(b))).toEqual(as.filter((x) => !bs.includes(x)).sort(ascending));
          expect(a.isSubsetOf(b)).toBe(as.every((x) => bs.includes(x)));
          expect(a.overlaps(b)).toBe(as.some((x) => bs.includes(x)));
          expect(a.equals(b)).toBe(as.length === bs.length && as.every((x) => bs.includes(x)));
        }),
      );
    });

    it('keeps its ranges sorted, disjoint and never adjacent', () => {
      fc.assert(
        fc.property(members, members, (as, bs) => {
          const results = [setOf(as), setOf(as).union(setOf(bs)), setOf(as).subtract(setOf(bs))];
          for (const { ranges: found } of results) {
            expect(found.every(([first, last]) => first <= last)).toBe(true);
            expect(
              found.every(([first], i) => i === 0 || Number(first) > Number(found[i - 1]?.[1]) + 1),
            ).toBe(true);
          }
        }),
      );
    });

    it('reaches to its highest number and not beyond', () => {
      const top = of([[n(0), highest]]);
      expect(top.ranges).toEqual([[n(0), highest]]);
      expect(top.subtract(of([[highest, highest]])).has(highest)).toBe(false);
      expect(of([[highest, highest]]).ranges).toEqual([[highest, highest]]);
      expect(top.has(highest)).toBe(true);
    });

    it('leaves its operands as they were', () => {
      const [a, b] = [set([1, 5]), set([3, 9])];
      a.union(b);
      a.intersect(b);
      a.subtract(b);
      expect([a.ranges, b.ranges]).toEqual([ranges([1, 5]), ranges([3, 9])]);
      expect(Object.isFrozen(a.ranges)).toBe(true);
    });

    it('refuses a range that ends before it begins', () => {
      expect(() => set([2, 1])).toThrow(RangeError);
    });

    it('is written with commas and dashes', () => {
      expect(set([1, 1], [5, 9]).toString()).toBe('1, 5-9');
      expect(set().toString()).toBe('');
    });
  });
}
