import type { Alert } from '#findings';
import { routesFor, type Route } from '#notify';
import type { NoteStore, ObjectStore, OutboxItem, StateStore, TargetKey } from '#store';
import type { Config } from '../config/config.ts';
import { accountOf } from './accounts.ts';
import type { DeliverMessage, Queue } from './messages.ts';
import { keyOf } from './object-key.ts';

export type OutboxPorts = {
  readonly objects: ObjectStore;
  readonly state: StateStore;
  readonly notes: NoteStore;
  readonly config: Config;
  /** Whose alerts they are. */
  readonly deployment?: Alert['deployment'];
  readonly clock: () => Date;
  readonly channelQueue: (channel: string) => Queue<DeliverMessage> | undefined;
};

/** Where alerts go, with the default for a channel that has no route of its own: everything but what is only worth knowing. */
function routesOf({ channels, routes }: Config): {
  readonly channels: readonly string[];
  readonly routes: readonly Route[];
} {
  const names = Object.entries(channels).flatMap(([name, isOn]) => (isOn ? [name] : []));
  const without = names.filter((name) => !routes.some(({ channel }) => channel === name));
  return {
    channels: names,
    routes: [
      ...routes.map(({ channel, from, accounts, units, owners }) => ({
        channel,
        ...(from && { from }),
        ...(accounts && { accounts }),
        ...(units && { units }),
        ...(owners && { owners }),
      })),
      ...without.map((channel) => ({ channel, from: 'low' as const })),
    ],
  };
}

/**
 * Keeps alerts and gives the outbox item for them, which is not written yet: whoever owes it writes it together with the reason.
 * `undefined` if no channel is to get any.
 */
export async function itemFor(
  id: string,
  target: TargetKey,
  news: readonly Alert[],
  { objects, notes, config, clock, deployment }: OutboxPorts,
): Promise<OutboxItem | undefined> {
  if (news.length === 0) return undefined;
  const alerts = news.map((alert): Alert => ({ ...alert, ...(deployment && { deployment }) }));
  const units = (await accountOf(notes, target.account))?.units ?? [];
  const routes = routesOf(config);
  const deliveries = alerts.flatMap((alert) =>
    routesFor(alert, { ...routes, units }).map((channel) => ({ channel, alert: alert.id })),
  );
  if (deliveries.length === 0) return undefined;
  const text = JSON.stringify(alerts);
  const key = keyOf('alerts', target, text, clock());
  await objects.put(key, text);
  return { id, target, alerts: key, createdAt: clock().toISOString(), deliveries };
}

/** Tells the channels' queues that something is owed. What gets lost here is found by the sweep. */
export async function announce(
  item: OutboxItem,
  { channelQueue }: Pick<OutboxPorts, 'channelQueue'>,
): Promise<void> {
  const channels = new Set(item.deliveries.map(({ channel }) => channel));
  for (const channel of channels) await channelQueue(channel)?.send({ channel, item: item.id });
}

/** Owes alerts that no run made. The same id again changes nothing. */
export async function oweAlerts(
  id: string,
  target: TargetKey,
  alerts: readonly Alert[],
  ports: OutboxPorts,
): Promise<void> {
  const item = await itemFor(id, target, alerts, ports);
  if (item === undefined) return;
  await ports.state.owe(item);
  await announce(item, ports);
}
