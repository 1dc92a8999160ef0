import { RISK_FORMULA, riskOf } from '#findings';
import { isoWeek, weeksUpTo, type Digest } from '#report';
import type { WeekRecord } from '#store';
import { frameworksOf } from './count-controls.ts';
import { doorsOf } from './doors.ts';
import { graveFirst, knownFindings, weighed, type KnownFinding } from './digest-findings.ts';
import type { DigestInput } from './digest-input.ts';
import { exceptionsIn } from './digest-exceptions.ts';
import { blindSpotsOf, coverageOf } from './digest-sight.ts';
import { figuresOf, PART, partOf, partsBy } from './digest-parts.ts';

const DAY_MS = 86_400_000;
const WEEKS = 12;
/** So many are looked at for what to do first: several may go by the same commands. */
const CANDIDATES = 8;

/**
 * What a digest says of the week up to now, and what the week leaves behind. Pure; the commands of what to do first are found by whoever can
 * read snapshots.
 */
export function makeDigest(input: DigestInput): { readonly digest: Digest; readonly record: WeekRecord } {
  const { now, timeZone, records, organisation, version } = input;
  const week = isoWeek(now, timeZone);
  const earlier = records.filter((record) => record.week < week);
  const before = earlier.at(-1);
  const since = sinceOf(before, now);
  const findings = knownFindings(input);
  const open = findings.filter(({ tracked }) => tracked.state === 'open');
  const found = newOf(findings, since, before);
  const [opened, cameToLight] = [doorsOf(found.opened), doorsOf(found.cameToLight)];
  const resolved = doorsOf(
    findings.filter(({ shown: { closedAt } }) => closedAt !== undefined && closedAt > since),
  );
  const news = { open, opened, resolved };
  const comparable = before?.formula === RISK_FORMULA ? before : undefined;
  const known = new Map(
    records.flatMap((record) =>
      record.formula === RISK_FORMULA
        ? record.parts.flatMap(({ part, risk }) => (part === PART.all ? [[record.week, risk] as const] : []))
        : [],
    ),
  );
  const all = partOf(organisation, PART.all, news, comparable);
  const accounts = partsBy('account', news, comparable, input.targets);
  const teams = partsBy('team', news, comparable);
  const digest: Digest = {
    schema: 1,
    organisation,
    week,
    since,
    until: now,
    timeZone,
    version,
    isFirst: before === undefined,
    formula: RISK_FORMULA,
    all,
    weeks: weeksUpTo(now, timeZone, WEEKS).map((each) => {
      const risk = each === week ? all.risk : known.get(each);
      return { week: each, ...(risk !== undefined && { risk }) };
    }),
    open: shown(open),
    opened: shown(opened),
    resolved: shown(resolved),
    cameToLight: shown(cameToLight),
    paths: shown(open.filter(isWay)).toSorted((a, b) => a.path.length - b.path.length || graveFirst(a, b)),
    ...exceptionsIn(input.exceptions, open, since, now),
    frameworks: frameworksOf(shown(open)),
    accounts,
    teams,
    targets: coverageOf(input),
    blindSpots: blindSpotsOf(input),
    first: firstSteps(open),
  };
  const record = { week, at: now, formula: RISK_FORMULA, parts: figuresOf(all, accounts, teams) };
  return { digest, record };
}

/** The last time that a digest was made, so that nothing falls between two; a week, where that is too long ago or there was none. */
function sinceOf(before: WeekRecord | undefined, now: string): string {
  const age = before === undefined ? Infinity : Date.parse(now) - Date.parse(before.at);
  return before !== undefined && age <= 15 * DAY_MS
    ? before.at
    : new Date(Date.parse(now) - 7 * DAY_MS).toISOString();
}

/** What is new, by whether somebody opened it: an account that no digest told of before was looked at for the first time. */
function newOf(
  findings: readonly KnownFinding[],
  since: string,
  before: WeekRecord | undefined,
): { readonly opened: readonly KnownFinding[]; readonly cameToLight: readonly KnownFinding[] } {
  const accounts = new Set(before?.parts.map(({ part }) => part));
  const isAnswered = ({ shown: { accepted } }: KnownFinding): boolean => accepted !== undefined;
  const news = findings.filter(
    (finding) =>
      finding.tracked.openedAt > since && finding.shown.severity !== 'info' && !isAnswered(finding),
  );
  const isSeenFirst = ({ tracked, shown: { account } }: KnownFinding): boolean =>
    tracked.isNewlySeen === true || !accounts.has(PART.account(account));
  return {
    opened: news.filter((finding) => !isSeenFirst(finding)),
    cameToLight: news.filter((finding) => isSeenFirst(finding) && finding.tracked.state === 'open'),
  };
}

function isWay({ tracked, shown: { path, accepted } }: KnownFinding): boolean {
  return tracked.check === 'lateral-path' && path.length > 0 && accepted === undefined;
}

/** What nobody answers for, by its share of the risk. */
function firstSteps(open: readonly KnownFinding[]): Digest['first'] {
  const doors = new Map(doorsOf(open).map((door) => [door.tracked, door.shown]));
  const steps = riskOf(open.map(weighed))
    .parts.filter(({ finding: { known } }) => known.shown.accepted === undefined)
    .slice(0, CANDIDATES)
    .map(({ finding: { known }, points }) => ({
      finding: doors.get(known.tracked) ?? known.shown,
      points,
      commands: [],
      isProven: false,
    }));
  // beside something that weighs, what hardly does is no answer to what is first
  const weighing = steps.filter(({ points }) => points >= 1);
  return weighing.length > 0 ? weighing : steps.slice(0, 1);
}

function shown(findings: readonly KnownFinding[]): Digest['open'] {
  return findings.map((finding) => finding.shown);
}
