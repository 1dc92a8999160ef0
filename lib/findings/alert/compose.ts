import { sourceName, type FlowChange } from '#engine';
import type { Endpoint, Network } from '#model';
import type { Change } from '../change.ts';
import type { CheckId, Finding } from '../finding.ts';
import { count, nameList } from '../name-list.ts';
import { ownerOf } from '../owner.ts';
import type { Alert, AlertKind } from './alert.ts';
import { changedRules, culpritRules } from './alert-rule.ts';
import { draftAlert, worstFirst, type AlertContext, type AlertNews } from './draft.ts';
import { whoGotIn } from './exposure-words.ts';
import { newVictimTexts, sourceCount, targetText } from './flow-words.ts';

/** Why people hear of findings. */
export type FindingAlertKind = Extract<
  AlertKind,
  'opened' | 'resolved' | 'newly-seen' | 'unconfirmed' | 'flapping' | 'reminder' | 'exception-ended'
>;

/** Findings of one cause, and why people hear of them. */
export type FindingNews = AlertContext & {
  readonly kind: FindingAlertKind;
  /** At least one, of one cause; all `opened`, or all `resolved`, as the kind says. */
  readonly findings: readonly Finding[];
  /** What they were found by; absent where nothing changed: a first look, a reminder. */
  readonly change?: Pick<Change, 'diff' | 'newVictims' | 'victimSearch'> | undefined;
  /** What there is to say of exceptions, a sentence each. */
  readonly notes?: readonly string[];
  /** The private flows that opened by the same cause; else those to where the findings are. */
  readonly flows?: readonly FlowChange[];
};

/**
 * The alert for findings of one cause: what the worst of them means, the way in, the rules, and what else it makes possible.
 *
 * @throws RangeError without a finding
 */
export function composeAlert({ kind, findings, change, flows, notes = [], ...context }: FindingNews): Alert {
  const [worst, ...others] = worstFirst(findings);
  if (worst === undefined) throw new RangeError('an alert about findings needs one');
  const isClosing = kind === 'resolved';
  const network = change && (isClosing ? change.diff.before : change.diff.after).network;
  const owner = ownerOf(worst);
  const path = worst.path ?? others.find((finding) => finding.path !== undefined)?.path;
  return draftAlert(
    {
      kind,
      findings,
      headline: headlineOf(kind, worst),
      details: [...notes.slice(0, 3), ...companions(kind, worst, others), ...certainty(kind, worst, network)],
      path: (path?.hops ?? []).map((hop) => ({
        from: sourceName(hop),
        to: hop.to.name,
        flows: hop.transport.toString(),
      })),
      ...(change !== undefined && isAboutExposure(worst) ? whoGotIn(worst, change.diff) : {}),
      ...(isClosing && change !== undefined
        ? changedRules(change.diff.before.network, change.diff.after.network, 'closing', onTheWay(worst))
        : culpritRules(worst.culprits, network)),
      also: kind === 'opened' && change !== undefined ? alsoOpened(findings, change, flows) : [],
      ...(owner === undefined ? {} : { owner }),
    } satisfies AlertNews,
    context,
  );
}

function headlineOf(kind: FindingAlertKind, { title }: Finding): string {
  switch (kind) {
    case 'resolved':
      return `${title}: no longer`;
    case 'unconfirmed':
      return `${title}: this can no longer be seen, and counts as open`;
    case 'flapping':
      return `${title}: it opens and closes again and again; silence until it stays one way`;
    case 'reminder':
      return `${title}: still`;
    case 'exception-ended':
      return `${title}: nobody answers for it any more`;
    case 'opened':
    case 'newly-seen':
      return title;
  }
}

/** The other findings: jewels behind the worst on one line, the next two by their titles, the rest as a number. */
function companions(kind: FindingAlertKind, worst: Finding, others: readonly Finding[]): readonly string[] {
  const isThrough = (finding: Finding): boolean =>
    finding.check === 'lateral-path' && worst.check !== 'lateral-path';
  const onward = others
    .filter(isThrough)
    .map(({ workload, transport }) => `${workload.name} ${transport?.toString() ?? ''}`.trim());
  const rest = others.filter((finding) => !isThrough(finding));
  return [
    ...(onward.length === 0 ? [] : [`and through it ${nameList(onward)}`]),
    ...rest.slice(0, 2).map((finding) => `and ${headlineOf(kind, finding)}`),
    ...(rest.length > 2 ? [`and ${count(rest.length - 2, 'more finding')}`] : []),
  ];
}

/** What keeps the worst finding from being certain; that it came to light without a change. */
function certainty(
  kind: FindingAlertKind,
  { because }: Finding,
  network: Network | undefined,
): readonly string[] {
  const spots = because.flatMap((id) => network?.blindSpots.get(id)?.what ?? []);
  return [
    ...(kind === 'newly-seen' ? ['seen for the first time: it may have been so for long'] : []),
    ...spots.slice(0, 2).map((what) => `not certain: ${what}`),
  ];
}

const EXPOSURES: ReadonlySet<CheckId> = new Set<CheckId>([
  'admin-port-exposed',
  'database-exposed',
  'public-database',
  'high-risk-port-exposed',
  'unintended-exposure',
]);

function isAboutExposure({ check }: Finding): boolean {
  return EXPOSURES.has(check);
}

function alsoOpened(
  findings: readonly Finding[],
  change: Pick<Change, 'diff' | 'newVictims' | 'victimSearch'>,
  flows: readonly FlowChange[] | undefined,
): readonly string[] {
  const there = new Set(findings.flatMap(({ endpoints }) => endpoints.map(({ id }) => id)));
  const { diff } = change;
  const opened = flows ?? diff.opened.filter(({ to }) => there.has(to));
  if (opened.length === 0) return [];
  return [`${sourceCount(opened, diff)} can now open ${targetText(opened, diff)}`, ...newVictimTexts(change)];
}

/** Where a finding is, and what has to fall first. */
function onTheWay({ endpoints, path }: Finding): readonly Endpoint[] {
  return [...endpoints, ...(path?.hops.map(({ to }) => to) ?? [])];
}
