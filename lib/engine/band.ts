import type { SetId } from '#netset';
import type { RowId, RowPool } from './row-pool.ts';

/** What surely holds and what possibly holds. Law: for every way to fill in what is unknown, sure ⊆ truth ⊆ possible. */
export type Bounds<T> = readonly [sure: T, possible: T];
export type Band = Bounds<RowId>;
export type SetBounds = Bounds<SetId>;

/** Which of the two bounds. */
export type Bound = 0 | 1;
export const SURE: Bound = 0;
export const POSSIBLE: Bound = 1;

export function certain<T>(value: T): Bounds<T> {
  return [value, value];
}

export function unionBand(rows: RowPool, a: Band, b: Band): Band {
  return [rows.union(a[SURE], b[SURE]), rows.union(a[POSSIBLE], b[POSSIBLE])];
}

export function intersectBand(rows: RowPool, a: Band, b: Band): Band {
  return [rows.intersect(a[SURE], b[SURE]), rows.intersect(a[POSSIBLE], b[POSSIBLE])];
}
