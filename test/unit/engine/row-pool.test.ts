import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL, NONE, TransportPool, TransportSet, type SetId } from '#netset';
// the rows are not part of what the layer shows, and yet its foundation
import { RowPool, type RowId, type Span } from '../../../lib/engine/row-pool.ts';

const LENGTH = 12;
const sets = new TransportPool();
const PALETTE: readonly SetId[] = [
  NONE,
  ALL,
  ...[
    TransportSet.tcp(22),
    TransportSet.tcp(20, 80),
    TransportSet.udp(53),
    TransportSet.tcp(22).union(TransportSet.udp()),
  ].map((set) => sets.intern(set)),
];
const pool = new RowPool(sets, LENGTH);

/** A row and the array that it stands for. */
type Both = { readonly row: RowId; readonly array: readonly SetId[] };

const spans = fc.array(
  fc.tuple(fc.nat(LENGTH), fc.nat(LENGTH)).map(([a, b]): Span => [Math.min(a, b), Math.max(a, b)]),
  { maxLength: 4 },
);
const layers = fc.array(fc.record({ spans, set: fc.constantFrom(...PALETTE) }), { maxLength: 4 });
const rows: fc.Arbitrary<Both> = layers.map((list) => ({ row: pool.paintAll(list), array: painted(list) }));

function painted(list: readonly { readonly spans: readonly Span[]; readonly set: SetId }[]): SetId[] {
  return Array.from({ length: LENGTH }, (_, position) =>
    list
      .filter((layer) => layer.spans.some(([start, end]) => start <= position && position < end))
      .reduce<SetId>((sum, { set }) => sets.union(sum, set), NONE),
  );
}

function arrayOf(row: RowId): SetId[] {
  return Array.from({ length: LENGTH }, (_, position) => pool.at(row, position));
}

describe('rows are arrays of sets', () => {
  it('painting layers is painting an array', () => {
    fc.assert(
      fc.property(rows, ({ row, array }) => {
        expect(arrayOf(row)).toEqual(array);
      }),
    );
  });

  it('one layer painted alone is the same row as in a list', () => {
    fc.assert(
      fc.property(spans, fc.constantFrom(...PALETTE), (list, set) => {
        expect(pool.paint(list, set)).toBe(pool.paintAll([{ spans: list, set }]));
      }),
    );
  });

  it.each(['union', 'intersect', 'subtract'] as const)('%s goes by positions', (operation) => {
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        expect(arrayOf(pool[operation](a.row, b.row))).toEqual(
          a.array.map((set, i) => sets[operation](set, b.array[i]!)),
        );
      }),
    );
  });

  it('equal rows have one number, however they were made', () => {
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        expect(a.row === b.row).toBe(a.array.every((set, i) => set === b.array[i]));
        expect(pool.union(pool.subtract(a.row, b.row), pool.intersect(a.row, b.row))).toBe(a.row);
      }),
    );
  });

  it('a map changes every position', () => {
    const onlyTcp = (set: SetId): SetId => sets.intersect(set, sets.intern(TransportSet.tcp()));
    fc.assert(
      fc.property(rows, ({ row, array }) => {
        expect(arrayOf(pool.map(row, onlyTcp))).toEqual(array.map(onlyTcp));
      }),
    );
  });

  it('runs cover what is not empty within a span, once and in order', () => {
    fc.assert(
      fc.property(rows, fc.nat(LENGTH), fc.nat(LENGTH), ({ row, array }, a, b) => {
        const seen = Array.from<SetId>({ length: LENGTH }).fill(NONE);
        const within: Span = [Math.min(a, b), Math.max(a, b)];
        let last = within[0];
        pool.forEachRun(row, within, (start, end, set) => {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
          seen.fill(set, start, end);
          return false;
        });
        expect(seen).toEqual(array.map((set, i) => (within[0] <= i && i < within[1] ? set : NONE)));
      }),
    );
  });

  it('a visit may stop, and may make rows meanwhile', () => {
    const row = pool.paintAll([
      { spans: [[0, 3]], set: PALETTE[2]! },
      { spans: [[5, 9]], set: PALETTE[3]! },
    ]);
    const seen: number[] = [];
    pool.forEachRun(row, [0, LENGTH], (start) => {
      seen.push(start);
      for (let i = 0; i < LENGTH; i += 1) pool.paint([[i, i + 1]], PALETTE[4]!);
      return start === 0 ? undefined : true;
    });
    expect(seen).toEqual([0, 5]);
  });

  it('nothing and everything are the ends', () => {
    expect(arrayOf(pool.none)).toEqual(Array.from({ length: LENGTH }).fill(NONE));
    expect(pool.paint([[0, LENGTH]], ALL)).toBe(pool.all);
    expect(pool.paintAll([])).toBe(pool.none);
    fc.assert(
      fc.property(rows, ({ row }) => {
        expect([
          pool.union(row, pool.none),
          pool.intersect(row, pool.all),
          pool.subtract(row, pool.none),
        ]).toEqual([row, row, row]);
        expect([
          pool.intersect(row, pool.none),
          pool.subtract(row, row),
          pool.subtract(row, pool.all),
        ]).toEqual([pool.none, pool.none, pool.none]);
      }),
    );
  });

  it('keeps many rows apart while its tables grow', () => {
    const many = new RowPool(sets, 4_000);
    const made = Array.from({ length: 3_000 }, (_, i) => many.paint([[i, i + 1]], ALL));
    expect(new Set(made).size).toBe(3_000);
    expect(made.map((row) => many.paint([[made.indexOf(row), made.indexOf(row) + 1]], ALL))).toEqual(made);
    expect(many.statistics.rows).toBe(3_002);
  });
});
