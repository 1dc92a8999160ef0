import { opensSomething, type Change } from '../change.ts';
import { count } from '../name-list.ts';
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
  if (opensSomething(change)) {
    const alert = openingAlert(change, context);
    return { ...alert, also: [...alert.also, ...closedToo(change)] };
  }
  if (resolved.length > FLOOD) return summaryAlert({ kind: 'resolved', findings: resolved, ...context });
  if (resolved.length > 0) return composeAlert({ kind: 'resolved', findings: resolved, change, ...context });
  return diff.closed.length > 0
    ? closedPathsAlert({ change, ...context })
    : exposureAlert({ change, ...context });
}

function openingAlert(change: Change, context: AlertContext): Alert {
  const { opened, diff } = change;
  if (opened.length > 0)
    return composeAlert({ kind: 'opened', findings: opened, change, flows: diff.opened, ...context });
  if (diff.opened.length > 0) return privatePathsAlert({ change, ...context });
  return diff.maybeOpened.length > 0
    ? unknownPathsAlert({ change, ...context })
    : exposureAlert({ change, ...context });
}

function contextOf(change: Change, { place, accountName, links, id }: ChangeAlertOptions): AlertContext {
  const { blame, undo, fix, restore } = change;
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
    ...(opensSomething(change) && fix !== undefined ? { fix } : {}),
    ...(closesSomething(change) && restore !== undefined ? { restore } : {}),
    ...(links === undefined ? {} : { links }),
    ...(id === undefined ? {} : { id }),
  };
}

/** An office that took another's place widens what gets in, and yet somebody was shut out: any change of exposure may be that. */
function closesSomething({ resolved, diff }: Change): boolean {
  return resolved.length + diff.closed.length + diff.exposures.length > 0;
}

/** What a change that opens something has closed as well. */
function closedToo({ diff, resolved }: Change): readonly string[] {
  return [
    ...resolved.slice(0, 2).map(({ title }) => `${title}: no longer`),
    ...(resolved.length > 2 ? [`${count(resolved.length - 2, 'more finding')} closed`] : []),
    ...(diff.closed.length > 0
      ? [`${pathCount(diff.closed, diff)} to ${targetText(diff.closed, diff)} closed`]
      : []),
  ];
}
