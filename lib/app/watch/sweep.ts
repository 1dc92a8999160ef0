import type { StateStore } from '#store';
import { isLate, owedOn } from './deliver.ts';
import type { DeliverMessage, Queue } from './messages.ts';

export type SweepPorts = {
  readonly state: StateStore;
  readonly clock: () => Date;
  readonly channelQueue: (channel: string) => Queue<DeliverMessage> | undefined;
};

/** Younger than this, the message that was sent with the item is on its way. */
const YOUNG_MS = 120_000;
/**
 * Younger than this, one more message is sent in case the first was lost. The sweep comes every ten minutes, so it is one; after it the queue
 * gives both again for itself, until the item is late.
 */
const ASKED_MS = YOUNG_MS + 600_000;

/**
 * Asks anew for what is owed and has no record: its message was lost, or ended among the dead letters. What is late is asked for once for
 * each channel, since the channel then catches up with all of it. Gives how many messages were sent.
 */
export async function sweep({ state, clock, channelQueue }: SweepPorts): Promise<number> {
  const now = clock();
  const nudged = new Set<string>();
  let sent = 0;
  for (const item of await state.owed()) {
    const age = now.getTime() - Date.parse(item.createdAt);
    if (age < YOUNG_MS || (age >= ASKED_MS && !isLate(item, now))) continue;
    for (const channel of new Set(item.deliveries.map((delivery) => delivery.channel))) {
      if (owedOn(item, channel).length === 0) continue;
      if (isLate(item, now)) {
        if (nudged.has(channel)) continue;
        nudged.add(channel);
      }
      const queue = channelQueue(channel);
      if (queue === undefined) continue;
      await queue.send({ channel, item: item.id });
      sent += 1;
    }
  }
  return sent;
}
