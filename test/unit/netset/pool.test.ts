import { describe, expect, it } from 'vitest';
import { ALL, NONE, TransportPool, TransportSet } from '#netset';
import type { SetId } from '#netset';
import { hashOfSpans } from '../../../lib/netset/pool-sweep.ts';

/** Enough sets to make every array and table of a pool grow several times. */
const MANY = 5_000;

/** Sets of up to six spans, all different, in a repeatable order. */
function manySets(count: number): TransportSet[] {
  return Array.from({ length: count }, (_, i) =>
    TransportSet.unionOf(
      Array.from({ length: 1 + (i % 6) }, (_unused, j) =>
        TransportSet.tcp(j * 9_000 + (i % 8_999), j * 9_000 + 8_999),
      ),
    ).union(TransportSet.udp(i)),
  );
}

describe('ids', () => {
  it('are 0 for nothing and 1 for everything', () => {
    const pool = new TransportPool();
    expect([NONE, ALL, pool.size]).toEqual([0, 1, 2]);
    expect(pool.intern(TransportSet.NONE)).toBe(NONE);
    expect(pool.intern(TransportSet.ALL)).toBe(ALL);
    expect(pool.internSpans([])).toBe(NONE);
    expect(pool.internSpans([0, 327_936])).toBe(ALL);
  });

  it('are the same for the same content, whichever way it came', () => {
    const pool = new TransportPool();
    const ssh = pool.intern(TransportSet.tcp(22));
    expect(ssh).toBe(2);
    expect(pool.intern(TransportSet.tcp(22))).toBe(ssh);
    expect(pool.internSpans([22, 23])).toBe(ssh);
    expect(pool.internSpans(Int32Array.of(22, 23, 7, 7), 2)).toBe(ssh);
    expect(pool.intersect(pool.intern(TransportSet.tcp(20, 22)), pool.intern(TransportSet.tcp(22, 25)))).toBe(
      ssh,
    );
    expect(pool.size).toBe(5);
  });

  it.each([
    { kind: 'as long', other: [50_571, 54_651] },
    { kind: 'longer', other: [464, 465, 2_527, 2_793] },
    { kind: 'longer', other: [793, 794, 1_064, 4_692] },
  ])('differ for a set that is $kind and has the same hash', ({ other }) => {
    expect(hashOfSpans(other, other.length)).toBe(hashOfSpans([22, 23], 2));
    const pool = new TransportPool();
    const [ssh, twin] = [pool.internSpans([22, 23]), pool.internSpans(other)];
    expect(twin).not.toBe(ssh);
    expect([pool.valueOf(ssh).spans, pool.valueOf(twin).spans]).toEqual([[22, 23], other]);
    expect([pool.internSpans(other), pool.internSpans([22, 23])]).toEqual([twin, ssh]);
  });

  it('do not depend on whether the caller changes its spans afterwards', () => {
    const pool = new TransportPool();
    const spans = [22, 23];
    const id = pool.internSpans(spans);
    spans[1] = 99;
    expect(pool.valueOf(id).equals(TransportSet.tcp(22))).toBe(true);
  });

  it('stay dense, right and findable while the pool grows', () => {
    const pool = new TransportPool();
    const sets = manySets(MANY);
    const ids = sets.map((set) => pool.internSpans(set.spans));
    expect(ids).toEqual(Array.from({ length: MANY }, (_, i) => i + 2));
    expect(pool.size).toBe(MANY + 2);
    expect(sets.map((set) => pool.intern(set))).toEqual(ids);
    for (const [i, id] of ids.entries()) expect(pool.valueOf(id).spans).toEqual(sets[i]?.spans);
  });

  it.each([[[1]], [[1, 1]], [[1, 2, 2, 3]], [[5, 6, 1, 2]], [[-1, 2]], [[1, 327_937]], [[262_149, 262_150]]])(
    'are not given to %j, which is not canonical',
    (spans) => {
      const pool = new TransportPool();
      expect(() => pool.internSpans(spans)).toThrow(RangeError);
      expect(pool.size).toBe(2);
    },
  );

  it('refuse a length beyond the spans', () => {
    expect(() => new TransportPool().internSpans([1, 2], 4)).toThrow(RangeError);
  });

  it.each([2, -1, 0.5, Number.NaN])('the pool never gave, such as %d, have no value', (id) => {
    expect(() => new TransportPool().valueOf(id as SetId)).toThrow(RangeError);
  });
});

describe('answers', () => {
  it('are remembered: asking again makes no set and takes no memory', () => {
    const pool = new TransportPool();
    const ids = manySets(60).map((set) => pool.intern(set));
    const ask = (): SetId[] =>
      ids.flatMap((a) => ids.flatMap((b) => [pool.union(a, b), pool.intersect(a, b), pool.subtract(a, b)]));
    const first = ask();
    const { size, bytes, answers } = pool;
    // every unordered pair for union and intersection, every ordered pair for subtraction
    expect(answers).toBe((60 * 59) / 2 + (60 * 59) / 2 + 60 * 59);
    expect(ask()).toEqual(first);
    expect([pool.size, pool.bytes, pool.answers]).toEqual([size, bytes, answers]);
  });

  it('that need no thought are not remembered', () => {
    const pool = new TransportPool();
    const ssh = pool.intern(TransportSet.tcp(22));
    const obvious = [NONE, ALL, ssh].flatMap((a) => [
      pool.union(a, NONE),
      pool.union(NONE, a),
      pool.union(a, ALL),
      pool.union(ALL, a),
      pool.union(a, a),
      pool.intersect(a, NONE),
      pool.intersect(NONE, a),
      pool.intersect(a, ALL),
      pool.intersect(ALL, a),
      pool.intersect(a, a),
      pool.subtract(a, NONE),
      pool.subtract(NONE, a),
      pool.subtract(a, ALL),
      pool.subtract(a, a),
    ]);
    expect(obvious.slice(28)).toEqual([
      ssh,
      ssh,
      ALL,
      ALL,
      ssh,
      NONE,
      NONE,
      ssh,
      ssh,
      ssh,
      ssh,
      NONE,
      NONE,
      NONE,
    ]);
    expect(pool.answers).toBe(0);
  });

  it('are right and remembered past every growth of the memory', () => {
    const pool = new TransportPool();
    const sets = manySets(120);
    const ids = sets.map((set) => pool.intern(set));
    for (const round of ['asked first', 'asked again']) {
      for (const [i, a] of sets.entries()) {
        for (const [j, b] of sets.entries()) {
          const [x, y] = [ids[i] as SetId, ids[j] as SetId];
          const wanted = [a.union(b), a.intersect(b), a.subtract(b)];
          const found = [pool.union(x, y), pool.intersect(x, y), pool.subtract(x, y)].map((id) =>
            pool.valueOf(id),
          );
          if (!found.every((set, k) => set.equals(wanted[k] as TransportSet)))
            expect.fail(`${round}: ${a.toString()} with ${b.toString()}`);
        }
      }
    }
  });

  it('of union and intersection share one memory for both orders', () => {
    const pool = new TransportPool();
    const [a, b] = [pool.intern(TransportSet.tcp(1, 9)), pool.intern(TransportSet.tcp(5, 12))];
    expect(pool.union(a, b)).toBe(pool.union(b, a));
    expect(pool.intersect(a, b)).toBe(pool.intersect(b, a));
    expect(pool.subtract(a, b)).not.toBe(pool.subtract(b, a));
  });

  it('to overlaps and isSubset make no set', () => {
    const pool = new TransportPool();
    const [a, b] = [pool.intern(TransportSet.tcp(1, 9)), pool.intern(TransportSet.tcp(5, 12))];
    const { size } = pool;
    expect([pool.overlaps(a, b), pool.isSubset(a, b)]).toEqual([true, false]);
    expect(pool.size).toBe(size);
  });

  it('outgrow the scratch space', () => {
    const pool = new TransportPool();
    const even = TransportSet.unionOf(Array.from({ length: 500 }, (_, i) => TransportSet.tcp(4 * i)));
    const odd = TransportSet.unionOf(Array.from({ length: 500 }, (_, i) => TransportSet.tcp(4 * i + 2)));
    const union = pool.union(pool.intern(even), pool.intern(odd));
    expect(pool.valueOf(union).equals(even.union(odd))).toBe(true);
    expect(pool.valueOf(union).spans).toHaveLength(2_000);
  });
});

describe('values', () => {
  it('are made once', () => {
    const pool = new TransportPool();
    const id = pool.internSpans([22, 23]);
    expect(pool.valueOf(id)).toBe(pool.valueOf(id));
    const given = TransportSet.udp(53);
    expect(pool.valueOf(pool.intern(given))).toBe(given);
  });
});
