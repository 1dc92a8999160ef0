import { describe, expect, it } from 'vitest';
import { IntervalSet } from '#netset';

describe('what an interval set of numbers cannot count', () => {
  it.each([
    [0.5, 1],
    [0, Number.NaN],
    [0, Number.POSITIVE_INFINITY],
    [0, Number.MAX_SAFE_INTEGER],
    [0, 2 ** 53],
  ])('%d-%d throws', (first, last) => {
    expect(() => IntervalSet.ofNumbers([[first, last]])).toThrow(RangeError);
  });
});

describe('numbers in place of bigints', () => {
  it('throw, since the two never compare as one', () => {
    const ranges = [[1, 2]] as unknown as [bigint, bigint][];
    expect(() => IntervalSet.ofBigints(ranges)).toThrow(RangeError);
  });
});

describe('a set below nothing', () => {
  it('may hold negative numbers', () => {
    expect(IntervalSet.ofNumbers([[-3, 2]]).subtract(IntervalSet.ofNumbers([[-1, 0]])).ranges).toEqual([
      [-3, -2],
      [1, 2],
    ]);
  });
});
