import type { KnownBlock } from '@slack/web-api';
import { shortened } from '../../message/visible.ts';

type PlainText = Extract<KnownBlock, { type: 'header' }>['text'];
/** Without `verbatim` Slack makes links of what looks like an address or a channel's name. */
type Markup = { readonly type: 'mrkdwn'; readonly text: string; readonly verbatim: true };

/**
 * Slack's three control characters, escaped: mentions, links and dates all begin with `<`, so none is left.
 *
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function slackEscaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Text in which no formatting acts. The limit holds for the escaped text, which is what Slack is sent. */
export function plainElement(text: string, longest: number): PlainText {
  return { type: 'plain_text', text: slackCut(text, longest), emoji: false };
}

/** Escaped, and cut so that it still fits then and no escape is cut in two. */
export function slackCut(text: string, longest: number): string {
  let cut = shortened(text, longest);
  let escaped = slackEscaped(cut);
  while (escaped.length > longest) {
    cut = shortened(cut, Math.min(cut.length - 1, Math.floor((cut.length * longest) / escaped.length)));
    escaped = slackEscaped(cut);
  }
  return escaped;
}

/** Text with our own formatting in it. Whatever comes from outside has to be escaped before. */
export function markupElement(text: string): Markup {
  return { type: 'mrkdwn', text, verbatim: true };
}
