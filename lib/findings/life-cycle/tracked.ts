import type { CheckId, Finding, Severity } from '../finding.ts';

/** What people know of a finding: the last thing they were told, and when (ISO 8601). */
export type Told = { readonly state: 'open' | 'closed' | 'flapping'; readonly at: string };

/** By whom a finding was accepted, and as what: graver or wider than that it is not. Plain JSON. */
export type TrackedAcceptance = {
  /** Which exception: whom it is about, whose it is and why. Its end may be moved. */
  readonly key: string;
  readonly owner: string;
  /** The last day on which it holds, in UTC. */
  readonly until: string;
  readonly severity: Severity;
  readonly flows?: string;
  /** Set while it is graver or wider than that: then it is like any other. */
  readonly isExceeded?: true;
};

/**
 * A finding as it is remembered from run to run. Plain JSON: it is kept beside the head. Times are ISO 8601 in UTC.
 *
 * It has no rule, no interface and no event in it: those come and go while the same thing is wrong at the same place.
 */
export type Tracked = {
  readonly fingerprint: string;
  readonly check: CheckId;
  readonly severity: Severity;
  readonly title: string;
  readonly workload: { readonly id: string; readonly name: string };
  readonly state: 'open' | 'closed';
  readonly certainty: Finding['certainty'];
  /** False: it was open when it could last be seen, and now it cannot be seen. */
  readonly isConfirmed: boolean;
  /** The reads that failed when it was last confirmed, by blind spot. */
  readonly gaps: readonly string[];
  readonly openedAt: string;
  readonly closedAt?: string;
  /** Set where it came to light and nobody opened it: a first look, an upgrade, a read that works now. */
  readonly isNewlySeen?: true;
  /** Absent: people never heard of it. */
  readonly told?: Told;
  /** Set while somebody answers for it. */
  readonly accepted?: TrackedAcceptance;
  /** How often it has come back. */
  readonly reopened: number;
  /** When it came back, within the last hour. */
  readonly reopenings: readonly string[];
  /** Set while it flaps: when it last opened or closed. */
  readonly unstableAt?: string;
};
