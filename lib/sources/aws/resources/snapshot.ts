import type { CallKey, Catalogue } from './catalogue.ts';
import type { CollectBlindSpot } from './collect-blind-spot.ts';
import type { FromShape } from './shape.ts';

/** The form of the snapshots that this version writes; it reads this and every lower number. */
export const SCHEMA_VERSION = 1;

/** The name of an account or a Region that the input does not tell. */
export const NOT_TOLD = 'unknown';

export type SnapshotMeta = {
  readonly schemaVersion: number;
  /** Twelve digits, or `NOT_TOLD`. */
  readonly account: string;
  /** Such as `eu-west-1`, or `NOT_TOLD`. */
  readonly region: string;
  /** When the last answer had come, ISO 8601; absent if a file does not say. */
  readonly capturedAt?: string;
  /** When the first call was made: a change later than this may be seen in one response and not in another. */
  readonly startedAt?: string;
  readonly blindSpots: readonly CollectBlindSpot[];
};

type ResponseOf<Row> = Row extends { readonly shape: infer S } ? FromShape<S> : never;

/** The response of a call as a snapshot keeps it: for a call per parent that is one response for each id. */
export type Response<Key extends CallKey> = Catalogue[Key] extends {
  readonly parent: { readonly kept: 'by-id' };
}
  ? Readonly<Record<string, ResponseOf<Catalogue[Key]>>>
  : ResponseOf<Catalogue[Key]>;

/**
 * What was read of one target (account × Region) at one time.
 *
 * A key that is there was read whole; a key that is absent was not read (if it was tried, a blind spot tells why); an
 * empty list was read and is empty. In a response kept by id the same holds for each id. `DescribeListeners` is one
 * list for all load balancers: those that could not be read are in the blind spots with their `parent`.
 *
 * The types say what AWS documents. A response that came from a file is as it came, secrets aside: `structureProblems`
 * names the places that hold something else, and whoever reads a snapshot looks before trusting a member.
 */
export type AwsSnapshot = { readonly _meta: SnapshotMeta } & Responses;

/** The responses of a snapshot, by call. */
export type Responses = { readonly [Key in CallKey]?: Response<Key> };
