import { breadthOf, type Exposure } from '#engine';
import type { Change } from '../change.ts';
import { nameList } from '../name-list.ts';
import type { Alert } from './alert.ts';
import { changedRules } from './alert-rule.ts';
import { draftAlert, type AlertContext } from './draft.ts';
import { whatGotIn } from './exposure-words.ts';
import { endpointOf } from './flow-words.ts';

export type ExposureNews = AlertContext & { readonly change: Pick<Change, 'diff'> };

/** What the internet can open changed and no finding came of it: an office was let in, or what was meant to be open is. */
export function exposureAlert({ change: { diff }, ...context }: ExposureNews): Alert {
  const wider = diff.exposures.filter(({ isWider }) => isWider);
  const isOpening = wider.length > 0;
  const changes = isOpening ? wider : diff.exposures;
  const endpoints = changes.flatMap(({ endpoint }) => endpointOf(endpoint, diff) ?? []);
  const isWide = changes.some((change) => isWideSide(isOpening ? change.after : change.before));
  const who = isWide ? 'the internet' : 'limited ranges of the internet';
  return draftAlert(
    {
      kind: isOpening ? 'opened' : 'resolved',
      severity: isOpening ? 'low' : 'info',
      headline: `${who} can open ${isOpening ? 'more' : 'less'} on ${nameList(endpoints.map(({ name }) => name))}`,
      ...(changes[0] === undefined ? {} : whatGotIn(changes[0])),
      ...changedRules(diff.before.network, diff.after.network, isOpening ? 'opening' : 'closing', endpoints),
    },
    context,
  );
}

function isWideSide(exposure: Exposure | undefined): boolean {
  return exposure?.possible.some(({ ips }) => breadthOf(ips, exposure.family) !== 'limited') === true;
}
