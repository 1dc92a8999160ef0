import { ALL, NONE, type SetId, type TransportPool } from '#netset';
import { ListPool } from './list-pool.ts';

/** A row by its number: a function from every position of an axis to a transport set. Equal rows have equal numbers. */
export type RowId = number & { readonly __kind: 'row' };

/** Positions from `start` up to, not including, `end`. */
export type Span = readonly [start: number, end: number];

type Operation = 'union' | 'intersect' | 'subtract';

/**
 * Rows are stored as runs of equal sets and kept once each, so that comparing two is comparing two numbers. Each operation on two
 * rows is remembered.
 */
export class RowPool {
  readonly sets: TransportPool;
  /** The row that is empty everywhere, and the one that is everything everywhere. */
  readonly none: RowId;
  readonly all: RowId;
  readonly #lists = new ListPool();
  /** How many positions the axis has. */
  readonly #length: number;
  readonly #memos: Record<Operation, Map<number, RowId>> = {
    union: new Map(),
    intersect: new Map(),
    subtract: new Map(),
  };
  /** Where rows are put together before they are interned, each run starts and set ids by turns: `0, set, start, set, …` */
  #scratch = new Int32Array(256);

  constructor(sets: TransportPool, length: number) {
    this.sets = sets;
    this.#length = length;
    this.none = this.#lists.intern([0, NONE]) as RowId;
    this.all = this.#lists.intern([0, ALL]) as RowId;
  }

  /** How many different rows, and how many runs they hold together. */
  get statistics(): { readonly rows: number; readonly runs: number } {
    return { rows: this.#lists.size, runs: this.#lists.length / 2 };
  }

  /** The set at a position. */
  at(row: RowId, position: number): SetId {
    return this.#lists.data[this.#runAt(row, position) + 1]! as SetId;
  }

  /** The runs that are not empty, clipped to a span, in order. */
  forEachRun(
    row: RowId,
    [start, end]: Span,
    visit: (start: number, end: number, set: SetId) => boolean | undefined,
  ): void {
    if (start >= end) return;
    const lists = this.#lists;
    const last = lists.end(row);
    for (let i = this.#runAt(row, start); i < last; i += 2) {
      // read through `lists` each time: `visit` may intern rows, which can move the array
      const runStart = Math.max(start, lists.data[i]!);
      const runEnd = i + 2 < last ? Math.min(end, lists.data[i + 2]!) : end;
      if (runStart >= end) return;
      const set = lists.data[i + 1]! as SetId;
      if (set !== NONE && visit(runStart, runEnd, set) === true) return;
    }
  }

  /** The row that is `set` on the given spans and empty elsewhere. Spans may overlap and come in any order. */
  paint(spans: readonly Span[], set: SetId): RowId {
    return this.#lists.intern(this.#scratch, this.#paint(spans, set, 0)) as RowId;
  }

  /** The union of several painted layers, without interning what lies between. */
  paintAll(layers: readonly { readonly spans: readonly Span[]; readonly set: SetId }[]): RowId {
    // where each layer ends in the scratch; the unions of neighbours are written behind them, until one is left
    let ends: number[] = [];
    let begin = 0;
    let end = 0;
    for (const { spans, set } of layers) {
      end = this.#paint(spans, set, end);
      ends.push(end);
    }
    while (ends.length > 1) {
      const next: number[] = [];
      const merged = end;
      let left = begin;
      for (let i = 0; i < ends.length; i += 2) {
        const middle = ends[i]!;
        const right = ends[i + 1] ?? middle;
        this.#reserve(end + right - left);
        const scratch = this.#scratch;
        if (right === middle) {
          scratch.copyWithin(end, left, middle);
          end += middle - left;
        } else {
          end = this.#merge(scratch, left, middle, scratch, middle, right, 'union', end);
        }
        next.push(end);
        left = right;
      }
      ends = next;
      begin = merged;
    }
    if (ends.length === 0) return this.none;
    this.#scratch.copyWithin(0, begin, end);
    return this.#lists.intern(this.#scratch, end - begin) as RowId;
  }

  union(a: RowId, b: RowId): RowId {
    if (a === b || b === this.none) return a;
    if (a === this.none) return b;
    if (a === this.all || b === this.all) return this.all;
    return a < b ? this.#combine(a, b, 'union') : this.#combine(b, a, 'union');
  }

  intersect(a: RowId, b: RowId): RowId {
    if (a === b || b === this.all) return a;
    if (a === this.all) return b;
    if (a === this.none || b === this.none) return this.none;
    return a < b ? this.#combine(a, b, 'intersect') : this.#combine(b, a, 'intersect');
  }

  subtract(a: RowId, b: RowId): RowId {
    if (a === b || a === this.none || b === this.all) return this.none;
    if (b === this.none) return a;
    return this.#combine(a, b, 'subtract');
  }

  /** Applies a function of sets to every position. */
  map(row: RowId, change: (set: SetId) => SetId): RowId {
    const runs: number[] = [];
    for (let i = this.#lists.start(row); i < this.#lists.end(row); i += 2) {
      const set = change(this.#lists.data[i + 1]! as SetId);
      if (runs.at(-1) !== set) runs.push(this.#lists.data[i]!, set);
    }
    return this.#lists.intern(runs) as RowId;
  }

  #combine(a: RowId, b: RowId, operation: Operation): RowId {
    const memo = this.#memos[operation];
    const key = a * 2 ** 26 + b;
    const known = memo.get(key);
    if (known !== undefined) return known;
    const lists = this.#lists;
    const { data } = lists;
    this.#reserve(lists.end(a) - lists.start(a) + lists.end(b) - lists.start(b));
    const length = this.#merge(
      data,
      lists.start(a),
      lists.end(a),
      data,
      lists.start(b),
      lists.end(b),
      operation,
      0,
    );
    const row = lists.intern(this.#scratch, length) as RowId;
    memo.set(key, row);
    return row;
  }

  /** Where in the pool's array the run that holds a position begins. */
  #runAt(row: RowId, position: number): number {
    const { data } = this.#lists;
    let low = this.#lists.start(row) >> 1;
    let high = (this.#lists.end(row) >> 1) - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (data[2 * middle]! <= position) low = middle;
      else high = middle - 1;
    }
    return 2 * low;
  }

  /** Makes room for so many numbers in the scratch. What it holds stays. */
  #reserve(length: number): void {
    if (length <= this.#scratch.length) return;
    const scratch = new Int32Array(2 * length);
    scratch.set(this.#scratch);
    this.#scratch = scratch;
  }

  /** Writes the outcome for two rows, each part of an array, to the scratch, which must have room. Returns where it ends. */
  #merge(
    a: Int32Array,
    aStart: number,
    aEnd: number,
    b: Int32Array,
    bStart: number,
    bEnd: number,
    operation: Operation,
    at: number,
  ): number {
    const { sets } = this;
    const scratch = this.#scratch;
    let i = aStart;
    let j = bStart;
    let previous = -1;
    while (i < aEnd || j < bEnd) {
      const nextA = i < aEnd ? a[i]! : Infinity;
      const nextB = j < bEnd ? b[j]! : Infinity;
      if (nextA <= nextB) i += 2;
      if (nextB <= nextA) j += 2;
      const set = sets[operation](a[i - 1]! as SetId, b[j - 1]! as SetId);
      if (set === previous) continue;
      scratch[at] = Math.min(nextA, nextB);
      scratch[at + 1] = set;
      at += 2;
      previous = set;
    }
    return at;
  }

  /** Writes the row that is `set` on the spans to the scratch. Returns where it ends. */
  #paint(spans: readonly Span[], set: SetId, at: number): number {
    this.#reserve(at + 4 * spans.length + 2);
    const start = at;
    let open = 0;
    for (const [first, end] of set === NONE ? [] : ascending(spans)) {
      if (first >= end) continue;
      if (first > open) at = this.#put(open, NONE, at);
      if (first > open || at === start) at = this.#put(first, set, at);
      open = Math.max(open, end);
    }
    return open < this.#length ? this.#put(open, NONE, at) : at;
  }

  #put(position: number, set: SetId, at: number): number {
    this.#scratch[at] = position;
    this.#scratch[at + 1] = set;
    return at + 2;
  }
}

function ascending(spans: readonly Span[]): readonly Span[] {
  for (let i = 1; i < spans.length; i += 1) {
    if (spans[i]![0] < spans[i - 1]![0]) return spans.toSorted((a, b) => a[0] - b[0]);
  }
  return spans;
}
