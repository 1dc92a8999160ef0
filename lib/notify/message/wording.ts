import type { Alert, AlertKind } from '#findings';
import { visible } from './visible.ts';

/** What stands between the severity and the effect. The kinds without an entry are told by one word alone. */
const STATE: Readonly<Partial<Record<AlertKind, string>>> = {
  'newly-seen': 'newly seen',
  unconfirmed: 'unconfirmed',
  flapping: 'flapping',
  reminder: 'still open',
  'exception-ended': 'exception ended',
  'blind-spot': 'blind spot',
  tampering: 'tampering',
  'catch-up': 'catch-up',
};

const ONE_WORD: Readonly<Partial<Record<AlertKind, string>>> = {
  resolved: 'RESOLVED',
  test: 'TEST',
};

/** Why people hear of it, where the effect alone does not say. */
const NOTE: Readonly<Partial<Record<AlertKind, string>>> = {
  'newly-seen':
    'Nobody opened it just now: a first look, an upgrade or a new permission brought it to light.',
  unconfirmed: 'It was open when last seen and cannot be seen now, so it counts as open.',
  flapping: 'It keeps opening and closing. No more messages about it until it is stable.',
  reminder: 'Nobody has closed it or accepted it so far.',
  'exception-ended': 'It was accepted for a time, and that time is over: close it, or accept it anew.',
  'blind-spot': 'What is behind it stays as it was last seen: nothing is taken for closed unseen.',
  tampering: 'Postern depends on this. Until it is put right, changes may go unseen.',
  test: 'This is a test. Nothing is wrong, and there is nothing to do.',
};

/** The first words of a message, which mail rules and eyes sort by: `CRITICAL`, `HIGH still open:`, `RESOLVED`. */
export function tagOf({ kind, severity }: Alert): string {
  const word = ONE_WORD[kind];
  if (word !== undefined) return word;
  const state = STATE[kind];
  return state === undefined ? severity.toUpperCase() : `${severity.toUpperCase()} ${state}:`;
}

/** The first words and the gap after them. */
export function openingOf(alert: Alert): string {
  const tag = tagOf(alert);
  return tag.endsWith(':') ? `${tag} ` : `${tag}  `;
}

export function noteOf({ kind }: Alert): string | undefined {
  return NOTE[kind];
}

/** The effect in one line. An alert without words of its own still says something. */
export function headlineOf({ headline, findings, kind }: Alert, longest?: number): string {
  for (const text of [headline, findings[0]?.title ?? '']) {
    const words = visible(text.trim(), longest);
    if (words !== '') return words;
  }
  return `News of the kind "${kind}", without further words`;
}

/** `shop (111122223333), eu-west-1`; empty where it is about no single place. */
export function placeOf({ place: { account, accountName, region } }: Alert): string {
  const name = visible(accountName ?? '', 80);
  const id = visible(account, 80);
  const who = name === '' || name === id ? id : id === '' ? name : `${name} (${id})`;
  return [who, visible(region, 40)].filter((text) => text !== '').join(', ');
}

/** `2026-03-02 10:01:07 UTC`, on a day that was just named `10:01:07 UTC`. A time in another form is shown as it came. */
export function timeOf(time: string, sameDayAs = ''): string {
  const [, day, clock] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(time) ?? [];
  return day === undefined || clock === undefined
    ? visible(time, 40)
    : sameDayAs.startsWith(day)
      ? `${clock} UTC`
      : `${day} ${clock} UTC`;
}

/** `1 finding`, `2,000 findings`. */
export function count(amount: number, noun: string): string {
  return `${amount.toLocaleString('en-US')} ${noun}${amount === 1 ? '' : 's'}`;
}
