import type { KnownBlock } from '@slack/web-api';
import type { Alert } from '#findings';
import { commandGroupsOf, type CommandGroup } from '../../message/commands.ts';
import { alsoOf, detailsOf, factsOf, pathOf } from '../../message/facts.ts';
import {
  controlsOf,
  findingLinesOf,
  findingsTitleOf,
  identityOf,
  moreFindingsOf,
} from '../../message/findings-list.ts';
import { linksOf } from '../../message/links.ts';
import { isVisible, visible } from '../../message/visible.ts';
import { headlineOf, noteOf, openingOf, placeOf, timeOf } from '../../message/wording.ts';
import { markupElement, plainElement, slackEscaped } from './text.ts';

/**
 * What Slack takes at most, in characters and pieces.
 *
 * https://docs.slack.dev/reference/block-kit/blocks/header-block
 * https://docs.slack.dev/reference/block-kit/blocks/section-block
 * https://docs.slack.dev/reference/block-kit/blocks/context-block
 */
export const SLACK_LIMITS = {
  blocks: 50,
  header: 150,
  section: 3_000,
  fields: 10,
  field: 2_000,
  contextElements: 10,
} as const;

/** Sections of commands; the rest is counted. */
const COMMAND_SECTIONS = 6;

/**
 * An alert as Block Kit: the effect, where, the path, before and after with rule and person, what else, the undo to copy, the name.
 * Untrusted text stands in plain-text elements, or escaped in a code block that it cannot leave.
 */
export function blocksOf(alert: Alert): readonly KnownBlock[] {
  return [
    ...head(alert),
    ...context([placeOf(alert), timeOf(alert.place.time)]),
    ...section(...detailsOf(alert), noteOf(alert)),
    ...section(pathOf(alert)),
    ...fields(alert),
    ...section(...alsoOf(alert).map((text) => `also: ${text}`)),
    ...findings(alert),
    ...commandGroupsOf(alert, isShowable).flatMap(commands),
    ...foot(alert),
  ];
}

function head(alert: Alert): readonly KnownBlock[] {
  const headline = headlineOf(alert, 1_000);
  const line = `${openingOf(alert)}${headline}`;
  const header: KnownBlock = { type: 'header', text: plainElement(line, SLACK_LIMITS.header) };
  return slackEscaped(line).length > SLACK_LIMITS.header ? [header, ...section(headline)] : [header];
}

function section(...lines: readonly (string | undefined)[]): readonly KnownBlock[] {
  const text = lines.filter((line) => line !== undefined && line !== '').join('\n');
  return text === '' ? [] : [{ type: 'section', text: plainElement(text, SLACK_LIMITS.section) }];
}

function context(texts: readonly (string | undefined)[]): readonly KnownBlock[] {
  const elements = texts
    .filter((text) => text !== undefined && text !== '')
    .map((text) => plainElement(text ?? '', 500));
  return elements.length === 0 ? [] : [{ type: 'context', elements }];
}

/** Two columns: before beside after, then rules and people. The label is the field's first line. */
function fields(alert: Alert): readonly KnownBlock[] {
  const all = factsOf(alert)
    .slice(0, SLACK_LIMITS.fields)
    .map(({ label, text }) => plainElement(`${label}\n${text}`, SLACK_LIMITS.field));
  return all.length === 0 ? [] : [{ type: 'section', fields: all }];
}

function findings(alert: Alert): readonly KnownBlock[] {
  const lines = findingLinesOf(alert).map(({ severity, text }) => `${severity}  ${text}`);
  return lines.length === 0 ? [] : section(`${findingsTitleOf(alert)}:`, ...lines, moreFindingsOf(alert));
}

/** A backtick might close the code block, and a command without it would be another command. */
function isShowable(command: string): boolean {
  return isVisible(command) && !command.includes('`') && fence(command).length <= SLACK_LIMITS.section;
}

function commands({ title, commands: all, missing }: CommandGroup): readonly KnownBlock[] {
  const blocks: KnownBlock[] = [];
  let open: string[] = [];
  const close = (): void => {
    if (open.length > 0)
      blocks.push({ type: 'section', text: markupElement(fence(open.join('\n'))), expand: true });
    open = [];
  };
  let left = 0;
  for (const command of all) {
    if (fence([...open, command].join('\n')).length > SLACK_LIMITS.section) close();
    if (blocks.length < COMMAND_SECTIONS) open.push(command);
    else left++;
  }
  close();
  const more = left === 0 ? undefined : `${String(left)} more of these commands are in the report.`;
  return [
    ...section(all.length === 0 && missing === undefined ? title : `${title}:`),
    ...blocks,
    ...section(missing, more),
  ];
}

function fence(text: string): string {
  return `\`\`\`\n${slackEscaped(text)}\n\`\`\``;
}

function foot(alert: Alert): readonly KnownBlock[] {
  const links = linksOf(alert).map(({ text, url }) =>
    // The label is plain words: what would format or end it is taken out.
    markupElement(`<${slackEscaped(url)}|${slackEscaped(text.replaceAll(/[*_~`|]/g, ' '))}>`),
  );
  return [
    ...context([controlsOf(alert), identityOf(alert), `message ${visible(alert.id)}`]),
    ...(links.length === 0 ? [] : [{ type: 'context', elements: links } as const]),
  ];
}
