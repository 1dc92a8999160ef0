import * as z from 'zod';

const target = z.strictObject({ account: z.string(), region: z.string() });

/**
 * A pass over one target that somebody asked for.
 *
 * `noticed`: changes were noticed. `follow-up`: some time after them, since reads lag behind. `scheduled`: the clock. `neighbour`: a target
 * that this one is joined to has changed, so that it is judged anew, and not read.
 */
export const refreshMessage = z.strictObject({
  target,
  reason: z.enum(['noticed', 'follow-up', 'scheduled', 'neighbour']),
  /** Names this request; a message that comes twice has it twice. */
  token: z.string(),
  /** When it was asked for, ISO 8601. */
  at: z.string(),
});
export type RefreshMessage = z.infer<typeof refreshMessage>;

/** An outbox item of which one channel's part is to be sent. */
export const deliverMessage = z.strictObject({
  channel: z.string(),
  item: z.string(),
});
export type DeliverMessage = z.infer<typeof deliverMessage>;

/** A queue that gives each message at least once, after a delay of up to 15 minutes. */
export type Queue<Message> = {
  readonly send: (message: Message, delaySeconds?: number) => Promise<void>;
};
