import type { Channel, Sent } from '../../channel.ts';
import { bareSlackMessageOf, slackMessageOf, type SlackMessage } from './message.ts';
import { botPost, webhookPost, type Post } from './post.ts';
import { SlackRefusal } from './refusals.ts';
import type { SlackSecret } from './secret.ts';

/**
 * Posts to Slack. With a bot's token later news of a finding goes into the thread of the first (and, if it is bad news, to the channel
 * as well); with a webhook each is a message of its own. Nothing is tried again here but in simpler words.
 *
 * @param slackApiUrl another address than Slack's own for the bot's calls
 * @param timeoutMs how long to wait for an answer
 */
export function slackChannel({
  secret,
  name = 'slack',
  slackApiUrl,
  timeoutMs = 10_000,
}: {
  readonly secret: SlackSecret;
  readonly name?: string;
  readonly slackApiUrl?: string;
  readonly timeoutMs?: number;
}): Channel {
  const post: Post =
    secret.kind === 'webhook'
      ? webhookPost({ url: secret.url, timeoutMs })
      : botPost({ token: secret.token, channel: secret.channel, slackApiUrl, timeoutMs });
  return {
    name,
    send: async (alert, reference): Promise<Sent> => {
      let thread = threadOf(reference, secret);
      const say = async (message: SlackMessage): ReturnType<Post> => {
        try {
          return await post(message, thread && { ...thread, isShownToAll: alert.kind !== 'resolved' });
        } catch (error) {
          if (thread === undefined || !(error instanceof SlackRefusal) || !error.isForThread) throw error;
          thread = undefined;
          return await post(message, undefined);
        }
      };
      const sent = await say(slackMessageOf(alert)).catch((error: unknown) => {
        if (!(error instanceof SlackRefusal) || !error.isForForm) throw error;
        return say(bareSlackMessageOf(alert));
      });
      // A reply's own time is no thread: later messages go where this one went.
      const later = thread ?? sent;
      return later === undefined ? {} : { reference: `${later.channel}:${later.ts}` };
    },
  };
}

/** The thread that a reference of ours names. One of another channel is not followed: the configuration has moved on. */
function threadOf(
  reference: string | undefined,
  secret: SlackSecret,
): { readonly channel: string; readonly ts: string } | undefined {
  const [, channel, ts] = /^([A-Z0-9]+):(\d+\.\d+)$/.exec(reference ?? '') ?? [];
  if (secret.kind !== 'bot' || channel === undefined || ts === undefined) return undefined;
  const isId = /^[CGD][A-Z0-9]{6,}$/.test(secret.channel);
  return isId && secret.channel !== channel ? undefined : { channel, ts };
}
