import type { LiveCall } from '../resources/index.ts';
import type { ClientOptions } from './clients.ts';

export type CollectOptions = ClientOptions & {
  /** The account that the credentials should be for. If they are for another, nothing is read and `collect` throws. */
  readonly account?: string;
  readonly clock: () => Date;
  /** For one call with all its pages and retries. */
  readonly deadlineMs: number;
  readonly onProgress?: (progress: CollectProgress) => void;
  /** Ends the whole: what was not read by then becomes blind spots. */
  readonly signal?: AbortSignal;
};

/** How far it is, told when a call starts and when it ends. */
export type CollectProgress = {
  readonly call: LiveCall;
  readonly parent?: string;
  readonly state: 'started' | 'read' | 'failed';
  /** How many items came; 0 until the call has ended. */
  readonly items: number;
  readonly done: number;
  /** Calls known of so far: it grows when prefix lists, load balancers and the like turn out to exist. */
  readonly planned: number;
};
