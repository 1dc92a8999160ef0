import type { LiveCall } from '../resources/index.ts';

/** What came of trying one read. `not told`: the service could not be asked, or said something else. */
export type TriedRead = {
  readonly call: LiveCall;
  /** The IAM action that permits it. */
  readonly action: string;
  readonly outcome: 'allowed' | 'denied' | 'not told';
  readonly why?: string;
};
