import { assertCanonicalSpans } from './axis.ts';
import { INTERSECT, SUBTRACT, UNION } from './edges.ts';
import type { TruthTable } from './edges.ts';
import { NOT_FOUND, PairMemo } from './pair-memo.ts';
import { anyInSweep, hashOfSpans, sweepSpans } from './pool-sweep.ts';
import { TransportSet } from './transport.ts';

/** A transport set of one pool. Dense: the pool's ids are 0 … size − 1. Meaningless in another pool. */
export type SetId = number & { readonly __kind: 'set' };

/** The empty set, in every pool. */
export const NONE = 0 as SetId;
/** All traffic, in every pool. */
export const ALL = 1 as SetId;

/**
 * Transport sets as ids: one id a set, so equal sets have equal ids, and every operator remembers its answers.
 *
 * The spans of all sets lie end to end in one array and are found again by their hash; nothing is ever removed. Only
 * the first asking of an operator for a pair of sets walks their spans; asking again allocates nothing.
 */
export class TransportPool {
  /** Spans of set `id`: from `#starts[id]` to `#starts[id + 1]`. */
  #spans = new Int32Array(1024);
  #starts = new Int32Array(257);
  #hashes = new Int32Array(256);
  #size = 0;
  /** Open addressing by hash; a slot holds id + 1, and 0 is free. At most half full. */
  #table = new Int32Array(512);
  #scratch = new Int32Array(64);
  readonly #values: (TransportSet | undefined)[] = [];
  readonly #unions = new PairMemo();
  readonly #intersections = new PairMemo();
  readonly #differences = new PairMemo();

  constructor() {
    this.intern(TransportSet.NONE);
    this.intern(TransportSet.ALL);
  }

  /** How many different sets the pool holds. */
  get size(): number {
    return this.#size;
  }

  /** How many answers of operators the pool remembers. */
  get answers(): number {
    return this.#unions.size + this.#intersections.size + this.#differences.size;
  }

  /** Memory held by the pool's arrays, in bytes. */
  get bytes(): number {
    const own = [this.#spans, this.#starts, this.#hashes, this.#table, this.#scratch];
    const memos = [this.#unions, this.#intersections, this.#differences];
    return (
      own.reduce((sum, array) => sum + array.byteLength, 0) + memos.reduce((sum, memo) => sum + memo.bytes, 0)
    );
  }

  intern(set: TransportSet): SetId {
    const id = this.#internTrusted(set.spans, set.spans.length);
    this.#values[id] ??= set;
    return id;
  }

  /**
   * The set of the first `length` numbers of `spans`, which are copied.
   * @throws RangeError if they are not canonical (see axis.ts)
   */
  internSpans(spans: ArrayLike<number>, length: number = spans.length): SetId {
    assertCanonicalSpans(spans, length);
    return this.#internTrusted(spans, length);
  }

  /** @throws RangeError if the pool has no such set */
  valueOf(id: SetId): TransportSet {
    const known = this.#values[id];
    if (known !== undefined) return known;
    if (!(id >= 0 && id < this.#size)) throw new RangeError(`the pool has no set ${id}`);
    const value = TransportSet.fromSpans(this.#spans.subarray(this.#starts[id], this.#starts[id + 1]));
    this.#values[id] = value;
    return value;
  }

  union(a: SetId, b: SetId): SetId {
    if (a === b || b === NONE) return a;
    if (a === NONE) return b;
    if (a === ALL || b === ALL) return ALL;
    return a < b ? this.#recall(this.#unions, a, b, UNION) : this.#recall(this.#unions, b, a, UNION);
  }

  intersect(a: SetId, b: SetId): SetId {
    if (a === b || b === ALL) return a;
    if (a === ALL) return b;
    if (a === NONE || b === NONE) return NONE;
    return a < b
      ? this.#recall(this.#intersections, a, b, INTERSECT)
      : this.#recall(this.#intersections, b, a, INTERSECT);
  }

  subtract(a: SetId, b: SetId): SetId {
    if (b === NONE) return a;
    if (a === b || a === NONE || b === ALL) return NONE;
    return this.#recall(this.#differences, a, b, SUBTRACT);
  }

  overlaps(a: SetId, b: SetId): boolean {
    if (a === NONE || b === NONE) return false;
    if (a === b || a === ALL || b === ALL) return true;
    return this.#combinesToAny(a, b, INTERSECT);
  }

  isSubset(a: SetId, b: SetId): boolean {
    if (a === b || a === NONE || b === ALL) return true;
    if (b === NONE || a === ALL) return false;
    return !this.#combinesToAny(a, b, SUBTRACT);
  }

  has(id: SetId, point: number): boolean {
    const spans = this.#spans;
    let low = this.#starts[id] as number;
    let high = this.#starts[id + 1] as number;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((spans[middle] as number) <= point) low = middle + 1;
      else high = middle;
    }
    // every set starts at an even place, so an odd one is within a span
    return (low & 1) === 1;
  }

  /** The remembered answer for the pair, or else the answer, remembered. */
  #recall(memo: PairMemo, a: SetId, b: SetId, table: TruthTable): SetId {
    const known = memo.get(a, b);
    return known === NOT_FOUND ? this.#compute(memo, a, b, table) : (known as SetId);
  }

  #compute(memo: PairMemo, a: SetId, b: SetId, table: TruthTable): SetId {
    const starts = this.#starts;
    const [aFrom, aTo] = [starts[a] as number, starts[a + 1] as number];
    const [bFrom, bTo] = [starts[b] as number, starts[b + 1] as number];
    const longest = aTo - aFrom + (bTo - bFrom);
    if (longest > this.#scratch.length) this.#scratch = new Int32Array(longest * 2);
    const length = sweepSpans(this.#spans, aFrom, aTo, bFrom, bTo, table, this.#scratch);
    const result = this.#internTrusted(this.#scratch, length);
    memo.add(a, b, result);
    return result;
  }

  #combinesToAny(a: SetId, b: SetId, table: TruthTable): boolean {
    const starts = this.#starts;
    return anyInSweep(
      this.#spans,
      starts[a] as number,
      starts[a + 1] as number,
      starts[b] as number,
      starts[b + 1] as number,
      table,
    );
  }

  /** Finds the set of canonical spans or appends it. */
  #internTrusted(spans: ArrayLike<number>, length: number): SetId {
    const hash = hashOfSpans(spans, length);
    const mask = this.#table.length - 1;
    let slot = hash & mask;
    for (let held = this.#table[slot]; held !== 0; held = this.#table[slot]) {
      const id = (held as number) - 1;
      if (this.#hashes[id] === hash && this.#isHeldAs(id, spans, length)) return id as SetId;
      slot = (slot + 1) & mask;
    }
    return this.#append(spans, length, hash, slot);
  }

  #isHeldAs(id: number, spans: ArrayLike<number>, length: number): boolean {
    const start = this.#starts[id] as number;
    if ((this.#starts[id + 1] as number) - start !== length) return false;
    for (let i = 0; i < length; i++) if (this.#spans[start + i] !== spans[i]) return false;
    return true;
  }

  #append(spans: ArrayLike<number>, length: number, hash: number, slot: number): SetId {
    const id = this.#size;
    const start = this.#starts[id] as number;
    if (start + length > this.#spans.length) this.#spans = grown(this.#spans, start + length);
    if (id + 2 > this.#starts.length) this.#starts = grown(this.#starts, id + 2);
    if (id + 1 > this.#hashes.length) this.#hashes = grown(this.#hashes, id + 1);
    for (let i = 0; i < length; i++) this.#spans[start + i] = spans[i] as number;
    this.#starts[id + 1] = start + length;
    this.#hashes[id] = hash;
    this.#table[slot] = id + 1;
    this.#size = id + 1;
    if (this.#size * 2 > this.#table.length) this.#rehash();
    return id as SetId;
  }

  #rehash(): void {
    const table = new Int32Array(this.#table.length * 2);
    const mask = table.length - 1;
    for (let id = 0; id < this.#size; id++) {
      let slot = (this.#hashes[id] as number) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = id + 1;
    }
    this.#table = table;
  }
}

/** A copy that is doubled until it has room for `needed` numbers. */
function grown(array: Int32Array, needed: number): Int32Array<ArrayBuffer> {
  let capacity = array.length * 2;
  while (capacity < needed) capacity *= 2;
  const copy = new Int32Array(capacity);
  copy.set(array);
  return copy;
}
