import { createHash } from 'node:crypto';
import type { TargetKey } from '../contracts.ts';
import { deliveryKey, type DeliveryKey } from '../outbox.ts';

/** An item's primary key. */
export type Key = { readonly pk: string; readonly sk: string };

const ESCAPE = '\u007f';
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const LONGEST = { pk: 2048, sk: 1024 } as const;

/**
 * A text in ASCII, so that DynamoDB, which orders by bytes of UTF-8, orders as `<` orders the texts, by code units; and so that
 * a text that is no well-formed Unicode keeps its own place. The beginning of a text is the beginning of its form.
 */
export function sortable(text: string): string {
  return text.replace(/[\u007f-\uffff]/g, (unit) => escaped(unit));
}

/** As `sortable`, and without `#`, which stands between the parts of a key. */
function part(text: string): string {
  return sortable(text).replaceAll('#', escaped('#'));
}

function escaped(unit: string): string {
  return `${ESCAPE}${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

export const HEADS = 'HEADS';
export const OWED = 'OWED';

export function headKey({ account, region }: TargetKey): Key {
  return within({ pk: HEADS, sk: `${part(account)}#${part(region)}` }, 'target');
}

export function outboxPartition(id: string): string {
  return `OUTBOX#${part(id)}`;
}

export function outboxKey(id: string): Key {
  return within({ pk: outboxPartition(id), sk: 'ITEM' }, 'outbox item');
}

export function owedKey(id: string, createdAt: string): Key {
  return within({ pk: OWED, sk: `${createdAt}#${part(id)}` }, 'outbox item');
}

export function notesPartition(owner: string): string {
  return `NOTES#${part(owner)}`;
}

/** `#` first: a key may not be empty, and a name may. */
export function noteKey(owner: string, name: string): Key {
  return within({ pk: notesPartition(owner), sk: `#${sortable(name)}` }, 'note');
}

/** Where in the outbox a delivery is kept: the item of its part, and its member in there. */
export type DeliveryPlace = { readonly key: Key; readonly member: string };

/** With some thousand deliveries a part is still of few kilobytes; every write costs as much as all of the item is long. */
const PARTS = 32;

export function deliveryPlace(id: string, delivery: DeliveryKey): DeliveryPlace {
  const hash = createHash('sha256').update(deliveryKey(delivery)).digest();
  const number = String((hash[0] ?? 0) % PARTS).padStart(2, '0');
  const key = within({ pk: outboxPartition(id), sk: `PART#${number}` }, 'outbox item');
  return { key, member: hash.toString('base64url') };
}

function within(key: Key, what: string): Key {
  if (key.pk.length <= LONGEST.pk && key.sk.length <= LONGEST.sk) return key;
  throw new RangeError(
    `The name of a ${what} is too long for DynamoDB: as a key it has ${key.pk.length} and ${key.sk.length} bytes, and ` +
      `${LONGEST.pk} and ${LONGEST.sk} are what it takes. It begins ${JSON.stringify(key.sk.slice(0, 80))}. Shorten it.`,
  );
}
