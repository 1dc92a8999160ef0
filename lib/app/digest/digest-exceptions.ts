import { daysLeft, exceptionName, exceptionsOf, isActive, type Exception } from '#findings';
import type { Digest } from '#report';
import type { KnownFinding } from './digest-findings.ts';

/** Exceptions that end within so many days are told of before they do. */
const SOON_DAYS = 14;

/** The exceptions that end soon, and those that ended since the last time or are still about something that is open. */
export function exceptionsIn(
  exceptions: readonly Exception[],
  open: readonly KnownFinding[],
  since: string,
  now: string,
): Pick<Digest, 'ending' | 'ended'> {
  const titles = new Map<Exception, string[]>();
  const answered = new Set<KnownFinding>();
  for (const finding of open) {
    const { fingerprint, check, workload, account } = finding.shown;
    for (const exception of exceptionsOf({ fingerprint, check, workload, account }, exceptions)) {
      titles.set(exception, [...(titles.get(exception) ?? []), finding.shown.title]);
      if (isActive(exception, now)) answered.add(finding);
    }
  }
  // what somebody answers for by another exception has not lost its answer
  const orphans = new Set(open.filter((finding) => !answered.has(finding)).map(({ shown }) => shown.title));
  const all = exceptions.map((exception) => ({
    name: exceptionName(exception),
    owner: exception.owner,
    reason: exception.reason,
    until: exception.until,
    daysLeft: daysLeft(exception, now),
    isActive: isActive(exception, now),
    titles: titles.get(exception) ?? [],
  }));
  return {
    ending: all
      .filter((each) => each.isActive && each.daysLeft <= SOON_DAYS)
      .toSorted((a, b) => a.daysLeft - b.daysLeft)
      .map(told),
    ended: all
      .filter((each) => !each.isActive)
      .map((each) => ({ ...each, titles: each.titles.filter((title) => orphans.has(title)) }))
      .filter((each) => each.titles.length > 0 || each.until >= since.slice(0, 10))
      .toSorted((a, b) => b.daysLeft - a.daysLeft)
      .map(told),
  };
}

function told({
  isActive: _,
  ...exception
}: Digest['ending'][number] & { readonly isActive: boolean }): Digest['ending'][number] {
  return exception;
}
