import { ChannelFailure, type Mail, type MailSender, type TopicText } from '#notify';
import type { ObjectStore, StateStore } from '#store';
import type { Config } from '../config/config.ts';
import { claim, CLAIM_MS, orRelease } from '../watch/claim.ts';
import { isLate, owedOn } from '../watch/deliver.ts';
import type { DeliverMessage, Queue } from '../watch/messages.ts';
import { readMail, type KeptMail } from './kept-mail.ts';

export type DeliverDigestPorts = {
  readonly state: StateStore;
  readonly objects: ObjectStore;
  readonly clock: () => Date;
  readonly config: Config;
  readonly channelQueue: (channel: string) => Queue<DeliverMessage> | undefined;
  /** What mails of this deployment have in common: `weekly.postern-prod`. */
  readonly thread: string;
  /** How to fetch an object of the bucket, as a command. */
  readonly fetchCommand: (key: string) => string;
  readonly mail: MailSender;
  /** The topic of alerts, in the mail's place. @throws ChannelFailure if it did not take it */
  readonly publish: (text: TopicText) => Promise<void>;
};

export type DigestDelivered =
  | { readonly kind: 'sent'; readonly id: string }
  /** It could not be mailed, so that it went to the topic of alerts. */
  | { readonly kind: 'published'; readonly why: string }
  | { readonly kind: 'later'; readonly seconds: number; readonly why: string }
  | { readonly kind: 'nothing is owed' };

/** A queue can wait so long. */
const MOST_SECONDS = 900;

/**
 * Sends an owed digest: claim, send, record, as alerts are. It is mailed; where SES cannot be used, or did not take it for an hour, it goes to the topic as
 * a text that says why. Twice only if this dies between the yes of SES and the record.
 *
 * @throws ChannelFailure if it may still be mailed: the queue gives the message again
 */
export async function deliverDigest(
  message: DeliverMessage,
  ports: DeliverDigestPorts,
): Promise<DigestDelivered> {
  const { state, objects, clock } = ports;
  const item = await state.owedItem(message.item);
  const delivery = item && owedOn(item, message.channel)[0];
  if (item === undefined || delivery === undefined) return { kind: 'nothing is owed' };
  const claimed = await claim(item, delivery, ports);
  if (claimed === undefined) return later(message, CLAIM_MS / 1000, 'somebody else is at it', ports);
  const kept = await readMail(objects, item.alerts);
  try {
    const done = await orRelease([claimed], ports, () => mailOrPublish(kept, isLate(item, clock()), ports));
    await state.record(item.id, delivery, clock().toISOString());
    return done;
  } catch (error) {
    if (!(error instanceof ChannelFailure) || error.retryAfterMs === undefined) throw error;
    return later(message, Math.min(MOST_SECONDS, Math.ceil(error.retryAfterMs / 1000)), error.message, ports);
  }
}

async function later(
  message: DeliverMessage,
  seconds: number,
  why: string,
  { channelQueue }: DeliverDigestPorts,
): Promise<DigestDelivered> {
  await channelQueue(message.channel)?.send(message, seconds);
  return { kind: 'later', seconds, why };
}

async function mailOrPublish(
  kept: KeptMail & { readonly body: string },
  isOverdue: boolean,
  ports: DeliverDigestPorts,
): Promise<DigestDelivered> {
  const { config, mail, thread } = ports;
  const { from, recipients, unsubscribe } = config.digest;
  if (from === undefined || recipients.length === 0)
    return publish(
      kept,
      'nobody is named to get it as a mail: set digest.from and digest.recipients in postern.yml',
      ports,
    );
  try {
    const { id } = await mail.send(mailOf(kept, { from, to: recipients, thread, unsubscribe }));
    return { kind: 'sent', id };
  } catch (error) {
    if (!(error instanceof ChannelFailure)) throw error;
    if (error.mayRecover && !isOverdue) throw error;
    return publish(kept, error.message, ports);
  }
}

/** A kept mail as it is sent. */
export function mailOf(
  { subject, text, csv, body, week, at }: KeptMail & { readonly body: string },
  {
    from,
    to,
    thread,
    unsubscribe = from,
  }: {
    readonly from: string;
    readonly to: readonly string[];
    readonly thread: string;
    readonly unsubscribe?: string | undefined;
  },
): Mail {
  return {
    from,
    fromName: 'Postern',
    to,
    subject,
    html: body,
    text,
    attachments: [{ name: `postern-${week}.csv`, type: 'text/csv; charset=utf-8', content: csv }],
    thread,
    key: week,
    unsubscribe,
    date: at,
  };
}

async function publish(
  { subject, text, html, summary }: KeptMail,
  why: string,
  { config, publish: toTopic, fetchCommand }: DeliverDigestPorts,
): Promise<DigestDelivered> {
  if (!config.channels.sns)
    throw new ChannelFailure(`the digest cannot be mailed, and the topic is off: ${why}`, {
      mayRecover: false,
    });
  const intro = `This is no mail of its own: ${why}.\n\nAs a page, with all its tables:\n\n${fetchCommand(html)}\n\n\n`;
  await toTopic({ subject, text: intro + text, document: summary, type: 'digest' });
  return { kind: 'published', why };
}
