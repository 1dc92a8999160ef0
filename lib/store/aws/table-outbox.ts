import pLimit from 'p-limit';
import * as z from 'zod';
import type { Delivery, OutboxItem, StateStore } from '../contracts.ts';
import { instant } from '../instant.ts';
import { checkedItem, isOwed, oldestFirst, OUTBOX_KEPT_MS } from '../outbox.ts';
import { deliveryShape } from '../shapes.ts';
import { deliveryPlace, outboxKey, outboxPartition, OWED, owedKey, type Key } from './keys.ts';
import { absent, isGone, life } from './life.ts';
import { readRow } from './read-row.ts';
import type { Expression, Row, Table, Write } from './table.ts';

type Outbox = Pick<StateStore, 'owe' | 'owedItem' | 'owed' | 'claim' | 'release' | 'record'>;

const itemShape = z.object({
  id: z.string(),
  account: z.string(),
  region: z.string(),
  alerts: z.string(),
  createdAt: z.string(),
});
/** The deliveries of one part by their hash, each with its place among all of the item's. */
const partShape = z.object({ deliveries: z.record(z.string(), deliveryShape.extend({ place: z.int() })) });
const owedShape = z.object({ id: z.string() });

const READS_AT_ONCE = 8;

/**
 * An outbox item is a partition: the item itself and its deliveries, in parts by their hash, so that a claim and a record each
 * are one small write that need read nothing. A pointer in the partition OWED stands for it as long as something is owed.
 */
export function tableOutbox(table: Table, clock: () => Date): Outbox {
  const rowsOf = async (id: string): Promise<readonly Row[]> => {
    const now = clock();
    return (await table.query(outboxPartition(id))).filter((row) => !isGone(row, now));
  };

  /** Once nothing is owed any more: takes the pointer away and says when the rows are gone. Again, it changes nothing. */
  const close = async (item: OutboxItem, rows: readonly Row[]): Promise<void> => {
    const { goneAt, expiresAt } = life(clock().getTime() + OUTBOX_KEPT_MS);
    const change = { text: 'SET #goneAt = :goneAt, #expiresAt = :expiresAt', values: { goneAt, expiresAt } };
    const condition = { text: 'attribute_exists(#pk) AND attribute_not_exists(#goneAt)' };
    await table.transact([
      { remove: owedKey(item.id, item.createdAt) },
      ...rows.map(({ pk, sk }): Write => ({ update: { key: { pk, sk }, change, condition } })),
    ]);
  };

  return {
    owe: async (owed) => {
      await table.transact(outboxWrites(checkedItem(owed), clock()));
    },
    owedItem: async (id) => itemOf(await rowsOf(id)),
    owed: async () => {
      const atOnce = pLimit(READS_AT_ONCE);
      const pointers = (await table.query(OWED)).map((row) => readRow(row, owedShape));
      const read = async ({ id }: { readonly id: string }): Promise<readonly OutboxItem[]> => {
        const rows = await rowsOf(id);
        const item = itemOf(rows);
        if (item === undefined) return [];
        if (isOwed(item)) return [item];
        // Whoever recorded the last delivery died before it could close the item.
        await close(item, rows);
        return [];
      };
      const items = await Promise.all(pointers.map((pointer) => atOnce(read, pointer)));
      return items.flat().toSorted(oldestFirst);
    },
    claim: async (id, delivery, times) => {
      const [now, until] = [instant(times.now), instant(times.until)];
      const { key, member } = deliveryPlace(id, delivery);
      const condition: Expression = {
        text:
          'attribute_exists(#deliveries.#member) AND attribute_not_exists(#deliveries.#member.#deliveredAt) AND ' +
          '(attribute_not_exists(#deliveries.#member.#claimedUntil) OR #deliveries.#member.#claimedUntil <= :now)',
        names: { member },
        values: { now },
      };
      const change = { text: 'SET #deliveries.#member.#claimedUntil = :until', values: { until } };
      return (await table.update({ key, change, condition })) !== undefined;
    },
    release: async (id, delivery, claimedUntil) => {
      const { key, member } = deliveryPlace(id, delivery);
      await table.update({
        key,
        change: { text: 'REMOVE #deliveries.#member.#claimedUntil' },
        condition: {
          text: '#deliveries.#member.#claimedUntil = :until',
          names: { member },
          values: { until: instant(claimedUntil) },
        },
      });
    },
    record: async (id, delivery, at) => {
      const { key, member } = deliveryPlace(id, delivery);
      const deliveredAt = instant(at);
      const change: Expression = {
        text:
          'SET #deliveries.#member.#deliveredAt = if_not_exists(#deliveries.#member.#deliveredAt, :deliveredAt) ' +
          'REMOVE #deliveries.#member.#claimedUntil',
        values: { deliveredAt },
      };
      const condition = { text: 'attribute_exists(#deliveries.#member)', names: { member } };
      const part = await table.update({ key, change, condition });
      if (part === undefined || isOwed({ deliveries: deliveriesOf(part) })) return;
      const rows = await rowsOf(id);
      const item = itemOf(rows);
      if (item !== undefined && !isOwed(item)) await close(item, rows);
    },
  };
}

/** The writes of a new item, first of which is the one whose condition fails if it is there already. */
export function outboxWrites(item: OutboxItem, now: Date): readonly Write[] {
  const { id, target, alerts, createdAt } = item;
  const end = life(isOwed(item) ? undefined : now.getTime() + OUTBOX_KEPT_MS);
  const row = { ...outboxKey(id), id, ...target, alerts, createdAt, ...end };
  const pointer = { ...owedKey(id, createdAt), id };
  return [
    { put: row, condition: absent(now) },
    ...partsOf(item).map(({ key, deliveries }) => ({ put: { ...key, deliveries, ...end } })),
    ...(isOwed(item) ? [{ put: pointer }] : []),
  ];
}

type Part = { readonly key: Key; readonly deliveries: Record<string, Delivery & { readonly place: number }> };

function partsOf({ id, deliveries }: OutboxItem): readonly Part[] {
  const parts = new Map<string, Part>();
  deliveries.forEach((delivery, place) => {
    const { key, member } = deliveryPlace(id, delivery);
    const part = parts.get(key.sk) ?? { key, deliveries: {} };
    part.deliveries[member] = { ...delivery, place };
    parts.set(key.sk, part);
  });
  return [...parts.values()];
}

function itemOf(rows: readonly Row[]): OutboxItem | undefined {
  const head = rows.find(({ sk }) => sk === 'ITEM');
  if (head === undefined) return undefined;
  const { account, region, ...rest } = readRow(head, itemShape);
  const deliveries = rows.filter((row) => row !== head).flatMap(deliveriesOf);
  return {
    ...rest,
    target: { account, region },
    deliveries: deliveries.toSorted((a, b) => a.place - b.place).map(({ place: _, ...delivery }) => delivery),
  };
}

function deliveriesOf(row: Row): readonly (Delivery & { readonly place: number })[] {
  return Object.values(readRow(row, partShape).deliveries);
}
