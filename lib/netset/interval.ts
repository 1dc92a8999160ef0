import {
  combineEdges,
  combinesToAny,
  edgesHave,
  edgesOfSpans,
  INTERSECT,
  sameEdges,
  SUBTRACT,
  UNION,
} from './edges.ts';

/** Both ends belong to the range. */
export type Range<N extends number | bigint> = readonly [first: N, last: N];

/** What differs between counting in numbers (ports, IPv4) and counting in bigints (IPv6). */
type Kernel<N extends number | bigint> = {
  readonly next: (n: N) => N;
  readonly previous: (n: N) => N;
  /** Whether the value is a whole number that this kernel counts exactly, and so is the next. */
  readonly isWhole: (n: N) => boolean;
};

const NUMBERS: Kernel<number> = {
  next: (n) => n + 1,
  previous: (n) => n - 1,
  isWhole: (n) => Number.isSafeInteger(n) && n < Number.MAX_SAFE_INTEGER,
};

const BIGINTS: Kernel<bigint> = {
  next: (n) => n + 1n,
  previous: (n) => n - 1n,
  isWhole: (n) => typeof n === 'bigint',
};

/**
 * An immutable set of whole numbers.
 *
 * `ranges` is canonical: sorted, disjoint and never adjacent ([1,2] and [3,4] is [1,4]), so two sets are equal
 * exactly if their ranges are.
 */
export class IntervalSet<N extends number | bigint> {
  readonly #kernel: Kernel<N>;
  readonly #edges: readonly N[];
  #ranges: readonly Range<N>[] | undefined;

  private constructor(kernel: Kernel<N>, edges: readonly N[]) {
    this.#kernel = kernel;
    this.#edges = edges;
  }

  /**
   * The union of ranges in any order; they may overlap.
   * @throws RangeError if a bound is not a whole number below 2^53 − 1, or a range ends before it begins
   */
  static ofNumbers(ranges: Iterable<Range<number>>): IntervalSet<number> {
    return new IntervalSet(NUMBERS, edgesOfRanges(NUMBERS, ranges));
  }

  /** As `ofNumbers`, of whole numbers of any size. */
  static ofBigints(ranges: Iterable<Range<bigint>>): IntervalSet<bigint> {
    return new IntervalSet(BIGINTS, edgesOfRanges(BIGINTS, ranges));
  }

  get ranges(): readonly Range<N>[] {
    this.#ranges ??= this.#rangesOfEdges();
    return this.#ranges;
  }

  get isEmpty(): boolean {
    return this.#edges.length === 0;
  }

  union(other: IntervalSet<N>): IntervalSet<N> {
    if (other.isEmpty || this === other) return this;
    if (this.isEmpty) return other;
    return new IntervalSet(this.#kernel, combineEdges(this.#edges, other.#edges, UNION));
  }

  intersect(other: IntervalSet<N>): IntervalSet<N> {
    if (this.isEmpty || this === other) return this;
    if (other.isEmpty) return other;
    return new IntervalSet(this.#kernel, combineEdges(this.#edges, other.#edges, INTERSECT));
  }

  subtract(other: IntervalSet<N>): IntervalSet<N> {
    if (this.isEmpty || other.isEmpty) return this;
    return new IntervalSet(this.#kernel, combineEdges(this.#edges, other.#edges, SUBTRACT));
  }

  isSubsetOf(other: IntervalSet<N>): boolean {
    return this === other || !combinesToAny(this.#edges, other.#edges, SUBTRACT);
  }

  overlaps(other: IntervalSet<N>): boolean {
    return combinesToAny(this.#edges, other.#edges, INTERSECT);
  }

  equals(other: IntervalSet<N>): boolean {
    return this === other || sameEdges(this.#edges, other.#edges);
  }

  has(n: N): boolean {
    return edgesHave(this.#edges, n);
  }

  /** "1, 5-9"; the empty set is the empty string. */
  toString(): string {
    return this.ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(', ');
  }

  #rangesOfEdges(): readonly Range<N>[] {
    const ranges: Range<N>[] = [];
    for (let i = 0; i < this.#edges.length; i += 2) {
      ranges.push([this.#edges[i] as N, this.#kernel.previous(this.#edges[i + 1] as N)]);
    }
    return Object.freeze(ranges);
  }
}

function edgesOfRanges<N extends number | bigint>(kernel: Kernel<N>, ranges: Iterable<Range<N>>): N[] {
  const spans: [N, N][] = [];
  for (const [first, last] of ranges) {
    if (!kernel.isWhole(first) || !kernel.isWhole(last) || first > last) {
      throw new RangeError(`not a range of whole numbers: ${String(first)}-${String(last)}`);
    }
    spans.push([first, kernel.next(last)]);
  }
  return edgesOfSpans(spans);
}
