import { expect } from 'vitest';
import type { OutboxItem, Stores } from '#store';

/** A claim lasts for a minute of real time, which no test waits for: the store is told of a later one that is over at once. */
export async function endClaims({ state }: Stores): Promise<void> {
  const claimed = (await state.owed()).flatMap((item: OutboxItem) =>
    item.deliveries.flatMap(({ claimedUntil, ...delivery }) =>
      claimedUntil === undefined ? [] : [{ id: item.id, delivery, claimedUntil }],
    ),
  );
  expect(claimed).toHaveLength(1);
  for (const { id, delivery, claimedUntil } of claimed)
    await state.claim(id, delivery, { now: claimedUntil, until: new Date().toISOString() });
}
