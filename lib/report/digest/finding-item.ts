import { controlText, nameList } from '#findings';
import { plainUpTo } from '../text/plain.ts';
import type { Digest, DigestFinding } from './digest.ts';
import type { PageItem } from './page.ts';
import { accountText, ageText } from './words.ts';

const LONGEST_TITLE = 160;
const LONGEST_NAME = 48;
/** A command that is cut cannot be pasted, so what is longer than this is not shown. */
const LONGEST_COMMAND = 700;
const MOST_COMMANDS = 2;

/** A finding as an entry of a list: what, where, whose, since when. */
export function findingItem(finding: DigestFinding, digest: Digest, more: readonly string[] = []): PageItem {
  const { severity, title, certainty } = finding;
  return {
    tone: finding.closedAt === undefined ? severity : 'good',
    tag: finding.closedAt === undefined ? severity.toUpperCase() : 'CLOSED',
    title: `${plainUpTo(LONGEST_TITLE, title)}${certainty === 'possibly' ? ' (possibly)' : ''}`,
    facts: [...throughText(finding), factLine(finding, digest), ...more],
    commands: [],
  };
}

/** `shop (111122223333) eu-west-1 · payments · open for 3 days · f772-8638`. */
function factLine(finding: DigestFinding, { until }: Digest): string {
  const { region, team, openedAt, closedAt, accepted, isConfirmed, fingerprint, severity } = finding;
  const when =
    closedAt === undefined
      ? `open for ${ageText(openedAt, until)}`
      : `was ${severity}, closed after ${ageText(openedAt, closedAt)}`;
  return [
    placeText(finding, region),
    ...(team === '' ? [] : [plainUpTo(LONGEST_NAME, team)]),
    when,
    ...(isConfirmed ? [] : ['cannot be seen now, and counts as open']),
    ...(accepted === undefined
      ? []
      : [`accepted by ${plainUpTo(LONGEST_NAME, accepted.owner)} until ${accepted.until}`]),
    fingerprint,
  ].join(' · ');
}

function placeText(finding: Pick<DigestFinding, 'account' | 'accountName'>, region: string): string {
  return `${plainUpTo(LONGEST_NAME + 16, accountText(finding))} ${plainUpTo(32, region)}`.trim();
}

/** `and through it shop-orders tcp 5432, shop-redis tcp 6379`. */
function throughText({ leadsTo }: DigestFinding): readonly string[] {
  return leadsTo.length === 0 ? [] : [`and through it ${plainUpTo(LONGEST_TITLE, nameList(leadsTo, 4))}`];
}

/** `internet ─ tcp 22 ─▶ bastion ─ tcp 5432 ─▶ orders`; a long way in its first and last steps. */
export function wayText({ path }: DigestFinding): string {
  const name = (text: string): string => plainUpTo(LONGEST_NAME, text);
  const hops = path.map(({ to, flows }) => ` ─ ${plainUpTo(32, flows)} ─▶ ${name(to)}`);
  const shown = hops.length <= 5 ? hops : [...hops.slice(0, 2), ' ─ … ', ...hops.slice(-2)];
  return `${name(path[0]?.from ?? '')}${shown.join('')}`;
}

/** The newest of each family, as alerts name them. */
export function controlsText({ controls }: DigestFinding): readonly string[] {
  const text = controlText(controls);
  return text === '' ? [] : [text];
}

/** Commands that may be pasted whole; none where one of them is too long to be shown. */
export function shownCommands(commands: readonly string[]): readonly string[] {
  const isShort =
    commands.length <= MOST_COMMANDS && commands.every(({ length }) => length <= LONGEST_COMMAND);
  return isShort ? commands.map((command) => plainUpTo(LONGEST_COMMAND + 200, command)) : [];
}
