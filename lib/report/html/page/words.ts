import type { Severity, State } from './data.ts';

export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

/** `1 finding`, `2,100 findings`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`;
}

// made once: a call of `toLocaleString` costs more than the rest of what a box says
const NUMBERS = new Intl.NumberFormat('en-US');

export function number(n: number): string {
  return NUMBERS.format(n);
}

export const STATE_WORDS: Readonly<Record<State, string>> = {
  opened: 'new',
  closed: 'closed',
  changed: 'changed',
};

/** What stands behind an endpoint, in words. */
export function roleWord(role: string, n: number): string {
  const word = ROLES[role] ?? role.replaceAll('-', ' ');
  return n === 1 ? word : word.endsWith('s') || word === 'other' ? word : `${word}s`;
}

const ROLES: Readonly<Record<string, string>> = {
  nat: 'NAT gateway',
  other: 'other',
  transit: 'transit gateway interface',
};

/** A time as people say it, in UTC: `12 March 2026, 10:01 UTC`. */
export function timeText(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const day = at.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const time = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
  return `${day}, ${time} UTC`;
}
