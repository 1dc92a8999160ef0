import { SEVERITIES, type Severity } from '#findings';
import { plainUpTo } from '../text/plain.ts';
import { isAccepted, type Digest, type DigestFinding } from './digest.ts';
import { controlsText, findingItem, shownCommands, wayText } from './finding-item.ts';
import type { PageItem, PageSection } from './page.ts';

const LONGEST_OWNER = 300;
const LONGEST_CLOSED = 240;

/** What to do, how it went, what came and went, how long the rest has been open. */
export function weekSections(digest: Digest, most: number): readonly PageSection[] {
  return [
    ...toDo(digest, most),
    weeks(digest),
    ...news(digest, most),
    ...ages(digest),
    ...ways(digest, most),
  ];
}

function toDo(digest: Digest, most: number): readonly PageSection[] {
  if (digest.first.length === 0) return [];
  const items = digest.first
    .slice(0, Math.max(1, most))
    .map(({ finding, points, owners = [], commands, closes, isProven }): PageItem => {
      const shown = shownCommands(commands);
      const how =
        shown.length > 0
          ? isProven
            ? `tried on the model: this ends it${closes === undefined ? '' : `; ${plainUpTo(LONGEST_CLOSED, closes)}`}`
            : 'not tried on the model'
          : commands.length > 0
            ? 'the commands are too long for a mail: postern audit shows them'
            : 'postern audit shows the rules that it rests on';
      const share = `${points < 1 ? 'below 1' : String(Math.round(points))} of ${String(Math.max(1, Math.round(digest.all.risk)))} points of risk`;
      const kept = owners.slice(0, 2).map((owner) => plainUpTo(LONGEST_OWNER, owner));
      return { ...findingItem(finding, digest, [`${share}; ${how}`, ...kept]), commands: shown };
    });
  return [{ kind: 'items', title: 'What to do first', items }];
}

function weeks({ weeks: all }: Digest): PageSection {
  const missing = all.filter(({ risk }) => risk === undefined).length;
  return {
    kind: 'weeks',
    title: 'Risk over twelve weeks',
    ...(missing > 0 && {
      note: `${String(missing)} of twelve weeks were not recorded: a gap is not a zero.`,
    }),
    weeks: all.map(({ week, risk }) => ({ label: week.slice(-2), ...(risk !== undefined && { risk }) })),
  };
}

function news(digest: Digest, most: number): readonly PageSection[] {
  const { opened, resolved, cameToLight, isFirst } = digest;
  const list = (title: string, findings: readonly DigestFinding[], note?: string): readonly PageSection[] =>
    findings.length === 0
      ? []
      : [
          {
            kind: 'items',
            title,
            ...(note !== undefined && { note }),
            items: findings
              .slice(0, most)
              .map((finding) => findingItem(finding, digest, controlsText(finding))),
            ...moreThan(findings.length, most),
          },
        ];
  const isNew = new Set(opened.map(({ fingerprint, account }) => `${account} ${fingerprint}`));
  const older = resolved.filter(({ fingerprint, account }) => !isNew.has(`${account} ${fingerprint}`));
  const within = resolved.length - older.length;
  return [
    ...list('Opened this week', opened),
    ...list(
      'Closed this week',
      older,
      within === 0 ? undefined : `${String(within)} more opened and closed within the week: above.`,
    ),
    ...list(
      isFirst ? 'Found at the first look' : 'Came to light this week',
      cameToLight,
      'Nobody opened it now: a first look, an upgrade or a new permission brought it to light, and it may have been so for long.',
    ),
  ];
}

const DAY_MS = 86_400_000;
const AGES: readonly (readonly [name: string, days: number])[] = [
  ['under a week', 7],
  ['1 to 4 weeks', 28],
  ['4 to 12 weeks', 84],
  ['over 12 weeks', Infinity],
];

function ages({ open, until }: Digest): readonly PageSection[] {
  const waiting = open.filter((finding) => !isAccepted(finding));
  if (waiting.length === 0) return [];
  const daysOf = ({ openedAt }: DigestFinding): number => (Date.parse(until) - Date.parse(openedAt)) / DAY_MS;
  const rows = AGES.map(([name, days], i) => {
    const from = AGES[i - 1]?.[1] ?? -Infinity;
    const within = waiting.filter((finding) => daysOf(finding) >= from && daysOf(finding) < days);
    const of = (severity: Severity): number =>
      within.filter((finding) => finding.severity === severity).length;
    const worst = SEVERITIES.find((severity) => of(severity) > 0);
    return {
      cells: [name, ...SEVERITIES.map((severity) => numberText(of(severity))), numberText(within.length)],
      share: within.length / waiting.length,
      tone: worst ?? ('quiet' as const),
    };
  });
  const accepted = open.length - waiting.length;
  return [
    {
      kind: 'table',
      title: 'Still open, by age',
      head: ['', ...SEVERITIES, 'all'],
      rows,
      ...(accepted > 0 && {
        note: `${String(accepted)} more ${accepted === 1 ? 'is' : 'are'} open and accepted by somebody until a day.`,
      }),
    },
  ];
}

function ways(digest: Digest, most: number): readonly PageSection[] {
  const { paths } = digest;
  if (paths.length === 0) return [];
  return [
    {
      kind: 'items',
      title: 'Shortest ways to what matters most',
      items: paths.slice(0, most).map((finding) => {
        const item = findingItem(finding, digest);
        return { ...item, title: wayText(finding) };
      }),
      ...moreThan(paths.length, most),
    },
  ];
}

/** What a list leaves out. */
export function moreThan(all: number, most: number): { readonly more?: string } {
  return all <= most ? {} : { more: `${(all - most).toLocaleString('en-US')} more in the attached CSV` };
}

/** Nothing is a dot, so that what is there is seen. */
export function numberText(n: number): string {
  return n === 0 ? '·' : n.toLocaleString('en-US');
}
