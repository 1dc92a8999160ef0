import { ChannelFailure } from '#notify';
import { deliver, isLate, type DeliverPorts } from './deliver.ts';
import type { DeliverMessage, Queue } from './messages.ts';

export type TakeDeliveryPorts = DeliverPorts & {
  readonly channelQueue: (channel: string) => Queue<DeliverMessage> | undefined;
};

export type TakenDelivery =
  | { readonly kind: 'sent'; readonly alerts: number }
  | { readonly kind: 'later'; readonly seconds: number; readonly why: string }
  /** The channel is still out of order; the sweep asks again. */
  | { readonly kind: 'given up for now'; readonly why: string };

/** A channel that says when it may be asked again is asked then, within what a queue can wait. */
const MOST_SECONDS = 900;

/**
 * One message of a channel's queue. A channel that names its time is waited for; what is late already is left to the sweep, so that a channel
 * which is down for days does not fill the dead letters.
 *
 * @throws ChannelFailure for everything else, so that the queue gives the message again, and in the end puts it among the dead letters
 */
export async function takeDelivery(
  message: DeliverMessage,
  ports: TakeDeliveryPorts,
): Promise<TakenDelivery> {
  const later = async (seconds: number, why: string): Promise<TakenDelivery> => {
    await ports.channelQueue(message.channel)?.send(message, seconds);
    return { kind: 'later', seconds, why };
  };
  try {
    const { sent, comeBackIn } = await deliver(message, ports);
    return comeBackIn === undefined
      ? { kind: 'sent', alerts: sent }
      : await later(comeBackIn, 'somebody else is at it');
  } catch (error) {
    if (!(error instanceof ChannelFailure)) throw error;
    const item = await ports.state.owedItem(message.item);
    if (item !== undefined && isLate(item, ports.clock()))
      return { kind: 'given up for now', why: error.message };
    if (error.retryAfterMs === undefined) throw error;
    return later(Math.min(MOST_SECONDS, Math.ceil(error.retryAfterMs / 1000)), error.message);
  }
}
