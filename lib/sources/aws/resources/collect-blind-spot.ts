import type { CallKey } from './catalogue.ts';

/**
 * Why a part of a target was not read.
 *
 * `denied`: the credentials may not. `throttled`: AWS refused for load until the retries ran out. `timed-out`: the
 * call's deadline passed. `unsupported`: this Region or server does not know the call. `cut`: the answer stopped
 * half-way (the connection, or pages that never end). `malformed`: the answer is not what this API sends. `dangling`: an
 * id is named and, asked for once more, was not there. `failed`: anything else.
 */
export type CollectBlindSpotCode =
  'denied' | 'throttled' | 'timed-out' | 'unsupported' | 'cut' | 'malformed' | 'dangling' | 'failed';

/** Something that was asked for and is not in the snapshot. The texts are one line each, without control characters. */
export type CollectBlindSpot = {
  readonly code: CollectBlindSpotCode;
  readonly call: CallKey | 'GetCallerIdentity';
  /** For a call that is made for each item of another: the item's id. Absent: the call as a whole. */
  readonly parent?: string;
  /** For `dangling`: the id that leads nowhere, and the place that names it. */
  readonly id?: string;
  readonly namedBy?: string;
  /** What was not seen, in one sentence: the call, how it ended, what that hides. */
  readonly what: string;
  /** What to do about it; empty where nothing can be done. */
  readonly remedy: string;
  /** What was not seen could only take ways away; or, false, it hides ways. */
  readonly narrows: boolean;
  /** What AWS said: the error's name, then its message, shortened; empty for `dangling`. */
  readonly error: string;
};
