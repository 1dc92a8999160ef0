import { byCodeUnits } from './code-units.ts';
import type { Delivery, Head, OutboxItem } from './contracts.ts';
import { instant } from './instant.ts';

/** Long enough to look up what was sent when; then an item of which nothing is owed is forgotten. */
export const OUTBOX_KEPT_MS = 28 * 24 * 60 * 60 * 1000;

export type DeliveryKey = { readonly channel: string; readonly alert: string };

/** The same text for the same delivery only, whatever is in the two names. */
export function deliveryKey({ channel, alert }: DeliveryKey): string {
  return JSON.stringify([channel, alert]);
}

export function isOwed({ deliveries }: { readonly deliveries: readonly Delivery[] }): boolean {
  return deliveries.some(({ deliveredAt }) => deliveredAt === undefined);
}

export function oldestFirst(a: OutboxItem, b: OutboxItem): number {
  return byCodeUnits(a.createdAt, b.createdAt) || byCodeUnits(a.id, b.id);
}

/** @throws RangeError for what only a bug can pass; see StateStore */
export function checkedItem(item: OutboxItem): OutboxItem {
  if (new Set(item.deliveries.map(deliveryKey)).size < item.deliveries.length)
    throw new RangeError(`The outbox item ${JSON.stringify(item.id)} names a delivery twice.`);
  return {
    id: item.id,
    target: { account: item.target.account, region: item.target.region },
    alerts: item.alerts,
    createdAt: instant(item.createdAt),
    deliveries: item.deliveries.map(checkedDelivery),
  };
}

function checkedDelivery({ channel, alert, deliveredAt, claimedUntil }: Delivery): Delivery {
  if (deliveredAt !== undefined) return { channel, alert, deliveredAt: instant(deliveredAt) };
  return { channel, alert, ...(claimedUntil === undefined ? {} : { claimedUntil: instant(claimedUntil) }) };
}

/** @throws RangeError for what only a bug can pass; see StateStore */
export function checkedHead(head: Head): Head {
  const { version, snapshot, findings, brief, engine, readAt, committedAt, neighbours } = head;
  if (!Number.isSafeInteger(version) || version < 1)
    throw new RangeError(`A head's version is a whole number from 1 on, not ${version}.`);
  return {
    version,
    snapshot,
    findings,
    ...(brief !== undefined && { brief }),
    engine,
    readAt: instant(readAt),
    committedAt: instant(committedAt),
    neighbours: neighbours.map((seen) => ({
      account: seen.account,
      region: seen.region,
      snapshot: seen.snapshot,
      readAt: instant(seen.readAt),
    })),
  };
}
