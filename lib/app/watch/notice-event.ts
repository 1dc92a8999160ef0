import * as z from 'zod';
import type { StateStore, TargetKey } from '#store';
import { isNoise, readEvent, type ChangeEvent } from '#sources/aws';
import { accountOf } from './accounts.ts';
import { keepHeartbeat } from './heartbeats.ts';
import { noticeChange, type NoticePorts } from './notice.ts';
import { oweAlerts, type OutboxPorts } from './outbox.ts';
import { tamperingAlert, type OwnParts } from './tampering.ts';
import { targetName } from './target-name.ts';

export type NoticeEventPorts = NoticePorts &
  OutboxPorts & { readonly own: OwnParts; readonly state: StateStore };

/** What EventBridge gives. https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
const eventEnvelope = z.looseObject({
  source: z.string(),
  'detail-type': z.string(),
  account: z.string(),
  region: z.string(),
  detail: z.looseObject({}),
});
type Envelope = z.infer<typeof eventEnvelope>;

/** What became of an event, for the log. */
export type EventNoticed = { readonly what: string; readonly targets: readonly string[] };

/**
 * Takes whatever the event rules let through: a change, a forwarder's sign of life, a touch on the monitor itself. What is none of these is
 * said to be not understood; it never throws for what an event holds.
 */
export async function noticeEvent(value: unknown, ports: NoticeEventPorts): Promise<EventNoticed> {
  const envelope = eventEnvelope.safeParse(value);
  if (!envelope.success) return { what: 'not understood', targets: [] };
  const beat = heartbeatOf(envelope.data);
  if (beat !== undefined) {
    await keepHeartbeat(ports.notes, beat, ports.clock());
    return { what: 'a sign of life', targets: [targetName(beat)] };
  }
  const event = readEvent(value);
  if (event === undefined) return { what: 'not understood', targets: [] };
  const alert = tamperingAlert(event, ports.own);
  if (alert !== undefined) {
    const { account, region } = event;
    await oweAlerts(alert.id, { account, region }, [alert], ports);
    if (event.tier === 4) return { what: 'tampering', targets: [targetName(event)] };
  }
  if (event.tier === 4 || isNoise(event)) return { what: 'no change', targets: [] };
  const targets = await targetsOf(event, ports);
  const noticed: string[] = [];
  for (const target of targets)
    noticed.push(`${targetName(target)}: ${await noticeChange(event, target, ports)}`);
  return { what: noticed.join(', ') || 'not ours', targets: targets.map(targetName) };
}

/** The watched targets that an event concerns. */
async function targetsOf(event: ChangeEvent, ports: NoticeEventPorts): Promise<readonly TargetKey[]> {
  const { regions } = ports.config;
  const isRead = ({ region }: TargetKey): boolean => regions === 'enabled' || regions.includes(region);
  if (event.isGlobal) {
    const heads = await ports.state.heads();
    return heads
      .map(({ target }) => target)
      .filter((target) => target.account === event.account && isRead(target));
  }
  const found: TargetKey[] = [];
  for (const target of event.targets) {
    // the bus admits only whom we watch; whoever a call names beside that may be anybody
    const isOwn = target.account === event.account;
    if (isRead(target) && (isOwn || (await accountOf(ports.notes, target.account)) !== undefined))
      found.push(target);
  }
  return found;
}

/** Account and Region are those that EventBridge puts on the envelope, which a sender cannot choose. */
function heartbeatOf({ source, account, region }: Envelope): TargetKey | undefined {
  if (source !== 'postern.forwarder') return undefined;
  return /^\d{12}$/.test(account) && /^[a-z]{2}(?:-[a-z]+)+-\d{1,2}$/.test(region)
    ? { account, region }
    : undefined;
}
