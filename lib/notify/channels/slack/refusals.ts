import { ChannelFailure } from '../../channel.ts';

const NEW_TOKEN =
  'Install the app in the workspace again and store its new bot token (it needs the scope chat:write).';
const NEW_WEBHOOK = 'Create a new incoming webhook in Slack and store its address.';
const POLICY = 'Ask an administrator of the workspace to let the app post to this channel.';
const CHANNEL = 'Correct the channel (its id, C…, is safest) and invite the app to it: /invite @its-name.';
const UNARCHIVE = 'Unarchive the channel, or choose another one.';

/**
 * What to do about a refusal that trying again cannot mend, by Slack's code for it.
 *
 * https://docs.slack.dev/reference/methods/chat.postMessage
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
const REMEDIES: Readonly<Record<string, string>> = {
  invalid_auth: NEW_TOKEN,
  not_authed: NEW_TOKEN,
  account_inactive: NEW_TOKEN,
  token_revoked: NEW_TOKEN,
  token_expired: NEW_TOKEN,
  missing_scope: NEW_TOKEN,
  not_allowed_token_type: NEW_TOKEN,
  no_permission: NEW_TOKEN,
  channel_not_found: CHANNEL,
  not_in_channel: CHANNEL,
  is_archived: UNARCHIVE,
  channel_is_archived: UNARCHIVE,
  restricted_action: POLICY,
  restricted_action_read_only_channel: POLICY,
  restricted_action_thread_only_channel: POLICY,
  action_prohibited: POLICY,
  posting_to_general_channel_denied: POLICY,
  access_denied: POLICY,
  ekm_access_denied: POLICY,
  team_access_not_granted: POLICY,
  no_service: NEW_WEBHOOK,
  no_service_id: NEW_WEBHOOK,
  no_active_hooks: NEW_WEBHOOK,
  no_team: NEW_WEBHOOK,
  team_disabled: NEW_WEBHOOK,
  invalid_token: NEW_WEBHOOK,
  user_not_found: NEW_WEBHOOK,
};

/** Slack does not take the form of the message: fewer words may still get through. */
const FORM = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'invalid_payload',
  'invalid_arguments',
]);

/** The message that is answered is gone or takes no answers: it has to stand for itself. */
const THREAD = new Set(['thread_not_found', 'cannot_reply_to_message', 'message_not_found']);

/** A refusal in Slack's own code, before it is known whether another form would be taken. */
export class SlackRefusal extends ChannelFailure {
  readonly isForForm: boolean;
  readonly isForThread: boolean;

  constructor(code: string) {
    // Only what looks like a code is repeated: the rest might be anything, such as the page of a proxy.
    const name = /^[a-z][a-z0-9_]{1,60}$/.test(code) ? code : 'an error without a code';
    const remedy = REMEDIES[name];
    const isForForm = FORM.has(name);
    const isForThread = THREAD.has(name);
    super(
      `Slack refused the message: ${name}. ${remedy ?? (isForForm ? 'Please report this: no message should be refused for its form.' : 'It is tried again later.')}`,
      {
        mayRecover: remedy === undefined && !isForForm,
      },
    );
    this.isForForm = isForForm;
    this.isForThread = isForThread;
  }
}

/** Slack asks to wait. */
export function rateLimited(retryAfterSeconds: number | undefined): ChannelFailure {
  return new ChannelFailure('Slack takes no more messages for now (HTTP 429). It is tried again later.', {
    ...(retryAfterSeconds === undefined ? {} : { retryAfterMs: retryAfterSeconds * 1_000 }),
  });
}

/** Slack answered with an error of its own. */
export function outOfOrder(status: number): ChannelFailure {
  return new ChannelFailure(`Slack is out of order (HTTP ${String(status)}). It is tried again later.`);
}

/** There was no answer. The cause is named by its code alone: its words and its stack may hold the address, which is a secret. */
export function notReached(error: unknown): ChannelFailure {
  return new ChannelFailure(
    `Slack could not be reached (${reasonOf(error)}). It is tried again later; if it goes on, check the way out of the network.`,
  );
}

function reasonOf(error: unknown): string {
  for (let one = error; one instanceof Error; one = one.cause) {
    if (one.name === 'TimeoutError') return 'no answer in time';
    if ('code' in one && typeof one.code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(one.code)) return one.code;
  }
  return 'no answer';
}
