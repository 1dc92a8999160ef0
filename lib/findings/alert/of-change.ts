import { opensSomething, type Change } from '../change.ts';
import type { Alert } from './alert.ts';
import { composeAlert } from './compose.ts';
import { alertBlameOf, type AlertContext } from './draft.ts';
import { exposureAlert } from './exposure-alert.ts';
import { pathCount, targetText } from './flow-words.ts';
import { closedPathsAlert, privatePathsAlert, unknownPathsAlert } from './private-paths.ts';
import { summaryAlert } from './summary.ts';

/** From more findings than these on it is a flood, which is one message. */
const FLOOD = 10;

/** What is not in the change. */
export type ChangeAlertOptions = Partial<Pick<AlertContext, 'place' | 'links' | 'id'>> & {
  readonly accountName?: string;
};

/** A whole change as one alert, the worst of it first. For a change that is not quiet. */
export function alertOfChange(change: Change, options: ChangeAlertOptions = {}): Alert {
  const { diff, opened, resolved } = change;
  const context = contextOf(change, options);
  if (opened.length > FLOOD) return summaryAlert({ kind: 'opened', findings: opened, ...context });
  if (opened.length > 0) {
    const alert = composeAlert({ kind: 'opened', findings: opened, change, flows: diff.opened, ...context });
    return { ...alert, also: [...alert.also, ...closedToo(change)] };
  }
  if (diff.opened.length > 0) {
    const alert = privatePathsAlert({ change, ...context });
    return { ...alert, also: [...alert.also, ...closedToo(change)] };
  }
  if (diff.maybeOpened.length > 0) return unknownPathsAlert({ change, ...context });
  if (diff.exposures.some(({ isWider }) => isWider)) return exposureAlert({ change, ...context });
  if (resolved.length > FLOOD) return summaryAlert({ kind: 'resolved', findings: resolved, ...context });
  if (resolved.length > 0) return composeAlert({ kind: 'resolved', findings: resolved, change, ...context });
  return diff.closed.length > 0
    ? closedPathsAlert({ change, ...context })
    : exposureAlert({ change, ...context });
}

function contextOf(change: Change, { place, accountName, links, id }: ChangeAlertOptions): AlertContext {
  const { blame, undo, restore } = change;
  return {
    place: place ?? {
      account: blame?.account ?? '',
      ...(accountName === undefined ? {} : { accountName }),
      region: blame?.region ?? '',
      time: blame?.time ?? '',
    },
    blame: blame === undefined ? [] : [alertBlameOf(blame)],
    blameIs: blame === undefined ? 'nobody' : 'these',
    ...(opensSomething(change) && undo !== undefined ? { undo } : {}),
    ...(closesSomething(change) && restore !== undefined ? { restore } : {}),
    ...(links === undefined ? {} : { links }),
    ...(id === undefined ? {} : { id }),
  };
}

function closesSomething({ resolved, diff }: Change): boolean {
  return resolved.length + diff.closed.length > 0 || diff.exposures.some(({ isWider }) => !isWider);
}

function closedToo({ diff }: Change): readonly string[] {
  return diff.closed.length === 0
    ? []
    : [`${pathCount(diff.closed, diff)} to ${targetText(diff.closed, diff)} closed`];
}
