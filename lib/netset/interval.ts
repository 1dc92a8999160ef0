/** Arithmetic that an interval set needs of its numbers: plain numbers for IPv4 and ports, bigints for IPv6. */
type Kernel<N> = { readonly next: (n: N) => N; readonly previous: (n: N) => N };

const NUMBERS: Kernel<number> = { next: (n) => n + 1, previous: (n) => n - 1 };
const BIGINTS: Kernel<bigint> = { next: (n) => n + 1n, previous: (n) => n - 1n };

/** A range of whole numbers, inclusive on both ends. */
export type Range<N> = readonly [first: N, last: N];

/**
 * A set of whole numbers, immutable and canonical: sorted, disjoint ranges that do not touch, so that equal sets have equal form.
 */
export class IntervalSet<N extends number | bigint> {
  readonly ranges: readonly Range<N>[];
  readonly #kernel: Kernel<N>;

  private constructor(kernel: Kernel<N>, canonical: readonly Range<N>[]) {
    this.#kernel = kernel;
    this.ranges = canonical;
  }

  /** A set of plain numbers from ranges in any order, overlapping or not. A range whose last is below its first is empty. */
  static ofNumbers(ranges: readonly Range<number>[]): IntervalSet<number> {
    return new IntervalSet(NUMBERS, canonicalOf(ranges, NUMBERS));
  }

  /** The same over bigints. */
  static ofBigints(ranges: readonly Range<bigint>[]): IntervalSet<bigint> {
    return new IntervalSet(BIGINTS, canonicalOf(ranges, BIGINTS));
  }

  get isEmpty(): boolean {
    return this.ranges.length === 0;
  }

  has(n: N): boolean {
    let low = 0;
    let high = this.ranges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.ranges[middle]![1] < n) low = middle + 1;
      else high = middle;
    }
    const range = this.ranges[low];
    return range !== undefined && range[0] <= n;
  }

  union(other: IntervalSet<N>): IntervalSet<N> {
    if (other.isEmpty) return this;
    if (this.isEmpty) return other;
    return new IntervalSet(this.#kernel, canonicalOf([...this.ranges, ...other.ranges], this.#kernel));
  }

  intersect(other: IntervalSet<N>): IntervalSet<N> {
    const shared: Range<N>[] = [];
    for (let i = 0, j = 0; i < this.ranges.length && j < other.ranges.length; ) {
      const a = this.ranges[i]!;
      const b = other.ranges[j]!;
      const first = a[0] > b[0] ? a[0] : b[0];
      const last = a[1] < b[1] ? a[1] : b[1];
      if (first <= last) shared.push([first, last]);
      if (a[1] < b[1]) i += 1;
      else j += 1;
    }
    return new IntervalSet(this.#kernel, shared);
  }

  subtract(other: IntervalSet<N>): IntervalSet<N> {
    const { next, previous } = this.#kernel;
    const left: Range<N>[] = [];
    let j = 0;
    for (const [first, last] of this.ranges) {
      let from = first;
      while (j < other.ranges.length && other.ranges[j]![1] < from) j += 1;
      let k = j;
      let isSpent = false;
      for (; k < other.ranges.length && other.ranges[k]![0] <= last; k += 1) {
        const [cutFirst, cutLast] = other.ranges[k]!;
        if (cutFirst > from) left.push([from, previous(cutFirst)]);
        if (cutLast >= last) {
          isSpent = true;
          break;
        }
        from = next(cutLast);
      }
      if (!isSpent) left.push([from, last]);
    }
    return new IntervalSet(this.#kernel, left);
  }

  isSubsetOf(other: IntervalSet<N>): boolean {
    return this.subtract(other).isEmpty;
  }

  overlaps(other: IntervalSet<N>): boolean {
    return !this.intersect(other).isEmpty;
  }

  equals(other: IntervalSet<N>): boolean {
    return (
      this.ranges.length === other.ranges.length &&
      this.ranges.every(([first, last], i) => first === other.ranges[i]![0] && last === other.ranges[i]![1])
    );
  }
}

function canonicalOf<N extends number | bigint>(ranges: readonly Range<N>[], kernel: Kernel<N>): Range<N>[] {
  const sorted = ranges
    .filter(([first, last]) => first <= last)
    .toSorted((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  const merged: [N, N][] = [];
  for (const [first, last] of sorted) {
    const open = merged.at(-1);
    if (open !== undefined && first <= kernel.next(open[1])) {
      if (last > open[1]) open[1] = last;
    } else merged.push([first, last]);
  }
  return merged;
}
