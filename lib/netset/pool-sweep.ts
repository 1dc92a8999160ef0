import { AXIS_SIZE } from './axis.ts';
import type { TruthTable } from './edges.ts';

/**
 * The sweep of edges.ts over spans that lie inside one Int32Array. A second telling on purpose: kept apart from the
 * generic one, the engine's compiler sees only small integers here. Both are held to one contract suite.
 */

/** Above every edge. */
const BEYOND = AXIS_SIZE + 1;

/** Writes the spans of the operator's result to `out`, which needs room for both operands; returns their length. */
export function sweepSpans(
  spans: Int32Array,
  aFrom: number,
  aTo: number,
  bFrom: number,
  bTo: number,
  table: TruthTable,
  out: Int32Array,
): number {
  let a = aFrom < aTo ? (spans[aFrom] as number) : BEYOND;
  let b = bFrom < bTo ? (spans[bFrom] as number) : BEYOND;
  let inside = 0;
  let isInside = 0;
  let length = 0;
  while (a !== BEYOND || b !== BEYOND) {
    const edge = a < b ? a : b;
    if (a === edge) {
      inside ^= 2;
      a = ++aFrom < aTo ? (spans[aFrom] as number) : BEYOND;
    }
    if (b === edge) {
      inside ^= 1;
      b = ++bFrom < bTo ? (spans[bFrom] as number) : BEYOND;
    }
    const isInsideNow = (table >> inside) & 1;
    if (isInsideNow !== isInside) {
      out[length++] = edge;
      isInside = isInsideNow;
    }
  }
  return length;
}

/** Whether the operator's result has any point; stops at the first. */
export function anyInSweep(
  spans: Int32Array,
  aFrom: number,
  aTo: number,
  bFrom: number,
  bTo: number,
  table: TruthTable,
): boolean {
  let a = aFrom < aTo ? (spans[aFrom] as number) : BEYOND;
  let b = bFrom < bTo ? (spans[bFrom] as number) : BEYOND;
  let inside = 0;
  while (a !== BEYOND || b !== BEYOND) {
    const edge = a < b ? a : b;
    if (a === edge) {
      inside ^= 2;
      a = ++aFrom < aTo ? (spans[aFrom] as number) : BEYOND;
    }
    if (b === edge) {
      inside ^= 1;
      b = ++bFrom < bTo ? (spans[bFrom] as number) : BEYOND;
    }
    if (((table >> inside) & 1) === 1) return true;
  }
  return false;
}

/** A hash of the content. Spread by multiplication, since most sets differ in a few small numbers. */
export function hashOfSpans(spans: ArrayLike<number>, length: number): number {
  let hash = length;
  for (let i = 0; i < length; i++) {
    hash = Math.imul(hash ^ (spans[i] as number), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}
