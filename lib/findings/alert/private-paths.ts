import { describeSelector, type Endpoint } from '#model';
import { breadthOf, type FlowChange } from '#engine';
import type { Change } from '../change.ts';
import { ruleChanges } from '../rule-changes.ts';
import type { Alert } from './alert.ts';
import { changedRules } from './alert-rule.ts';
import { draftAlert, type AlertContext } from './draft.ts';
import { newVictimTexts, pathCount, targetsOf, targetText } from './flow-words.ts';

/** Flows between own hosts that changed without a finding. */
export type PathNews = AlertContext & {
  readonly change: Pick<Change, 'diff' | 'newVictims' | 'victimSearch'>;
  /** Those to tell of, if not all: what another alert tells need not be told twice. */
  readonly flows?: readonly FlowChange[];
};

/** Private paths that opened. As grave as a new way to a crown jewel, else medium. */
export function privatePathsAlert({ change, flows = change.diff.opened, ...context }: PathNews): Alert {
  const { diff, newVictims, victimSearch } = change;
  const targets = targetsOf(flows, diff);
  return draftAlert(
    {
      kind: 'opened',
      // a search that was cut short cannot tell that nothing grave follows
      severity: newVictims.length > 0 || victimSearch !== undefined ? 'high' : 'medium',
      headline: `${pathCount(flows, diff)} opened to ${targetText(flows, diff)}${internetNote(change)}`,
      details: wideRuleNote(change, targets),
      ...changedRules(diff.before.network, diff.after.network, 'opening', targets),
      also: newVictimTexts(change),
    },
    context,
  );
}

/** Private paths that were shut for sure and now cannot be judged. */
export function unknownPathsAlert({ change, flows = change.diff.maybeOpened, ...context }: PathNews): Alert {
  const { diff } = change;
  const targets = targetsOf(flows, diff);
  return draftAlert(
    {
      kind: 'blind-spot',
      severity: 'medium',
      headline: `${pathCount(flows, diff)} may have opened to ${targetText(flows, diff)}`,
      ...changedRules(diff.before.network, diff.after.network, 'opening', targets),
    },
    context,
  );
}

/** Private paths that closed, by which rules, and nothing else. */
export function closedPathsAlert({ change, flows = change.diff.closed, ...context }: PathNews): Alert {
  const { diff } = change;
  return draftAlert(
    {
      kind: 'resolved',
      headline: `${pathCount(flows, diff)} to ${targetText(flows, diff)} ${flows.length === 1 ? 'is' : 'are'} shut; nothing opened`,
      ...changedRules(diff.before.network, diff.after.network, 'closing', targetsOf(flows, diff)),
    },
    context,
  );
}

function internetNote({ diff: { exposures } }: Pick<Change, 'diff'>): string {
  if (exposures.length === 0) return '; nothing opened to the internet';
  const isWide = exposures.some(
    ({ after, family }) => after?.possible.some(({ ips }) => breadthOf(ips, family) !== 'limited') === true,
  );
  return isWide ? '; what the internet reaches changed too' : '';
}

/** A rule for the whole internet that the internet cannot use looks worse than it is: the reader is told why. */
function wideRuleNote({ diff }: Pick<Change, 'diff'>, targets: readonly Endpoint[]): readonly string[] {
  if (diff.exposures.some(({ isWider }) => isWider)) return [];
  const wide = ruleChanges(diff.before.network, diff.after.network).flatMap(({ after }) =>
    after?.direction === 'ingress' &&
    after.action === 'allow' &&
    after.selector.kind === 'ips' &&
    (breadthOf(after.selector.ips, 4) === 'whole' || breadthOf(after.selector.ips, 6) === 'whole')
      ? [describeSelector(after.selector)]
      : [],
  )[0];
  if (wide === undefined) return [];
  const isPrivate = targets.every(({ addresses }) =>
    addresses.every(({ publicIp }) => publicIp === undefined),
  );
  const why = isPrivate ? 'these hosts have no public address' : 'the internet has no way to these hosts';
  return [`the rule says ${wide}, but ${why}`];
}
