import type { BlindSpot } from '#model';
import type { Diff } from '#engine';
import {
  blindSpotAlert,
  composeAlert,
  exposureAlert,
  evidenceOfFlows,
  privatePathsAlert,
  summaryAlert,
  unknownPathsAlert,
  type Alert,
  type AlertContext,
  type FindingAlertKind,
  type Change,
  type Finding,
  type Tracked,
  type Transition,
  type TransitionKind,
} from '#findings';
import type { Blaming, Guilt } from '../blame.ts';
import { acceptedWays } from './accepted-ways.ts';
import { causesOf, type Cause } from './causes.ts';
import { consoleLinks } from './console-links.ts';

/** What a run found out, from which the news is made. */
export type RunResult = {
  readonly transitions: readonly Transition[];
  /** The comparison with the run before; absent for the first. */
  readonly change?: Change;
  /** What of its flows and exposures is news although there is no finding about it. */
  readonly news?: Diff;
  readonly blaming?: Blaming;
  /** Findings that came with the change and go up and down too often to be told of: their ways are not told of either. */
  readonly flapping?: readonly Finding[];
  /** Findings that somebody answers for: what they say is open is not told of by another name. */
  readonly accepted?: readonly Finding[];
  readonly newGaps: readonly BlindSpot[];
  /** Whether all of them were told of within the last day: a read that fails now and then is said once a day. */
  readonly areGapsTold?: boolean;
  readonly place: Alert['place'];
};

/** From more causes than these on it is a flood, which is one message. */
const MOST_CAUSES = 3;
/** From more findings of one cause than these on they are counted and not told one by one. */
const MOST_FINDINGS = 10;

/** The messages of a run, worst first. Findings of one cause are one message, and so is a flood. */
export function newsOfRun(run: RunResult): readonly Alert[] {
  const { transitions } = run;
  const of = (...kinds: readonly TransitionKind[]) => transitions.filter(({ kind }) => kinds.includes(kind));
  const opened = of('opened', 'reopened', 'widened');
  const settled = (state: Tracked['state']) => of('settled').filter(({ tracked }) => tracked.state === state);
  const newlySeen = aboutWhat(of('newly-seen'));
  return [
    ...caused('opened', aboutWhat(opened), run),
    ...flowsOf(run, aboutWhat(opened)),
    ...gapsOf(run, of('possible', 'unconfirmed')),
    ...plain('opened', aboutWhat(settled('open')), run),
    ...plain('flapping', aboutWhat(of('flapping')), run),
    ...caused('resolved', aboutWhat(of('resolved')), run),
    ...plain('resolved', aboutWhat(settled('closed')), run),
    ...(newlySeen.length === 0 ? [] : [summary('newly-seen', newlySeen, NOBODY, run)]),
    ...plain('exception-ended', aboutWhat(of('exception-ended')), run),
    ...plain('reminder', aboutWhat(of('reminder')), run),
  ];
}

const NOBODY: Guilt = { changes: [], is: 'nobody' };

/** The findings that transitions are about: as they are, else as they were, else as they are remembered. */
function aboutWhat(transitions: readonly Transition[]): readonly Finding[] {
  return told(transitions.map(({ finding, before, tracked }) => finding ?? before ?? remembered(tracked)));
}

function remembered({ check, severity, certainty, fingerprint, title, workload }: Tracked): Finding {
  return {
    check,
    severity,
    certainty,
    fingerprint,
    title,
    workload,
    endpoints: [],
    culprits: [],
    because: [],
  };
}

/** What is only worth knowing is in the report, and alarms nobody. */
function told(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ severity }) => severity !== 'info');
}

/** Findings that a change brought, or took away, by cause. */
function caused(kind: 'opened' | 'resolved', findings: readonly Finding[], run: RunResult): readonly Alert[] {
  if (findings.length === 0) return [];
  const { blaming, change } = run;
  if (blaming === undefined || change === undefined) return plain(kind, findings, run);
  const { diff } = change;
  const other = (kind === 'opened' ? diff.before : diff.after).network;
  const causes = causesOf(findings, blaming, other);
  if (causes.length > MOST_CAUSES) {
    const all = blaming.ofThings(new Set());
    return [summary(kind, findings, all, run)];
  }
  const isOnly = causes.length === 1;
  return causes.map((cause) => alertOfCause(kind, cause, isOnly, change, run));
}

function alertOfCause(
  kind: 'opened' | 'resolved',
  { findings, guilt }: Cause,
  isOnly: boolean,
  change: Change,
  run: RunResult,
): Alert {
  // the way back was made, and tried, for the whole change: with several causes it would take back too much
  const wayBack = isOnly
    ? kind === 'opened'
      ? { ...(change.undo && { undo: change.undo }) }
      : { ...(change.restore && { restore: change.restore }) }
    : {};
  if (findings.length > MOST_FINDINGS) return { ...summary(kind, findings, guilt, run), ...wayBack };
  const links = consoleLinks(findings, run.place.region);
  const flows =
    kind === 'opened' && isOnly && sharesCause(guilt, run) ? { flows: run.news?.opened ?? [] } : {};
  return composeAlert({
    kind,
    findings,
    change,
    ...flows,
    ...notesOf(findings, run),
    ...contextOf(guilt, run),
    links,
    ...wayBack,
  });
}

/** Findings of which it is not asked who did it: each by itself if they are few. */
function plain(kind: FindingAlertKind, findings: readonly Finding[], run: RunResult): readonly Alert[] {
  if (findings.length > MOST_CAUSES) return [summary(kind, findings, NOBODY, run)];
  return findings.map((finding) => {
    const links = consoleLinks([finding], run.place.region);
    const notes = notesOf([finding], run);
    return composeAlert({ kind, findings: [finding], ...notes, ...contextOf(NOBODY, run), links });
  });
}

/** What there is to say of the exceptions of findings. */
function notesOf(
  findings: readonly Finding[],
  { transitions }: RunResult,
): { readonly notes?: readonly string[] } {
  const about = new Set(findings.map(({ fingerprint }) => fingerprint));
  const notes = transitions.flatMap(({ tracked, note }) =>
    note !== undefined && about.has(tracked.fingerprint) ? [note] : [],
  );
  return notes.length === 0 ? {} : { notes };
}

function summary(kind: FindingAlertKind, findings: readonly Finding[], guilt: Guilt, run: RunResult): Alert {
  return summaryAlert({ kind, findings, ...contextOf(guilt, run) });
}

/** Whether the private ways that opened are of the same hands as a cause: then its message tells of them too. */
function sharesCause({ changes, is }: Guilt, { news, blaming }: RunResult): boolean {
  if (news === undefined || blaming === undefined) return false;
  const guilt = blaming.ofThings(evidenceOfFlows(news.opened, news.after.network));
  const known = new Set(changes.map(({ eventId }) => eventId));
  return guilt.is === is && guilt.changes.every(({ eventId }) => known.has(eventId));
}

/** Ways that opened, or may have, without a finding about them: those that no message above tells of. */
function flowsOf({ news, change, ...run }: RunResult, findings: readonly Finding[]): readonly Alert[] {
  if (news === undefined || change === undefined || run.blaming === undefined) return [];
  const told = new Set(
    [...findings, ...(run.flapping ?? [])].flatMap(({ endpoints, path }) => [
      ...endpoints.map(({ id }) => id),
      ...(path?.hops.map(({ to }) => to.id) ?? []),
    ]),
  );
  const { isAccepted, isBeyond } = acceptedWays(run.accepted ?? []);
  const alerts: Alert[] = [];
  const [cause, ...others] =
    findings.length === 0 ? [] : causesOf(findings, run.blaming, news.before.network);
  const isToldOf = cause !== undefined && others.length === 0 && sharesCause(cause.guilt, { ...run, news });
  const opened = isToldOf ? [] : news.opened.filter((flow) => !told.has(flow.to) && !isAccepted(flow));
  const maybeOpened =
    run.newGaps.length > 0 ? [] : news.maybeOpened.filter((flow) => !told.has(flow.to) && !isAccepted(flow));
  const wider = news.exposures.filter(
    (exposure) => exposure.isWider && !told.has(exposure.endpoint) && isBeyond(exposure),
  );
  const context = (flows: readonly { readonly from: string; readonly to: string }[]) => {
    const ids = flows as Parameters<typeof evidenceOfFlows>[0];
    const guilt = run.blaming?.ofThings(evidenceOfFlows(ids, news.after.network)) ?? NOBODY;
    return { ...contextOf(guilt, run), ...(findings.length === 0 && change.undo && { undo: change.undo }) };
  };
  if (opened.length > 0) alerts.push(privatePathsAlert({ change, flows: opened, ...context(opened) }));
  if (maybeOpened.length > 0)
    alerts.push(unknownPathsAlert({ change, flows: maybeOpened, ...context(maybeOpened) }));
  if (wider.length > 0) {
    const ends = wider.map(({ endpoint }) => ({ from: endpoint, to: endpoint }));
    alerts.push(
      exposureAlert({ change: { ...change, diff: { ...news, exposures: wider } }, ...context(ends) }),
    );
  }
  return alerts;
}

/** What cannot be seen any more, and which findings that leaves in doubt. */
function gapsOf(run: RunResult, transitions: readonly Transition[]): readonly Alert[] {
  if (run.newGaps.length > 0) {
    const findings = aboutWhat(transitions);
    // that something open is out of sight again is no news either
    if (run.areGapsTold === true && transitions.every(({ kind }) => kind === 'unconfirmed')) return [];
    return [
      blindSpotAlert({
        gaps: run.newGaps,
        findings,
        ...(run.news && { maybeOpened: { flows: run.news.maybeOpened, diff: run.news } }),
        ...contextOf(NOBODY, run),
      }),
    ];
  }
  const unseen = transitions.filter(({ kind }) => kind === 'unconfirmed');
  return [
    ...plain('unconfirmed', aboutWhat(unseen), run),
    ...caused('opened', aboutWhat(transitions.filter(({ kind }) => kind === 'possible')), run),
  ];
}

function contextOf({ changes, is }: Guilt, { place }: Pick<RunResult, 'place'>): AlertContext {
  return {
    place,
    blame: changes.map(({ call, who, role, mfa, tool, sourceIp, time }) => ({
      call,
      who,
      role,
      ...(mfa !== undefined && { mfa }),
      tool,
      sourceIp,
      time,
    })),
    blameIs: is,
  };
}
