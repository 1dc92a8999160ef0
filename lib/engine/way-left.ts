import type { Endpoint, HostId } from '#model';
import { POSSIBLE } from './band.ts';
import type { PathHop } from './path-hop.ts';
import type { HostGraph, Path } from './paths.ts';

/** Hosts whose ways in are looked up before it is cheaper to look at all from the front. */
const MOST_HOSTS = 12;

/**
 * A way by which a host still may fall to the internet once some endpoints were edited; `undefined` if there is none.
 *
 * Looked for from its end: whatever a host falls by that no edit touched, it still falls by. In a network where much leads everywhere that is
 * found after a few hosts, where a search from the front visits all.
 */
export function wayLeft(
  before: HostGraph,
  after: HostGraph,
  target: HostId,
  isTouched: (endpoint: Endpoint) => boolean,
): readonly [PathHop, ...PathHop[]] | undefined {
  const start = { kind: 'internet' } as const;
  const untouched = (host: HostId): Path['hops'] | undefined => {
    const hops = before.shortestTo(start, host)?.hops;
    const isEdited = hops?.some(({ from, to }) => isTouched(to) || (from !== undefined && isTouched(from)));
    return isEdited === true ? undefined : hops;
  };
  const known = untouched(target);
  if (known !== undefined) return known;
  const tails = new Map<HostId, readonly PathHop[]>([[target, []]]);
  let looked = 0;
  for (const [host, tail] of tails) {
    if ((looked += 1) > MOST_HOSTS) return after.shortestTo(start, target)?.hops;
    for (const steps of after.stepsBetween(host, POSSIBLE)) {
      const source = steps[0].from!.host;
      const way: Path['hops'] = [...steps, ...tail];
      if (tails.has(source)) continue;
      const first = untouched(source);
      if (first !== undefined) return [...first, ...way];
      tails.set(source, way);
    }
  }
  for (const [host, tail] of tails) {
    const [steps] = after.stepsFromInternet(host, POSSIBLE);
    if (steps !== undefined) return [...steps, ...tail];
  }
  return undefined;
}
