import type { Exception, Tracked } from '#findings';
import type { TargetKey, WeekRecord } from '#store';
import type { Brief } from '../watch/brief.ts';
import type { ObjectPlace } from './object-place.ts';

/** A target as it is remembered. */
export type KnownTarget = TargetKey & {
  /** Empty where the account has none that is known. */
  readonly accountName: string;
  /** When the read of the last run began, ISO 8601; absent: it was never read. */
  readonly readAt?: string;
  readonly tracked: readonly Tracked[];
  /** Absent: no run has said anything in short so far. */
  readonly brief?: Brief;
  /** Where its last report lies as a page; absent where none is kept. */
  readonly report?: ObjectPlace;
  /** The last time that nothing at all could be read. */
  readonly unreadable?: { readonly why: string; readonly at: string };
};

/** All that a digest is made of. */
export type DigestInput = {
  readonly organisation: string;
  /** The version of Postern. */
  readonly version: string;
  /** ISO 8601 in UTC. */
  readonly now: string;
  /** IANA: `Europe/Berlin`. */
  readonly timeZone: string;
  readonly targets: readonly KnownTarget[];
  readonly exceptions: readonly Exception[];
  /** Of the last weeks, in their order. */
  readonly records: readonly WeekRecord[];
  /** A target that was not read for so long is said to be out of sight. */
  readonly staleAfterMs: number;
};
