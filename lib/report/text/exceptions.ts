import {
  count,
  daysLeft,
  exceptionName,
  opensSomething,
  type Change,
  type Exception,
  type Finding,
  type Review,
} from '#findings';
import { severityWord } from './findings.ts';
import { plain } from './plain.ts';
import type { Style } from './style.ts';
import { wrap } from './wrap.ts';

/** How many exceptions that are about nothing are named before the rest is counted. */
const NAMED = 10;

/** What was accepted, what of it ends soon, and exceptions that are about nothing; no lines where there are none. `now` is ISO 8601 in UTC. */
export function exceptionLines(
  { accepted, ending, unused }: Pick<Review, 'accepted' | 'ending' | 'unused'>,
  now: string,
  style: Style,
): string[] {
  const lines = [...headedLines(accepted, style)];
  if (ending.length > 0) {
    lines.push(style.bold('exceptions that end soon'));
    for (const exception of ending)
      lines.push(
        `  - ${plain(exceptionName(exception))} of ${plain(exception.owner)}: ${endText(exception, now)}`,
      );
  }
  if (unused.length > 0) {
    lines.push(style.bold('exceptions that are about nothing that is found here'));
    for (const exception of unused.slice(0, NAMED))
      lines.push(
        `  - ${plain(exceptionName(exception))} of ${plain(exception.owner)}, until ${exception.until}`,
      );
    if (unused.length > NAMED) lines.push(`    and ${String(unused.length - NAMED)} more`);
  }
  return wrap(lines);
}

/** What a change opened that somebody answers for. */
export function acceptedLines(accepted: Review['accepted'], style: Style): string[] {
  return wrap(headedLines(accepted, style));
}

/** That a change opened something and nobody has to do anything about it; no line otherwise. */
export function answeredLines(change: Change & { readonly isAnsweredFor: boolean }, style: Style): string[] {
  if (!change.isAnsweredFor || !opensSomething(change)) return [];
  return wrap(['all that opened is meant or accepted, by postern.yml: this holds up no gate']).map(style.dim);
}

function headedLines(accepted: Review['accepted'], style: Style): string[] {
  if (accepted.length === 0) return [];
  return [
    `${style.bold('accepted')}   ${count(accepted.length, 'finding')}`,
    ...accepted.flatMap(({ finding, exception }) => linesOf(finding, exception, style)),
  ];
}

function linesOf({ severity, title, fingerprint }: Finding, exception: Exception, style: Style): string[] {
  const { owner, reason, until } = exception;
  return [
    `  ${severityWord(severity, style)}  ${plain(title)}`,
    style.dim(`            accepted until ${until} by ${plain(owner)}: ${plain(reason)}`),
    style.dim(`            fingerprint ${fingerprint}`),
  ];
}

function endText(exception: Exception, now: string): string {
  const days = daysLeft(exception, now);
  return `${days === 0 ? 'today is its last day' : `${count(days, 'day')} left`}, until ${exception.until}`;
}
