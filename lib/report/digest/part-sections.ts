import { plainUpTo } from '../text/plain.ts';
import type { Digest, DigestException, DigestPart } from './digest.ts';
import type { PageItem, PageSection, Tone } from './page.ts';
import { moreThan, numberText } from './week-sections.ts';
import { moved, riskText } from './words.ts';

/** Who answers for what, by which rules of others, and how each account and team stands. */
export function partSections(digest: Digest, most: number): readonly PageSection[] {
  const { accounts, teams } = digest;
  return [
    ...exceptions(digest, most),
    ...controls(digest, most),
    ...(accounts.length > 1 || teams.length === 0 ? parts('Accounts', accounts, most) : []),
    ...(teams.length > 0
      ? parts('Teams', teams, most, 'By the tag “owner” of what the finding is about.')
      : []),
  ];
}

function exceptions({ ending, ended }: Digest, most: number): readonly PageSection[] {
  const all = [...ended, ...ending];
  if (all.length === 0) return [];
  return [
    {
      kind: 'items',
      title: 'Exceptions that end',
      items: all.slice(0, most).map(exceptionItem),
      ...(all.length > most && { more: `${String(all.length - most)} more` }),
    },
  ];
}

function exceptionItem({ name, owner, reason, until, daysLeft, titles }: DigestException): PageItem {
  const tag =
    daysLeft < 0
      ? 'ENDED'
      : daysLeft === 0
        ? 'ENDS TODAY'
        : `IN ${String(daysLeft)} DAY${daysLeft === 1 ? '' : 'S'}`;
  const [title] = titles;
  const more = titles.length > 1 ? ` and ${String(titles.length - 1)} more` : '';
  const about =
    title === undefined ? `${plainUpTo(80, name)}: nothing of it is open` : `${plainUpTo(160, title)}${more}`;
  return {
    tone: daysLeft < 0 ? (titles.length > 0 ? 'high' : 'quiet') : daysLeft < 7 ? 'medium' : 'quiet',
    tag,
    title: about,
    facts: [
      `${plainUpTo(48, owner)} answers for it until ${until}: ${plainUpTo(120, reason)}`,
      ...(title === undefined ? [] : [plainUpTo(80, name)]),
    ],
    commands: [],
  };
}

function controls({ frameworks, open }: Digest, most: number): readonly PageSection[] {
  if (frameworks.length === 0) return [];
  // of several versions the newest, which is first
  const newest = frameworks.filter(
    ({ title }, i) => frameworks.findIndex((other) => other.title === title) === i,
  );
  return [
    {
      kind: 'table',
      title: 'Controls that open findings touch',
      head: ['', 'findings', 'controls', 'most touched'],
      rows: newest.slice(0, most).map(({ name, findings, controls: ids }) => ({
        cells: [
          name,
          numberText(findings),
          numberText(ids.length),
          ids
            .slice(0, 3)
            .map(({ id, isOurs }) => `${id}${isOurs ? '*' : ''}`)
            .join(', '),
        ],
        share: open.length === 0 ? 0 : findings / open.length,
        tone: 'quiet' as const,
      })),
      ...moreThan(newest.length, most),
      ...(newest.some((each) => each.controls.slice(0, 3).some(({ isOurs }) => isOurs)) && {
        note: '* as Postern’s authors judge it: no published mapping says so.',
      }),
    },
  ];
}

function parts(
  title: string,
  all: readonly DigestPart[],
  most: number,
  note?: string,
): readonly PageSection[] {
  if (all.length === 0) return [];
  return [
    {
      kind: 'table',
      title,
      ...(note !== undefined && { note }),
      head: ['', 'risk', 'critical', 'high', 'other', 'opened', 'closed'],
      rows: all.slice(0, most).map((part) => ({
        cells: [
          plainUpTo(64, part.name),
          riskText(part.risk) +
            (part.riskBefore === undefined ? '' : ` (${moved(part.risk, part.riskBefore)})`),
          numberText(part.open.critical),
          numberText(part.open.high),
          numberText(part.open.medium + part.open.low + part.open.info),
          numberText(part.opened),
          numberText(part.resolved),
        ],
        share: part.risk / 100,
        tone: toneOf(part),
      })),
      ...(all.length > most && { more: `${String(all.length - most)} more, each of less risk` }),
    },
  ];
}

function toneOf({ open }: DigestPart): Tone {
  return open.critical > 0 ? 'critical' : open.high > 0 ? 'high' : open.medium > 0 ? 'medium' : 'quiet';
}
