import type { KnownBlock } from '@slack/web-api';
import type { Alert } from '#findings';
import { fitting } from '../../message/shrink.ts';
import { identityOf } from '../../message/findings-list.ts';
import { visible } from '../../message/visible.ts';
import { headlineOf, openingOf, placeOf, timeOf } from '../../message/wording.ts';
import { blocksOf, SLACK_LIMITS } from './blocks.ts';
import { slackCut } from './text.ts';

/**
 * Largest JSON of all blocks together, in bytes. Slack refuses messages over an undocumented total (`msg_blocks_too_long`) that people
 * measured between 11,300 and 13,300 characters, depending on what is counted: https://github.com/slackapi/bolt-js/issues/2509 and 2867.
 * The JSON in bytes is never less than any of these counts.
 */
const LARGEST_BLOCKS = 11_000;

/** What is shown in notifications, and read out by screen readers. */
const LONGEST_TEXT = 500;

/** The part of a message that both of Slack's interfaces take. */
export type SlackMessage = {
  readonly text: string;
  readonly blocks?: KnownBlock[];
  /** No mentions, channel links or addresses are made of plain words, and no page is shown for a link. */
  readonly parse: 'none';
  readonly link_names: false;
  readonly mrkdwn: false;
  readonly unfurl_links: false;
  readonly unfurl_media: false;
};

const QUIET = {
  parse: 'none',
  link_names: false,
  mrkdwn: false,
  unfurl_links: false,
  unfurl_media: false,
} as const;

export function slackMessageOf(alert: Alert): SlackMessage {
  return fitting(
    alert,
    (form) => ({ text: textOf(form), blocks: [...blocksOf(form)], ...QUIET }),
    ({ blocks }) =>
      blocks.length <= SLACK_LIMITS.blocks && Buffer.byteLength(JSON.stringify(blocks)) <= LARGEST_BLOCKS,
  );
}

/** The same in a few words, for a Slack that refuses the blocks: an alert is not lost for its looks. */
export function bareSlackMessageOf(alert: Alert): SlackMessage {
  const rest = [
    identityOf(alert),
    `message ${visible(alert.id)}`,
    'Slack refused the full form of this message; the report has the rest.',
  ];
  return {
    text: [textOf(alert), ...rest.map((line) => slackCut(line ?? '', 300))].filter(Boolean).join('\n'),
    ...QUIET,
  };
}

function textOf(alert: Alert): string {
  const place = [placeOf(alert), timeOf(alert.place.time)].filter((text) => text !== '').join(', ');
  const end = place === '' ? '' : ` (${place})`;
  const line = `${openingOf(alert)}${headlineOf(alert, LONGEST_TEXT)}`;
  return `${slackCut(line, LONGEST_TEXT - 200)}${slackCut(end, 200)}`;
}
