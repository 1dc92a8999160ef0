import { ALL, NONE, type SetId, type TransportPool } from '#netset';
import { ListPool } from './list-pool.ts';

/** A row by its number: a function from every position of an axis to a transport set. Equal rows have equal numbers. */
export type RowId = number & { readonly __kind: 'row' };

/** Positions from `start` up to, not including, `end`. */
export type Span = readonly [start: number, end: number];

/** A row while it is being built: run starts and set ids by turns, `[0, set, start, set, …]`. */
type Runs = number[];

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
    const { data } = this.#lists;
    let low = this.#lists.start(row) >> 1;
    let high = (this.#lists.end(row) >> 1) - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (data[2 * middle]! <= position) low = middle;
      else high = middle - 1;
    }
    return data[2 * low + 1]! as SetId;
  }

  /** The runs that are not empty, clipped to a span, in order. */
  forEachRun(row: RowId, [start, end]: Span, visit: (start: number, end: number, set: SetId) => boolean | undefined): void {
    const lists = this.#lists;
    const first = lists.start(row);
    const length = lists.end(row) - first;
    for (let i = 0; i < length; i += 2) {
      // read through `lists` each time: `visit` may intern rows, which can move the array
      const runStart = Math.max(start, lists.data[first + i]!);
      const runEnd = i + 2 < length ? Math.min(end, lists.data[first + i + 2]!) : end;
      if (runStart >= end) return;
      const set = lists.data[first + i + 1]! as SetId;
      if (set !== NONE && runStart < runEnd && visit(runStart, runEnd, set) === true) return;
    }
  }

  /** The row that is `set` on the given spans and empty elsewhere. Spans may overlap and come in any order. */
  paint(spans: readonly Span[], set: SetId): RowId {
    return this.#lists.intern(runsOf(spans, set, this.#length)) as RowId;
  }

  /** The union of several painted layers, without interning what lies between. */
  paintAll(layers: readonly { readonly spans: readonly Span[]; readonly set: SetId }[]): RowId {
    let level: Runs[] = layers.map(({ spans, set }) => runsOf(spans, set, this.#length));
    while (level.length > 1) {
      const next: Runs[] = [];
      for (let i = 0; i < level.length; i += 2) {
        const other = level[i + 1];
        next.push(other === undefined ? level[i]! : this.#merge(level[i]!, other, 'union'));
      }
      level = next;
    }
    return level[0] === undefined ? this.none : (this.#lists.intern(level[0]) as RowId);
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
    const runs: Runs = [];
    for (let i = this.#lists.start(row); i < this.#lists.end(row); i += 2) {
      push(runs, this.#lists.data[i]!, change(this.#lists.data[i + 1]! as SetId));
    }
    return this.#lists.intern(runs) as RowId;
  }

  #combine(a: RowId, b: RowId, operation: Operation): RowId {
    const memo = this.#memos[operation];
    const key = a * 2 ** 26 + b;
    const known = memo.get(key);
    if (known !== undefined) return known;
    const row = this.#lists.intern(this.#merge(this.#runs(a), this.#runs(b), operation)) as RowId;
    memo.set(key, row);
    return row;
  }

  #runs(row: RowId): ArrayLike<number> {
    return this.#lists.data.subarray(this.#lists.start(row), this.#lists.end(row));
  }

  #merge(a: ArrayLike<number>, b: ArrayLike<number>, operation: Operation): Runs {
    const runs: Runs = [];
    let i = 0;
    let j = 0;
    while (i < a.length || j < b.length) {
      const nextA = i < a.length ? a[i]! : Infinity;
      const nextB = j < b.length ? b[j]! : Infinity;
      const start = Math.min(nextA, nextB);
      if (nextA === start) i += 2;
      if (nextB === start) j += 2;
      push(runs, start, this.sets[operation](a[i - 1]! as SetId, b[j - 1]! as SetId));
    }
    return runs;
  }
}

function push(runs: Runs, start: number, set: number): void {
  if (runs.length === 0 || runs[runs.length - 1] !== set) runs.push(start, set);
}

function runsOf(spans: readonly Span[], set: SetId, length: number): Runs {
  const sorted = spans.filter(([start, end]) => start < end).sort((a, b) => a[0] - b[0]);
  const runs: Runs = [];
  let open = 0;
  for (const [start, end] of sorted) {
    if (start > open || runs.length === 0) {
      if (start > open) push(runs, open, NONE);
      push(runs, start, set);
    }
    open = Math.max(open, end);
  }
  if (open < length) push(runs, open, NONE);
  return runs;
}
