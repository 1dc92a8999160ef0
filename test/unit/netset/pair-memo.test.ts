import { describe, expect, it } from 'vitest';
import { NOT_FOUND, PairMemo } from '../../../lib/netset/pair-memo.ts';

describe('a memory for pairs', () => {
  it('keeps every pair apart from its like, through every growth', () => {
    const memo = new PairMemo();
    const pairs = Array.from({ length: 40_000 }, (_, i) => [1 + (i % 200), Math.floor(i / 200), i] as const);
    for (const [a, b, result] of pairs) {
      expect(memo.get(a, b)).toBe(NOT_FOUND);
      memo.add(a, b, result);
    }
    expect(pairs.filter(([a, b, result]) => memo.get(a, b) !== result)).toEqual([]);
    expect(memo.size).toBe(pairs.length);
    expect(memo.get(201, 0)).toBe(NOT_FOUND);
  });

  it('tells a pair from the same pair the other way round', () => {
    const memo = new PairMemo();
    memo.add(1, 2, 12);
    expect([memo.get(1, 2), memo.get(2, 1)]).toEqual([12, NOT_FOUND]);
  });

  it('remembers 0 as a result', () => {
    const memo = new PairMemo();
    memo.add(7, 0, 0);
    expect(memo.get(7, 0)).toBe(0);
  });
});
