import { analyse } from '#engine';
import {
  advance,
  audit,
  newsOf,
  NOTHING_SAID,
  TrialBudget,
  type Alert,
  type Exception,
  type IntentSettings,
  type Tracked,
} from '#findings';
import { translate, type AwsSnapshot } from '#sources/aws';
import { withFixes } from '../alert-fix.ts';
import { changeOf } from '../change.ts';
import { compare, gapsIn } from '../comparison.ts';
import { Blaming } from './blame.ts';
import { briefOf, type Brief } from './brief.ts';
import { comparisonAbout, isAbout, isIn } from './about-target.ts';
import type { Neighbour } from './neighbours.ts';
import { newsOfRun } from './news/news.ts';
import { withoutMeant } from './news/without-meant.ts';
import type { NotedChange } from './noted-change.ts';

/** What a run starts from. */
export type RunInput = {
  /** What the run before saw; absent for the first. */
  readonly before?: AwsSnapshot;
  readonly after: AwsSnapshot;
  /** The targets that this one is joined to. What is found about them is theirs to tell. */
  readonly neighbours: readonly Pick<Neighbour, 'before' | 'after'>[];
  readonly tracked: readonly Tracked[];
  /** What the run before said in short; absent where it said nothing. */
  readonly brief?: Brief;
  /** The changes that were noticed between the two reads, and a little before. */
  readonly changes: readonly NotedChange[];
  /** What could not be read, as told within the last day, by blind spot. */
  readonly toldGaps: ReadonlySet<string>;
  readonly place: Omit<Alert['place'], 'time'>;
  /** ISO 8601 in UTC. */
  readonly now: string;
  readonly remindAfterMs: number;
  /** What the network is meant to be, and what people have accepted; nothing, where nobody says. */
  readonly meant?: IntentSettings;
  readonly exceptions?: readonly Exception[];
};

export type RunOutput = {
  readonly tracked: readonly Tracked[];
  readonly alerts: readonly Alert[];
  /** What newly could not be read, by blind spot. */
  readonly newGaps: readonly string[];
  readonly brief: Brief;
};

/** What becomes of a target's findings by what was read now, and what people are to hear. Pure: the same input gives the same output. */
export function nextRun(input: RunInput): RunOutput {
  return input.before === undefined ? firstRun(input) : laterRun(input, input.before);
}

function firstRun({
  after,
  neighbours,
  tracked,
  brief: before,
  place,
  now,
  remindAfterMs,
  meant = NOTHING_SAID,
  exceptions = [],
}: RunInput): RunOutput {
  const network = translate([after, ...neighbours.map((neighbour) => neighbour.after)]);
  const analysis = analyse(network);
  const findings = audit(analysis, meant).filter(isAbout(place));
  const step = advance({
    tracked,
    before: [],
    after: findings,
    // what could not be read from the start on does not hide later that something is closed
    gaps: gapsIn(network).map(({ id }) => id),
    newGaps: [],
    isFirst: true,
    now,
    remindAfterMs,
    exceptions,
  });
  const alerts = newsOfRun({ transitions: step.transitions, newGaps: [], place: { ...place, time: now } });
  const brief = briefOf(place, network, { findings, tracked: step.tracked, before });
  return {
    tracked: step.tracked,
    alerts: withFixes(alerts, findings, analysis, { meant, budget: budget() }),
    newGaps: [],
    brief,
  };
}

function laterRun(input: RunInput, before: AwsSnapshot): RunOutput {
  const { after, neighbours, tracked, changes, toldGaps, place, now, remindAfterMs } = input;
  const { meant = NOTHING_SAID, exceptions = [] } = input;
  const olds = [before, ...neighbours.map((neighbour) => neighbour.before)];
  const news = [after, ...neighbours.map((neighbour) => neighbour.after)];
  const comparison = comparisonAbout(compare(olds, news, meant), place);
  const { delta, was, is, gaps, newGaps } = comparison;
  const step = advance({
    tracked,
    before: was,
    after: is,
    gaps: gaps.map(({ id }) => id),
    newGaps: newGaps.map(({ id }) => id),
    isFirst: false,
    now,
    remindAfterMs,
    exceptions,
  });
  const told = withoutMeant(newsOf(delta), meant);
  const change = changeOf({ ...comparison, delta: { ...delta, opened: told.opened } }, undefined);
  const known = new Set(was.map(({ fingerprint }) => fingerprint));
  const unstable = new Set(
    step.tracked.flatMap(({ fingerprint, unstableAt }) => (unstableAt === undefined ? [] : [fingerprint])),
  );
  const accepted = new Set(
    step.tracked.flatMap(({ fingerprint, accepted: as }) =>
      as === undefined || as.isExceeded === true ? [] : [fingerprint],
    ),
  );
  const ownGaps = newGaps.filter(({ at }) => at === undefined || isIn(place, at));
  const alerts = newsOfRun({
    transitions: step.transitions,
    change,
    news: told,
    blaming: new Blaming(changes, { before: olds, after: news }, [delta.before.network, delta.after.network]),
    flapping: is.filter(({ fingerprint }) => unstable.has(fingerprint) && !known.has(fingerprint)),
    accepted: is.filter(({ fingerprint }) => accepted.has(fingerprint)),
    newGaps: ownGaps,
    areGapsTold: ownGaps.every(({ id }) => toldGaps.has(id)),
    place: { ...place, time: now },
  });
  const brief = briefOf(place, delta.after.network, {
    findings: is,
    tracked: step.tracked,
    before: input.brief,
  });
  return {
    tracked: step.tracked,
    alerts: withFixes(alerts, is, delta.after, { meant, budget: budget() }),
    newGaps: ownGaps.map(({ id }) => id),
    brief,
  };
}

/** A tenth of what an audit at a desk may take: somebody waits for the alert. */
const MOST_LOOKED_AT = 30_000;

function budget(): TrialBudget {
  return new TrialBudget(MOST_LOOKED_AT);
}
