import { TransportSet } from '#netset';
import { explain, type Analysis, type End } from '#engine';

/** Why the engine may leave unknown what the oracle is sure of. */
export type Allowance = {
  readonly name: string;
  /** What the explanation must name: the beginning of a blind spot's id. */
  readonly blindSpot: string;
};

/**
 * The engine keeps one row for all ways in and one for all ways back; it matches the two where that decides often, but not
 * everywhere. What is left is unknown, never wrong, and the blind spot that makes the other way unknown is named.
 */
export const ALLOWANCES: readonly Allowance[] = [
  // a call may come by a site, which nobody sees, and its answer would leave by an internet gateway or another site; the list of the
  // subnet does not look at what a transit gateway hands over in it
  { name: 'a site may be the one way in, another gateway the one way back', blindSpot: 'site-not-seen:' },
  // it may be handed back to its own network, and would go nowhere from there
  { name: 'a transit gateway may send it back where it came from', blindSpot: 'route-not-modelled:return:' },
  // an appliance may pass on the call or the answer, and something else stops it
  { name: 'an appliance may pass it on', blindSpot: 'route-not-modelled:eni-' },
  // in appliance mode, or from another zone, a transit gateway takes one of several ways, and each of them is open, one by a NAT gateway
  // and one without: the engine knows each of them as possible
  { name: 'a transit gateway takes one of several ways', blindSpot: 'route-not-modelled:landing:' },
];

/** Why the engine may be sure of a way that the oracle leaves unknown, with what the oracle says of it. */
export const SHARPER: readonly { readonly name: string; readonly said: string }[] = [
  // a rule names a group over a peering, and the packet comes by a transit gateway: AWS tells how such a rule counts by the members'
  // addresses, not by the way, but nowhere that it counts then
  {
    name: 'a group that is named over a peering, by another way',
    said: 'not told: ingress rules of the destination',
  },
];

/** What allows the engine not to know whether this passes; `undefined` if nothing does. */
export function allowanceFor(analysis: Analysis, from: End, to: End, point: number): Allowance | undefined {
  const found = explain(analysis, from, to, TransportSet.point(point));
  if (found === undefined) return undefined;
  // where a filter denies it for sure, nobody is told why else it may not pass
  const isDenied = found.verdict === 'denied' && found.steps.some(({ mark }) => mark === 'unknown');
  const named: readonly string[] = isDenied ? [...analysis.network.blindSpots.keys()] : found.because;
  const isNamed = (start: string): boolean => named.some((id) => id.startsWith(start));
  return ALLOWANCES.find(({ blindSpot }) => isNamed(blindSpot));
}
