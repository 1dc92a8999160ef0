import { plainUpTo } from '../text/plain.ts';
import { dayText, weekdayText } from './dates.ts';
import { isAccepted, type Digest, type DigestFinding } from './digest.ts';
import { ageText, inWords, moved, riskText, sentence, some } from './words.ts';

const DAY_MS = 86_400_000;
/** Mail programs show so much of a subject, or less. */
const LONGEST_NAME = 40;

/** What somebody who reads nothing else repeats in a meeting. What was not seen is part of it: without it the rest is not true. */
export function headlineOf(digest: Digest): readonly string[] {
  const { isFirst, open } = digest;
  const week = isFirst ? firstLook(digest) : weekText(digest);
  const ends = exceptionText(digest);
  return [
    sentence(openText(digest)),
    sentence(ends === undefined ? week : `${week}; ${ends}`),
    ...sightText(digest, open),
  ];
}

/** `Postern weekly: 2 opened, 5 closed, risk 34 (-6) - shop`. */
export function digestSubject(digest: Digest): string {
  const { all, organisation, opened, resolved, isFirst } = digest;
  const by = all.riskBefore === undefined ? '' : ` (${moved(all.risk, all.riskBefore)})`;
  const unseen = outOfSight(digest).length;
  const facts = [
    ...(isFirst
      ? [`first look, ${String(counted(digest.open).length)} open`]
      : [`${String(opened.length)} opened`, `${String(resolved.length)} closed`]),
    `risk ${riskText(all.risk)}${by}`,
    ...(unseen > 0 ? [`${String(unseen)} not seen`] : []),
  ];
  return `Postern weekly: ${facts.join(', ')} - ${plainUpTo(LONGEST_NAME, organisation)}`;
}

/** Those that were not read as lately as they should have been. */
export function outOfSight({ targets }: Digest): Digest['targets'] {
  return targets.filter(({ state }) => state !== 'read');
}

/** Those that nobody answers for, and that are more than worth knowing. */
function counted(findings: readonly DigestFinding[]): readonly DigestFinding[] {
  return findings.filter((finding) => !isAccepted(finding) && finding.severity !== 'info');
}

function openText(digest: Digest): string {
  const open = counted(digest.open);
  const critical = open.filter(({ severity }) => severity === 'critical');
  const high = open.filter(({ severity }) => severity === 'high').length;
  const [oldest] = critical.toSorted((a, b) => (a.openedAt < b.openedAt ? -1 : 1));
  if (oldest !== undefined) {
    const age = ageText(oldest.openedAt, digest.until);
    return critical.length === 1
      ? `one critical finding is open, for ${age}: ${plainUpTo(120, oldest.title)}`
      : `${some(critical.length, 'critical finding')} are open, the oldest for ${age}: ${plainUpTo(120, oldest.title)}`;
  }
  const seen =
    outOfSight(digest).length > 0
      ? 'nothing critical is open in what can be seen'
      : 'nothing critical is open';
  return high === 0
    ? seen
    : `${seen}; ${high === 1 ? 'one high finding is' : `${inWords(high)} high findings are`}`;
}

function firstLook({ open, cameToLight, opened }: Digest): string {
  const found = new Set([...open, ...cameToLight, ...opened].map(({ fingerprint }) => fingerprint)).size;
  return found === 0
    ? 'this is the first look, and it found nothing'
    : `this is the first look: ${some(found, 'finding')}, which may have been there for long`;
}

function weekText({ opened, resolved }: Digest): string {
  const isNew = new Set(opened.map(({ fingerprint, account }) => `${account} ${fingerprint}`));
  const older = resolved.filter(({ fingerprint, account }) => !isNew.has(`${account} ${fingerprint}`)).length;
  if (opened.length === 0)
    return older === 0
      ? 'nothing opened or closed this week'
      : `nothing opened this week, and ${inWords(older)} closed`;
  const doors = `${some(opened.length, 'door')} opened this week`;
  const olderText = older === 0 ? '' : `, and ${some(older, 'older one')} closed`;
  return `${doors}, ${howManyShut(opened)}${olderText}`;
}

/** Of what opened, how much is shut again, and how soon. */
function howManyShut(opened: readonly DigestFinding[]): string {
  const shut = opened.flatMap(({ openedAt, closedAt }) =>
    closedAt === undefined ? [] : [Date.parse(closedAt) - Date.parse(openedAt)],
  );
  const n = opened.length;
  if (shut.length === 0)
    return n === 1 ? 'and is still open' : n === 2 ? 'and both are still open' : 'and all are still open';
  const days = Math.ceil(Math.max(...shut) / DAY_MS);
  const soon = days <= 1 ? 'within a day' : `within ${inWords(days)} days`;
  if (shut.length < n)
    return `of which ${shut.length === 1 ? 'one is' : `${inWords(shut.length)} are`} shut again`;
  return `${n === 1 ? 'and closed' : n === 2 ? 'both closed' : 'all closed'} ${soon}`;
}

function exceptionText({ ending, ended, until }: Digest): string | undefined {
  const stillOpen = ended.filter(({ titles }) => titles.length > 0).length;
  if (stillOpen > 0)
    return `${some(stillOpen, 'exception')} ended while what ${stillOpen === 1 ? 'it was' : 'they were'} about is still open`;
  const [next] = ending;
  if (next === undefined) return undefined;
  // a last day is a day by UTC, wherever people are
  const noon = `${next.until}T12:00:00.000Z`;
  const when = next.daysLeft < 7 ? weekdayText(noon, 'UTC') : dayText(noon, 'UTC', until);
  const same = ending.filter((each) => each.until === next.until).length;
  return `${some(same, 'exception')} ${same === 1 ? 'ends' : 'end'} on ${when}`;
}

function sightText(digest: Digest, open: readonly DigestFinding[]): readonly string[] {
  const unseen = outOfSight(digest);
  const unconfirmed = open.filter(({ isConfirmed }) => !isConfirmed).length;
  const [worst] = unseen;
  if (worst === undefined)
    return unconfirmed === 0
      ? []
      : [
          sentence(
            `${some(unconfirmed, 'finding')} cannot be seen any more and ${unconfirmed === 1 ? 'counts' : 'count'} as open`,
          ),
        ];
  const where = `${plainUpTo(40, worst.accountName === '' ? worst.account : worst.accountName)} ${worst.region}`;
  const since =
    worst.readAt === undefined ? 'never read' : `last read ${ageText(worst.readAt, digest.until)} ago`;
  const many =
    digest.targets.length === 1
      ? 'the one target is out of sight'
      : `${inWords(unseen.length)} of ${some(digest.targets.length, 'target')} ${unseen.length === 1 ? 'is' : 'are'} out of sight`;
  return [sentence(`${many}: ${where}, ${since}${unseen.length > 1 ? ', and more below' : ''}`)];
}
