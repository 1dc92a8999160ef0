import type { Expression, Row } from './table.ts';

/**
 * When an item is gone. DynamoDB deletes some days after `expiresAt`, which is in whole seconds, so that the stores go by
 * `goneAt`, in milliseconds, and by their own clock.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
 */
export function life(goneAt: number | undefined): { readonly goneAt?: number; readonly expiresAt?: number } {
  return goneAt === undefined ? {} : { goneAt, expiresAt: Math.ceil(goneAt / 1000) };
}

export function isGone(row: Row, now: Date): boolean {
  const goneAt = row['goneAt'];
  return typeof goneAt === 'number' && goneAt <= now.getTime();
}

/** There is none of this key, or one that is gone. */
export function absent(now: Date): Expression {
  return { text: 'attribute_not_exists(#pk) OR #goneAt <= :now', values: { now: now.getTime() } };
}

/** There is one of this key, and it is not gone. */
export function present(now: Date): Expression {
  return {
    text: 'attribute_exists(#pk) AND (attribute_not_exists(#goneAt) OR #goneAt > :now)',
    values: { now: now.getTime() },
  };
}
