import { TransportSet } from '#netset';
import { exposures, openTo, type Analysis, type Dial } from '#engine';
import type { Intent } from './intent/intent.ts';

/**
 * Tells the ways that lead through a front door: a port of a load balancer on which the internet may knock and is meant to, or where one has to log in.
 *
 * That an application is behind such a port, and its database behind the application, is how things are built. These ways are there for who asks
 * for them, but are no news and no finding of every account.
 */
export function frontDoorsOf(analysis: Analysis, { meantOpen }: Intent): (dial: Dial) => boolean {
  const meant = new Map<string, TransportSet>();
  for (const { endpoint, family, possible } of exposures(analysis)) {
    const doors = meantOpen(endpoint);
    if (!openTo(possible, family, 'wide').overlaps(doors)) continue;
    meant.set(endpoint.id, (meant.get(endpoint.id) ?? TransportSet.NONE).union(doors));
  }
  return ({ relay, dialled, isGuarded }) =>
    isGuarded ||
    relay.entrances.some((entrance) => dialled.isSubsetOf(meant.get(entrance) ?? TransportSet.NONE));
}
