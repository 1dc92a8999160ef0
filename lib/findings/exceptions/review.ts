import type { Finding } from '../finding.ts';
import { accountOf, acceptanceOf, exceptionsOf } from './acceptance.ts';
import { daysLeft, isActive, type Exception } from './exception.ts';

/** Exceptions that end within so many days are told of before they do. */
const SOON_DAYS = 14;

/** What exceptions make of the findings of a run. */
export type Review = {
  /** Those that nobody answers for, in the order in which they came. */
  readonly open: readonly Finding[];
  /** Why one is among them although there is an exception of it. */
  readonly notes: ReadonlyMap<Finding, string>;
  readonly accepted: readonly { readonly finding: Finding; readonly exception: Exception }[];
  /** Active ones that end soon, the sooner first. */
  readonly ending: readonly Exception[];
  /** Those that are about nothing that is found: it was closed, or is misspelt. */
  readonly unused: readonly Exception[];
};

/** Sorts findings by whether somebody answers for them at a time (ISO 8601 in UTC). */
export function review(findings: readonly Finding[], exceptions: readonly Exception[], now: string): Review {
  const open: Finding[] = [];
  const accepted: { finding: Finding; exception: Exception }[] = [];
  const notes = new Map<Finding, string>();
  for (const finding of findings) {
    const acceptance = acceptanceOf(finding, exceptions, now);
    if (acceptance.kind === 'accepted') {
      accepted.push({ finding, exception: acceptance.exception });
      continue;
    }
    open.push(finding);
    if (acceptance.kind === 'none') continue;
    const { owner, until } = acceptance.exception;
    notes.set(
      finding,
      acceptance.kind === 'ended'
        ? `the exception of ${owner} ended on ${until}`
        : `beyond what ${owner} accepted until ${until}: ${acceptance.why}`,
    );
  }
  const used = new Set(
    findings.flatMap((finding) => exceptionsOf({ ...finding, account: accountOf(finding) }, exceptions)),
  );
  return {
    open,
    notes,
    accepted,
    ending: exceptions
      .filter((exception) => isActive(exception, now) && daysLeft(exception, now) <= SOON_DAYS)
      .toSorted((a, b) => daysLeft(a, now) - daysLeft(b, now)),
    unused: exceptions.filter((exception) => !used.has(exception)),
  };
}
