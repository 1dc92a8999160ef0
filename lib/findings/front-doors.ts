import { TransportSet } from '#netset';
import { exposures, openTo, type Analysis, type Dial } from '#engine';

/** What an internet-facing load balancer is there for. */
export const MEANT_FOR_LOAD_BALANCERS = TransportSet.tcp(80).union(TransportSet.tcp(443));

/**
 * Tells the ways that lead through a front door: a web port of a load balancer on which the internet may knock, or where one has to log in.
 *
 * That an application is behind such a port, and its database behind the application, is how things are built. These ways are there for who asks
 * for them, but are no news and no finding of every account.
 */
export function frontDoorsOf(analysis: Analysis): (dial: Dial) => boolean {
  const open = new Set<string>();
  for (const { endpoint, family, possible } of exposures(analysis)) {
    if (openTo(possible, family, 'wide').overlaps(MEANT_FOR_LOAD_BALANCERS)) open.add(endpoint.id);
  }
  return ({ relay, dialled, isGuarded }) =>
    isGuarded ||
    (dialled.isSubsetOf(MEANT_FOR_LOAD_BALANCERS) && relay.entrances.some((entrance) => open.has(entrance)));
}
