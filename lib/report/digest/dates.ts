/** The day of a time in a time zone. `month` is from 1 on, `weekday` from 0 (Sunday) on. */
type Day = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
};

const DAY_MS = 86_400_000;

/**
 * The ISO 8601 week of a time where people are: `2026-W09`. Its year is that of its Thursday.
 *
 * @throws RangeError for a time or time zone that is none
 */
export function isoWeek(time: string, timeZone: string): string {
  const { year, month, day } = dayOf(time, timeZone);
  const noon = Date.UTC(year, month - 1, day, 12);
  const weekday = (new Date(noon).getUTCDay() + 6) % 7;
  const thursday = new Date(noon + (3 - weekday) * DAY_MS);
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1, 12);
  const week = Math.floor((thursday.getTime() - first) / DAY_MS / 7) + 1;
  return `${String(thursday.getUTCFullYear())}-W${String(week).padStart(2, '0')}`;
}

/** So many weeks up to one (inclusive), the oldest first. */
export function weeksUpTo(time: string, timeZone: string, weeks: number): readonly string[] {
  const { year, month, day } = dayOf(time, timeZone);
  const noon = Date.UTC(year, month - 1, day, 12);
  return Array.from({ length: weeks }, (_, i) =>
    isoWeek(new Date(noon - (weeks - 1 - i) * 7 * DAY_MS).toISOString(), 'UTC'),
  );
}

/** `2 March`, or with the year where it is another than that of `beside`. */
export function dayText(time: string, timeZone: string, beside: string): string {
  const { year, month, day } = dayOf(time, timeZone);
  const text = `${String(day)} ${MONTHS[month - 1] ?? ''}`;
  return year === dayOf(beside, timeZone).year ? text : `${text} ${String(year)}`;
}

/** `Monday`. */
export function weekdayText(time: string, timeZone: string): string {
  return WEEKDAYS[dayOf(time, timeZone).weekday] ?? '';
}

/** `08:00`, by the clock of the time zone. */
export function clockText(time: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return parts.format(new Date(time));
}

function dayOf(time: string, timeZone: string): Day {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  }).formatToParts(new Date(time));
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const [year, month, day] = [of('year'), of('month'), of('day')];
  return { year, month, day, weekday: new Date(Date.UTC(year, month - 1, day, 12)).getUTCDay() };
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
