import { riskOf, SEVERITIES, type Severity } from '#findings';
import type { DigestPart } from '#report';
import type { WeekFigures, WeekRecord } from '#store';
import { weighed, type KnownFinding } from './digest-findings.ts';

/** What parts are called in the history. */
export const PART = {
  all: 'all',
  account: (id: string): string => `account ${id}`,
  team: (name: string): string => `team ${name}`,
} as const;

/** What came, went and stayed. */
export type WeekNews = {
  readonly open: readonly KnownFinding[];
  readonly opened: readonly KnownFinding[];
  readonly resolved: readonly KnownFinding[];
};

/** What one record holds of accounts and teams, of each the riskiest: a note has a largest size. */
const MOST_ACCOUNTS = 1_000;
const MOST_TEAMS = 300;

export function partOf(
  name: string,
  part: string,
  { open, opened, resolved }: WeekNews,
  before: WeekRecord | undefined,
): DigestPart {
  const riskBefore = before?.parts.find((each) => each.part === part)?.risk;
  const of = (severity: Severity): number => open.filter(({ shown }) => shown.severity === severity).length;
  return {
    name,
    risk: riskOf(open.map(weighed)).score,
    ...(riskBefore !== undefined && { riskBefore }),
    open: {
      critical: of('critical'),
      high: of('high'),
      medium: of('medium'),
      low: of('low'),
      info: of('info'),
    },
    opened: opened.length,
    resolved: resolved.length,
  };
}

/** Each account, by its name where it has one; or each team that an owner tag names. The riskiest first. */
export function partsBy(
  kind: 'account' | 'team',
  news: WeekNews,
  before: WeekRecord | undefined,
  accounts: readonly { readonly account: string; readonly accountName: string }[] = [],
): readonly (DigestPart & { readonly id: string })[] {
  const nameOf = new Map(
    accounts.map(({ account, accountName }) => [account, accountName === '' ? account : accountName]),
  );
  const groups = new Map<string, { [Member in keyof WeekNews]: KnownFinding[] }>();
  const groupOf = (id: string): { [Member in keyof WeekNews]: KnownFinding[] } => {
    const known = groups.get(id) ?? { open: [], opened: [], resolved: [] };
    groups.set(id, known);
    return known;
  };
  // an account in which nothing is wrong is there too
  if (kind === 'account') for (const { account } of accounts) groupOf(account);
  for (const member of ['open', 'opened', 'resolved'] as const)
    for (const finding of news[member]) {
      const id = kind === 'account' ? finding.shown.account : finding.shown.team;
      if (id !== '') groupOf(id)[member].push(finding);
    }
  return [...groups]
    .map(([id, group]) => ({ id, ...partOf(nameOf.get(id) ?? id, PART[kind](id), group, before) }))
    .toSorted((a, b) => b.risk - a.risk || (a.id < b.id ? -1 : 1));
}

/** What a week leaves behind. */
export function figuresOf(
  all: DigestPart,
  accounts: readonly (DigestPart & { readonly id: string })[],
  teams: readonly (DigestPart & { readonly id: string })[],
): readonly WeekFigures[] {
  return [
    figures(PART.all, all),
    ...accounts.slice(0, MOST_ACCOUNTS).map((part) => figures(PART.account(part.id), part)),
    ...teams.slice(0, MOST_TEAMS).map((part) => figures(PART.team(part.id), part)),
  ];
}

function figures(part: string, { risk, open, opened, resolved }: DigestPart): WeekFigures {
  const [critical, high, medium, low, info] = SEVERITIES.map((severity) => open[severity]);
  return {
    part,
    risk,
    open: [critical ?? 0, high ?? 0, medium ?? 0, low ?? 0, info ?? 0],
    opened,
    resolved,
  };
}
