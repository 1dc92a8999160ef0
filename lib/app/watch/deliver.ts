import type { Alert } from '#findings';
import { catchUpAlert, type Channel } from '#notify';
import type { Delivery, NoteStore, ObjectStore, OutboxItem, StateStore } from '#store';
import { claim, CLAIM_MS, orRelease, type Claim } from './claim.ts';
import type { DeliverMessage } from './messages.ts';
import { keepThreads, threadOf } from './threads.ts';

export type DeliverPorts = {
  readonly state: StateStore;
  readonly objects: ObjectStore;
  readonly notes: NoteStore;
  readonly clock: () => Date;
  /** The channels that are set up, by name. A channel that cannot be made (its secret is not to be had) throws a ChannelFailure. */
  readonly channel: (name: string) => Promise<Channel>;
};

export type Delivered = {
  /** How many alerts the channel took now. */
  readonly sent: number;
  /** Somebody else is at one of them: whoever asked is to come back after so many seconds. */
  readonly comeBackIn?: number;
};

/** An item that is owed for longer than this is part of a catch-up, if it is not the only one. */
const LATE_MS = 3_600_000;
/** A catch-up takes on so many messages: each costs some requests, and all have to fit into one call of the function. The next sweep goes on. */
const MOST_CAUGHT_UP = 100;
/** Channels that keep each finding, and are no readers: what they missed they get piece by piece. */
const KEEPERS: ReadonlySet<string> = new Set(['securityhub']);

/**
 * Sends what an outbox item owes one channel: claim, send, record. Each alert is sent at least once; twice only if this dies between
 * the channel's yes and the record. After a long outage a channel gets one summary of all that it missed.
 *
 * @throws ChannelFailure if the channel did not take it; it stays owed
 */
export async function deliver(
  { channel: name, item: id }: DeliverMessage,
  ports: DeliverPorts,
): Promise<Delivered> {
  const item = await ports.state.owedItem(id);
  if (item === undefined || owedOn(item, name).length === 0) return { sent: 0 };
  const late = isLate(item, ports.clock()) ? await lateItems(name, ports) : [];
  if (late.flatMap((one) => owedOn(one, name)).length > 1)
    return (KEEPERS.has(name) ? sendEach : catchUp)(name, late, ports);
  return sendItem(name, item, ports);
}

/** In the order in which they arose: the last word about a finding is to be the last that is kept. */
async function sendEach(name: string, items: readonly OutboxItem[], ports: DeliverPorts): Promise<Delivered> {
  let sent = 0;
  const inOrder = items.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  for (const item of inOrder.slice(0, MOST_CAUGHT_UP)) {
    const done = await sendItem(name, item, ports);
    sent += done.sent;
    if (done.comeBackIn !== undefined) return { sent, comeBackIn: done.comeBackIn };
  }
  return { sent };
}

async function sendItem(name: string, item: OutboxItem, ports: DeliverPorts): Promise<Delivered> {
  const alerts = new Map((await alertsOf(item, ports.objects)).map((alert) => [alert.id, alert]));
  let sent = 0;
  for (const delivery of owedOn(item, name)) {
    const alert = alerts.get(delivery.alert);
    if (alert === undefined) throw new Error(`${item.alerts} does not hold the alert ${delivery.alert}`);
    const claimed = await claim(item, delivery, ports);
    if (claimed === undefined) return { sent, comeBackIn: CLAIM_MS / 1000 };
    const { reference } = await orRelease([claimed], ports, async () => {
      const channel = await ports.channel(name);
      return channel.send(alert, await threadOf(ports.notes, name, alert));
    });
    await ports.state.record(item.id, delivery, ports.clock().toISOString());
    if (reference !== undefined) await keepThreads(ports.notes, name, alert, reference, ports.clock());
    sent += 1;
  }
  return { sent };
}

async function catchUp(name: string, items: readonly OutboxItem[], ports: DeliverPorts): Promise<Delivered> {
  const claimed: Claim[] = [];
  const missed: Alert[] = [];
  const lost: Error[] = [];
  for (const item of items) {
    if (claimed.length >= MOST_CAUGHT_UP) break;
    const alerts = await alertsOf(item, ports.objects).catch((error: unknown) => error as Error);
    if (alerts instanceof Error) {
      // what cannot be read any more is not to keep back what can
      lost.push(alerts);
      continue;
    }
    for (const delivery of owedOn(item, name)) {
      const got = await claim(item, delivery, ports);
      if (got === undefined) continue;
      claimed.push(got);
      missed.push(...alerts.filter(({ id }) => id === delivery.alert));
    }
  }
  if (claimed.length === 0) {
    if (lost[0] !== undefined) throw lost[0];
    return { sent: 0, comeBackIn: CLAIM_MS / 1000 };
  }
  await orRelease(claimed, ports, async () => {
    const channel = await ports.channel(name);
    await channel.send(catchUpAlert(missed, items[0]?.createdAt ?? ports.clock().toISOString()));
  });
  const at = ports.clock().toISOString();
  for (const { item, delivery } of claimed) await ports.state.record(item.id, delivery, at);
  if (lost[0] !== undefined) throw lost[0];
  return { sent: 1 };
}

async function lateItems(name: string, { state, clock }: DeliverPorts): Promise<readonly OutboxItem[]> {
  const now = clock();
  return (await state.owed()).filter((item) => isLate(item, now) && owedOn(item, name).length > 0);
}

/** What an item still owes a channel. */
export function owedOn({ deliveries }: OutboxItem, channel: string): readonly Delivery[] {
  return deliveries.filter((delivery) => delivery.channel === channel && delivery.deliveredAt === undefined);
}

export function isLate({ createdAt }: OutboxItem, now: Date): boolean {
  return now.getTime() - Date.parse(createdAt) > LATE_MS;
}

async function alertsOf({ alerts }: OutboxItem, objects: ObjectStore): Promise<readonly Alert[]> {
  const text = await objects.get(alerts);
  // to count it as delivered would lose it without a word: so it ends among the dead letters, and they ring
  if (text === undefined) throw new Error(`the object ${alerts} is gone, though the outbox names it`);
  return JSON.parse(text) as Alert[];
}
