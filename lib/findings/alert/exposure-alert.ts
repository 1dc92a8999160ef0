import { breadthOf, type Exposure, type ExposureChange } from '#engine';
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
  const endpoints = changes.flatMap(({ endpoint, through }) => [
    ...[endpoint].flatMap((id) => endpointOf(id, diff) ?? []),
    ...(through ?? []).flatMap(({ entrances }) => entrances.flatMap((id) => endpointOf(id, diff) ?? [])),
  ]);
  const isWide = changes.some((change) => isWideSide(isOpening ? change.after : change.before));
  // what comes by a front door is never sure
  const isByDoors = changes.every(({ door }) => door !== undefined);
  const who = isWide ? 'the internet' : 'limited ranges of the internet';
  return draftAlert(
    {
      kind: isOpening ? 'opened' : 'resolved',
      severity: isOpening ? 'low' : 'info',
      headline: `${who} ${isByDoors ? 'may' : 'can'} open ${isOpening ? 'more' : 'less'} ${placesText(changes, diff)}`,
      ...(changes[0] === undefined ? {} : whatGotIn(changes[0])),
      ...changedRules(diff.before.network, diff.after.network, isOpening ? 'opening' : 'closing', endpoints),
    },
    context,
  );
}

/** `on bastion`, `on shop-alb and through load balancer shop-alb on web-1..3`. */
function placesText(changes: readonly ExposureChange[], diff: Change['diff']): string {
  const names = new Map<string, string[]>();
  for (const { endpoint, through = [], door } of changes) {
    const relays =
      through.length === 0 ? '' : `through load balancer ${through.map(({ name }) => name).join(' and ')} `;
    const way = `${door === undefined ? '' : `by ${door.name} `}${relays}`;
    const known = names.get(way) ?? [];
    known.push(endpointOf(endpoint, diff)?.name ?? endpoint);
    names.set(way, known);
  }
  const places = [...names].map(([way, who]) => `${way}on ${nameList(who)}`);
  return places.length > 3 ? `${places.slice(0, 3).join(', ')} and elsewhere` : places.join(' and ');
}

function isWideSide(exposure: Exposure | undefined): boolean {
  return exposure?.possible.some(({ ips }) => breadthOf(ips, exposure.family) !== 'limited') === true;
}
