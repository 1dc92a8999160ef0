// By name, `z` brings all of zod's languages into a bundle: 450 KB.
import * as z from 'zod';

/** How Slack is reached: a webhook's address, or a bot's token and the channel it posts to. Either is a secret. */
export type SlackSecret =
  | { readonly kind: 'webhook'; readonly url: string }
  | { readonly kind: 'bot'; readonly token: string; readonly channel: string };

const DOCUMENT = z.union([
  z.object({ webhookUrl: z.string().min(1) }),
  z.object({ botToken: z.string().min(1), channel: z.string().min(1).optional() }),
]);

const FORMS =
  'Store one of: the address of an incoming webhook (https://hooks.slack.com/services/…), {"webhookUrl": "…"}, a bot token (xoxb-…) with the ' +
  'channel in the configuration, or {"botToken": "xoxb-…", "channel": "C0123456789"}';

/**
 * Reads what a secret store gave. No error holds any part of it.
 *
 * @param reference where it is stored, for the error
 * @param channel the channel to post to, where the secret is a bare token
 * @throws Error that says what to store instead
 */
export function slackSecretOf(
  text: string,
  { reference, channel }: { readonly reference: string; readonly channel?: string },
): SlackSecret {
  const fail = (why: string): never => {
    throw new Error(`The Slack secret ${reference} ${why}. ${FORMS}.`);
  };
  const bare = text.trim();
  if (bare === '') return fail('is empty');
  if (bare.startsWith('xoxb-')) return botSecret(bare, channel, fail);
  if (bare.startsWith('https://')) return webhookSecret(bare, fail);
  const parsed = DOCUMENT.safeParse(jsonOf(bare));
  if (!parsed.success) return fail('is in none of the known forms');
  return 'webhookUrl' in parsed.data
    ? webhookSecret(parsed.data.webhookUrl.trim(), fail)
    : botSecret(parsed.data.botToken.trim(), parsed.data.channel ?? channel, fail);
}

function botSecret(token: string, channel: string | undefined, fail: (why: string) => never): SlackSecret {
  if (!/^xox[a-z]-[\w-]+$/.test(token)) return fail('holds a token of an unknown form');
  if (channel === undefined) return fail('is a bot token, and no channel is named');
  return { kind: 'bot', token, channel };
}

function webhookSecret(text: string, fail: (why: string) => never): SlackSecret {
  const url = URL.canParse(text) ? new URL(text) : fail('holds an address that cannot be read');
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback))
    return fail('holds an address that is not https, so that anybody on the way could read it');
  // A workflow's trigger answers `ok` to what it does not understand.
  if (url.pathname.startsWith('/triggers/') || url.pathname.startsWith('/workflows/'))
    return fail('is the trigger of a workflow, which shows no messages of this form');
  return { kind: 'webhook', url: text };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words quote the text.
    return undefined;
  }
}
