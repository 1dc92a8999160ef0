/**
 * Sets of whole numbers as edges: an ascending list of the numbers at which membership flips.
 *
 * `[a, b, c, d]` is a ≤ n < b or c ≤ n < d. The list of a set is unique, so equal sets have equal edges,
 * and one sweep serves every operator: it asks the operator's truth table at each edge and writes an edge
 * where the answer flips.
 */

/** A truth table of two memberships: bit `2·inA + inB` is the result's membership. Bit 0 is never set. */
export type TruthTable = number;

export const UNION: TruthTable = 0b1110;
export const INTERSECT: TruthTable = 0b1000;
export const SUBTRACT: TruthTable = 0b0100;

export function combineEdges<N extends number | bigint>(
  a: readonly N[],
  b: readonly N[],
  table: TruthTable,
): N[] {
  const result: N[] = [];
  let i = 0;
  let j = 0;
  let isInside = 0;
  while (i < a.length || j < b.length) {
    const edge = nextEdge(a[i], b[j]);
    if (a[i] === edge) i++;
    if (b[j] === edge) j++;
    const isInsideNow = membership(table, i, j);
    if (isInsideNow !== isInside) {
      result.push(edge);
      isInside = isInsideNow;
    }
  }
  return result;
}

/** Whether the operator's result has any member; stops at the first. */
export function combinesToAny<N extends number | bigint>(
  a: readonly N[],
  b: readonly N[],
  table: TruthTable,
): boolean {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const edge = nextEdge(a[i], b[j]);
    if (a[i] === edge) i++;
    if (b[j] === edge) j++;
    if (membership(table, i, j) === 1) return true;
  }
  return false;
}

export function sameEdges<N extends number | bigint>(a: readonly N[], b: readonly N[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Whether `n` is inside: an odd number of edges lies at or below it. */
export function edgesHave<N extends number | bigint>(edges: ArrayLike<N>, n: N): boolean {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle]! <= n) low = middle + 1;
    else high = middle;
  }
  return (low & 1) === 1;
}

/**
 * The edges of the union of half-open spans given in any order, which may overlap or touch.
 * Spans are sorted in place.
 */
export function edgesOfSpans<N extends number | bigint>(spans: [N, N][]): N[] {
  spans.sort((x, y) => (x[0] < y[0] ? -1 : x[0] > y[0] ? 1 : 0));
  const edges: N[] = [];
  for (const [low, high] of spans) {
    const end = edges.at(-1);
    if (end === undefined || low > end) edges.push(low, high);
    else if (high > end) edges[edges.length - 1] = high;
  }
  return edges;
}

/** The lower of two edges, of which at least one is there. */
function nextEdge<N extends number | bigint>(a: N | undefined, b: N | undefined): N {
  if (a === undefined) return b as N;
  if (b === undefined) return a;
  return a < b ? a : b;
}

/** Having passed an odd number of a set's edges is being inside it. */
function membership(table: TruthTable, passedA: number, passedB: number): number {
  return (table >> (((passedA & 1) << 1) | (passedB & 1))) & 1;
}
