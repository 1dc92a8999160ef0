import type { Alert } from '#findings';

/** What a channel answers: it has the message. `reference` is what a later message of the same finding can be attached to. */
export type Sent = { readonly reference?: string };

/** A way to reach people or machines. */
export type Channel = {
  /** As in the configuration and in the outbox: `sns`, `slack`, `eventbridge`. */
  readonly name: string;
  /**
   * Says one alert. Once it returns, the channel has said yes.
   *
   * @param thread the reference of an earlier message about the same finding, if there is one
   * @throws ChannelFailure if the channel did not take it
   */
  readonly send: (alert: Alert, thread?: string) => Promise<Sent>;
};

/** A channel did not take a message. The message of the error holds no secret. */
export class ChannelFailure extends Error {
  /** When it may be tried again, in milliseconds from now; absent: when the caller likes. */
  readonly retryAfterMs: number | undefined;
  /** False if trying again cannot help: a wrong address, a revoked token. */
  readonly mayRecover: boolean;

  constructor(
    message: string,
    {
      retryAfterMs,
      mayRecover = true,
      cause,
    }: { readonly retryAfterMs?: number; readonly mayRecover?: boolean; readonly cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.name = 'ChannelFailure';
    this.retryAfterMs = retryAfterMs;
    this.mayRecover = mayRecover;
  }
}
