import {
  accountOf,
  daysLeft,
  exceptionName,
  exceptionsOf,
  type Exception,
  type Finding,
  type Review,
} from '#findings';
import type { PageException } from './page/data.ts';

/** Exceptions, and what they made of the findings at a time (ISO 8601 in UTC). */
export type Reviewed = {
  readonly exceptions: readonly Exception[];
  readonly review: Review;
  readonly now: string;
};

const ORDER: readonly PageException['state'][] = ['ended', 'ending', 'unused', 'holds'];

/** Who answers for what: first what ended while it is still open, then what ends soon. Those that ended and are about nothing any more are left out. */
export function pageExceptions({ exceptions, review, now }: Reviewed): readonly PageException[] {
  const titles = new Map<Exception, string[]>();
  const add = (exception: Exception, { title }: Finding): void => {
    titles.set(exception, [...(titles.get(exception) ?? []), title]);
  };
  for (const { exception, finding } of review.accepted) add(exception, finding);
  for (const finding of review.notes.keys())
    for (const exception of exceptionsOf({ ...finding, account: accountOf(finding) }, exceptions))
      add(exception, finding);
  return exceptions
    .flatMap((exception): PageException[] => {
      const { owner, reason, until } = exception;
      const days = daysLeft(exception, now);
      const about = titles.get(exception) ?? [];
      if (days < 0 && about.length === 0) return [];
      const state =
        days < 0
          ? 'ended'
          : review.ending.includes(exception)
            ? 'ending'
            : review.unused.includes(exception)
              ? 'unused'
              : 'holds';
      return [{ name: exceptionName(exception), owner, reason, until, days, state, titles: about }];
    })
    .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.days - b.days);
}

/** Why a finding is open although there is an exception of it, by its fingerprint. */
export function reviewNotes(reviewed: Reviewed | undefined): ReadonlyMap<string, string> {
  return new Map([...(reviewed?.review.notes ?? [])].map(([{ fingerprint }, note]) => [fingerprint, note]));
}
