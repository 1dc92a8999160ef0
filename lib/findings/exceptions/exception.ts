import type { TransportSet } from '#netset';
import type { Severity } from '../finding.ts';

/** A finding, or findings of a kind, that somebody answers for until a day. */
export type Exception = {
  /** The one finding that it is about; else the pattern. */
  readonly fingerprint?: string;
  /** The check, the id or name of the workload, in which `*` is any run of characters, and the account: those that are given must all fit. */
  readonly check?: string;
  readonly workload?: string;
  readonly account?: string;
  readonly owner: string;
  readonly reason: string;
  /** The last day on which it holds: `2026-04-01`, in UTC. */
  readonly until: string;
  /** How grave and how wide it was when somebody accepted it; what goes beyond that is not accepted. */
  readonly accepted?: { readonly severity?: Severity; readonly transport?: TransportSet };
};

/** What of a finding is asked to tell whether an exception is about it. */
export type Acceptable = {
  readonly fingerprint: string;
  readonly check: string;
  readonly workload: { readonly id: string; readonly name: string };
  readonly account: string;
};

/** Whether an exception holds at a time (ISO 8601 in UTC): it does until its last day is over. */
export function isActive({ until }: Pick<Exception, 'until'>, now: string): boolean {
  return now.slice(0, 10) <= until;
}

/** Whole days from a time until an exception ends; 0 on its last day, below 0 once it has ended. */
export function daysLeft({ until }: Exception, now: string): number {
  return Math.round((Date.parse(until) - Date.parse(now.slice(0, 10))) / 86_400_000);
}

/** Whom an exception is about, in words: `7c1e-94ab`, or `lateral-path on shop-*`. */
export function exceptionName({ fingerprint, check, workload, account }: Exception): string {
  if (fingerprint !== undefined) return fingerprint;
  return [
    check ?? 'all checks',
    ...(workload === undefined ? [] : [`on ${workload}`]),
    ...(account === undefined ? [] : [`in ${account}`]),
  ].join(' ');
}
