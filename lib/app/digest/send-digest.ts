import { renderDigest, type Digest } from '#report';
import type { OutboxItem } from '#store';
import { intentOf } from '../config/intent-of.ts';
import type { DeliverMessage, Queue } from '../watch/messages.ts';
import { announce } from '../watch/outbox.ts';
import { addCommands } from './add-commands.ts';
import { gatherDigest, type GatherPorts } from './gather.ts';
import { keepMail } from './kept-mail.ts';
import { makeDigest } from './make-digest.ts';

/** The outbox calls it so; a topic may take its place when it is sent. */
const EMAIL = 'email';

export type SendDigestPorts = GatherPorts & {
  readonly clock: () => Date;
  readonly channelQueue: (channel: string) => Queue<DeliverMessage> | undefined;
};

export type DigestMade =
  | { readonly kind: 'owed'; readonly week: string; readonly item: string }
  /** The schedule struck twice, or a call was made again: one mail a week. */
  | { readonly kind: 'there already'; readonly week: string; readonly item: string }
  /** Neither recipients nor the topic are set up. */
  | { readonly kind: 'nobody'; readonly week: string };

/** A schedule says when it was due; one that says a time long ago, or none, is a test's or a hand's. */
const MOST_LATE_MS = 86_400_000;

/**
 * Makes the digest of a week and owes it, by the same outbox as alerts: once owed, it is sent at least once. Which week it is decides, and a table belongs
 * to one organisation: however often it is asked for within a week, there is one mail.
 *
 * @param due when the schedule struck, ISO 8601
 * @throws whatever the stores throw; the same may then be asked for again
 */
export async function sendDigest(due: string, ports: SendDigestPorts): Promise<DigestMade> {
  const { stores, config, clock } = ports;
  const now = momentOf(due, clock());
  const input = await gatherDigest(now, ports);
  const { digest, record } = makeDigest(input);
  const { week } = digest;
  // a week that nobody is told of is remembered all the same
  await stores.history.record(record);
  if (config.digest.recipients.length === 0 && !config.channels.sns) return { kind: 'nobody', week };
  const id = `digest/${week}`;
  const known = await stores.state.owedItem(id);
  if (known !== undefined) {
    await announce(known, ports);
    return { kind: 'there already', week, item: id };
  }
  const whole = await addCommands(digest, intentOf(config), stores);
  const summary = JSON.stringify(summaryOf(whole));
  const alerts = await keepMail(stores.objects, await renderDigest(whole), { week, at: now, summary });
  const item: OutboxItem = {
    id,
    target: { account: 'all', region: 'all' },
    alerts,
    createdAt: clock().toISOString(),
    deliveries: [{ channel: EMAIL, alert: id }],
  };
  await stores.state.owe(item);
  await announce(item, ports);
  return { kind: 'owed', week, item: id };
}

function momentOf(due: string, now: Date): string {
  const time = Date.parse(due);
  const late = now.getTime() - time;
  return late >= 0 && late <= MOST_LATE_MS ? new Date(time).toISOString() : now.toISOString();
}

/** What machines get of it where they listen to the topic: numbers, and no names but the organisation's. */
function summaryOf({ organisation, week, since, until, all, targets, weeks }: Digest): object {
  return {
    schema: 1,
    kind: 'digest',
    organisation,
    week,
    since,
    until,
    risk: all.risk,
    ...(all.riskBefore !== undefined && { riskBefore: all.riskBefore }),
    open: all.open,
    opened: all.opened,
    resolved: all.resolved,
    weeks,
    targets: targets.length,
    outOfSight: targets.filter(({ state }) => state !== 'read').length,
  };
}
