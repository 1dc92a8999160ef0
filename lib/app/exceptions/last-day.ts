import { day } from '../config/exception-schema.ts';
import { QuestionError } from '../question-error.ts';

/**
 * The last day of an exception that begins now, in UTC.
 *
 * @throws QuestionError if it is no day, is over, or is more than a year away: what nobody looks at again is no exception
 */
export function lastDay(text: string, now: Date): string {
  if (!day.safeParse(text).success)
    throw new QuestionError(`--until ${text}: a day is like 2026-04-01, and is in the calendar`);
  const today = now.toISOString().slice(0, 10);
  if (text < today)
    throw new QuestionError(`--until ${text} is over: it is ${today} by UTC. Name a day that is to come`);
  const limit = new Date(now);
  limit.setUTCFullYear(limit.getUTCFullYear() + 1);
  const latest = limit.toISOString().slice(0, 10);
  if (text > latest)
    throw new QuestionError(
      `--until ${text} is more than a year away: ${latest} is the latest. It can be accepted anew by then`,
    );
  return text;
}
