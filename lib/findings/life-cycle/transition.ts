import type { Finding } from '../finding.ts';
import type { Tracked } from './tracked.ts';

/** What happened to a finding between two runs, of which people hear. */
export type TransitionKind =
  /** Somebody's change let it in: it was denied, now it is allowed. */
  | 'opened'
  /** The same, of something that was open before and had been closed. */
  | 'reopened'
  /** It was open, and now more is, or it weighs more. */
  | 'widened'
  /** Nobody's change: a first look, an upgrade, or a read that works now brought it to light. */
  | 'newly-seen'
  /** It was denied, and now it cannot be told any more. */
  | 'possible'
  /** It is open as far as is known, and cannot be seen any more. */
  | 'unconfirmed'
  | 'resolved'
  /** It came back so often that nothing more is said until it is stable. */
  | 'flapping'
  /** It flapped and has been stable for an hour. */
  | 'settled'
  /** It is critical, and still open. */
  | 'reminder'
  /** Somebody answered for it, and does not any more. */
  | 'exception-ended';

export type Transition = {
  readonly kind: TransitionKind;
  /** Whether the network changed, or only what is known of it. */
  readonly isChange: boolean;
  readonly tracked: Tracked;
  /** The finding as it is now; absent once it is gone. */
  readonly finding?: Finding;
  /** As it was in the run before, by the same rules; absent if it was not there. */
  readonly before?: Finding;
  /** What there is to say of an exception: that it ended, or in what this goes beyond it. */
  readonly note?: string;
};
