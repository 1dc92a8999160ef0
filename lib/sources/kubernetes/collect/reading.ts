import type { ClusterObject } from './cluster-object.ts';

/**
 * Why a part of a cluster was not read.
 *
 * `denied`: the user may not. `throttled`: the server refused for load until the retries ran out. `timed-out`: the deadline passed.
 * `unsupported`: this server does not serve the kind. `cut`: the list broke off half-way, or changed under the reading again and again.
 * `malformed`: the answer is not what this API sends. `failed`: anything else.
 */
export type ReadFailureCode =
  'denied' | 'throttled' | 'timed-out' | 'unsupported' | 'cut' | 'malformed' | 'failed';

/** Something that was asked for and is not in the reading. The texts are one line each, without control characters. */
export type ReadBlindSpot = {
  readonly code: ReadFailureCode;
  readonly verb: 'list' | 'get';
  /** The API group; empty for the core. */
  readonly group: string;
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
  /** What was not seen, in one sentence: what was asked, how it ended, what that hides. */
  readonly what: string;
  /** What to do about it; empty where nothing can be done. */
  readonly remedy: string;
  /** What was not seen could only take ways away; or, false, it hides ways. */
  readonly narrows: boolean;
  /** What the server said, shortened. */
  readonly error: string;
};

/** What was read of a cluster, and how. */
export type ClusterReading = {
  readonly context: string;
  /** The API server's address. */
  readonly server: string;
  /** `v1.31.2-eks-…`; empty if the server did not tell. */
  readonly serverVersion: string;
  readonly startedAt: string;
  readonly capturedAt: string;
  /** The API groups that the server serves: a group of an engine's own says that it is (or was) installed. */
  readonly groups: readonly string[];
  /** What was read to its end, as `deployments.apps`: that none is among the objects means that there is none. */
  readonly read: readonly string[];
  readonly blindSpots: readonly ReadBlindSpot[];
  readonly objects: readonly ClusterObject[];
};
