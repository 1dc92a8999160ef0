import { count } from '#findings';
import type { DigestTarget } from './digest.ts';

const SMALL = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

/** A number as it is said aloud: in words up to twelve. */
export function inWords(n: number): string {
  return SMALL[n] ?? n.toLocaleString('en-US');
}

/** `two doors`. */
export function some(n: number, one: string, many = `${one}s`): string {
  return `${inWords(n)} ${n === 1 ? one : many}`;
}

export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long something has been so: `3 hours`, `2 days`, `5 weeks`. */
export function ageText(from: string, to: string): string {
  const ms = Math.max(0, Date.parse(to) - Date.parse(from));
  if (ms < HOUR_MS) return count(Math.max(1, Math.round(ms / 60_000)), 'minute');
  if (ms < 2 * DAY_MS) return count(Math.round(ms / HOUR_MS), 'hour');
  if (ms < 21 * DAY_MS) return count(Math.floor(ms / DAY_MS), 'day');
  return count(Math.floor(ms / (7 * DAY_MS)), 'week');
}

/** Risk as people compare it: a whole number, but not 0 where there is some. */
export function riskText(score: number): string {
  if (score > 0 && score < 1) return 'below 1';
  return String(Math.round(score));
}

/** `-6`, `+12`, `0`: how a number has moved, as it is shown. */
export function moved(now: number, before: number): string {
  const whole = (score: number): number => (score < 1 ? 0 : Math.round(score));
  const by = whole(now) - whole(before);
  return by > 0 ? `+${String(by)}` : String(by);
}

/** `shop (111122223333)`, or the number alone. */
export function accountText({ account, accountName }: Pick<DigestTarget, 'account' | 'accountName'>): string {
  return accountName === '' || accountName === account ? account : `${accountName} (${account})`;
}
