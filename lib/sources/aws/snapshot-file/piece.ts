import type { CallKey } from '../resources/index.ts';

/** One response found in a file, and of which call it is. */
export type Piece = {
  readonly call: CallKey;
  readonly body: unknown;
  /** Where it came from. */
  readonly file: string;
  /** There is a token for another page. */
  readonly moreFollows?: boolean;
  /**
   * For a call that is kept by id: which id this is the response of; `by-id` if it is an object of responses by id
   * already; `not-said` if the response stands alone and does not tell.
   */
  readonly of: 'region' | 'by-id' | 'not-said' | { readonly parent: string };
};

/** What an object from a file holds. */
export type Contents = {
  readonly pieces: readonly Piece[];
  readonly meta?: unknown;
  readonly account?: unknown;
  readonly region?: unknown;
  /** Keys that are neither a call nor a response member known here. */
  readonly ignored: readonly string[];
};

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** A response has a token for another page, under one of the three names that services have for it. */
export function moreFollows(body: unknown): boolean {
  if (!isObject(body)) return false;
  return ['NextToken', 'NextMarker', 'Marker'].some(
    (name) => typeof body[name] === 'string' && body[name] !== '',
  );
}
