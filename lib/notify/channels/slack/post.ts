import type { ChatPostMessageArguments, Logger, LogLevel } from '@slack/web-api';
import { ChannelFailure } from '../../channel.ts';
import type { SlackMessage } from './message.ts';
import { notReached, outOfOrder, rateLimited, SlackRefusal } from './refusals.ts';

/** Posts one message and answers what a thread can be attached to, if anything. */
export type Post = (
  message: SlackMessage,
  thread: { readonly channel: string; readonly ts: string; readonly isShownToAll: boolean } | undefined,
) => Promise<{ readonly channel: string; readonly ts: string } | undefined>;

/** By the bot's token: threads work. Both clients are loaded on first use, so that a function that posts nothing does not pay for them. */
export function botPost({
  token,
  channel,
  slackApiUrl,
  timeoutMs,
}: {
  readonly token: string;
  readonly channel: string;
  readonly slackApiUrl: string | undefined;
  readonly timeoutMs: number;
}): Post {
  return async (message, thread) => {
    const {
      WebClient,
      WebAPIHTTPError,
      WebAPIPlatformError,
      WebAPIRateLimitedError,
      LogLevel: levels,
    } = await import('@slack/web-api');
    const client = new WebClient(token, {
      ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
      timeout: timeoutMs,
      // Whoever sends tries again later and does not wait here.
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger: silent(levels.ERROR),
    });
    try {
      const { channel: id, ts } = await client.chat.postMessage({
        channel: thread?.channel ?? channel,
        ...message,
        ...(thread === undefined ? {} : { thread_ts: thread.ts, reply_broadcast: thread.isShownToAll }),
      } as ChatPostMessageArguments);
      return id === undefined || ts === undefined ? undefined : { channel: id, ts };
    } catch (error) {
      if (error instanceof WebAPIRateLimitedError) throw rateLimited(error.retryAfter);
      if (error instanceof WebAPIPlatformError) throw new SlackRefusal(error.data.error);
      if (error instanceof WebAPIHTTPError) throw outOfOrder(error.statusCode);
      // The client's word for a 429 that does not say how long to wait.
      if (error instanceof Error && error.message.startsWith('Retry header')) throw rateLimited(undefined);
      throw notReached(error);
    }
  };
}

/** By an incoming webhook: no threads. */
export function webhookPost({ url, timeoutMs }: { readonly url: string; readonly timeoutMs: number }): Post {
  return async (message) => {
    const { IncomingWebhook, IncomingWebhookHTTPError } = await import('@slack/webhook');
    // The client's errors do not say how long to wait.
    let retryAfter: number | undefined;
    const client = new IncomingWebhook(url, {
      timeout: timeoutMs,
      fetch: async (target, init) => {
        const response = await fetch(target, init);
        const seconds = Number(response.headers.get('retry-after') ?? NaN);
        retryAfter = Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
        return response;
      },
    });
    let answer: string;
    try {
      ({ text: answer } = await client.send(message));
    } catch (error) {
      if (!(error instanceof IncomingWebhookHTTPError)) throw notReached(error);
      if (error.statusCode === 429) throw rateLimited(retryAfter);
      throw error.statusCode >= 500 ? outOfOrder(error.statusCode) : new SlackRefusal(error.body.trim());
    }
    // Something between us and Slack may answer 200 as well.
    if (answer.trim() !== 'ok')
      throw new ChannelFailure(
        'The webhook answered, but not as Slack does ("ok"). Check that its address is that of an incoming webhook, and what is between.',
      );
    return undefined;
  };
}

/** The client's own log would hold requests and addresses. */
function silent(level: LogLevel): Logger {
  const nothing = (): void => undefined;
  return {
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: nothing,
    setLevel: nothing,
    setName: nothing,
    getLevel: () => level,
  };
}
