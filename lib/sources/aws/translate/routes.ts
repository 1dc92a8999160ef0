import type { Cidr } from '#netset';
import type { BlindSpotId, Route } from '#model';
import type { Place } from './place.ts';
import type { PrefixLists } from './prefix-lists.ts';
import type { RouteTargets } from './route-targets.ts';
import type { Target } from './target.ts';

export type RouteReader = { readonly targets: RouteTargets; readonly lists: PrefixLists };

type RankedRoute = { readonly rank: number; readonly route: Route };

/** Which of two routes to the same block AWS takes: the lower. https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html */
const RANK = { local: 0, static: 1, prefixList: 2, propagated: 3 } as const;

/**
 * The routes of a table, the preferred of equal ones first. What a private gateway announces of the network's own blocks takes
 * nothing from the local routes, however long its prefix.
 *
 * https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html
 */
export function routesOf(
  places: readonly Place[],
  network: string,
  target: Target,
  reader: RouteReader,
): Route[] {
  const ranked = places.flatMap((place) => readRoute(place, network, target, reader));
  const local = ranked.flatMap(({ rank, route: { destination } }) =>
    rank === RANK.local && destination !== undefined ? [destination] : [],
  );
  return ranked
    .filter(({ rank, route }) => rank !== RANK.propagated || !isWithinAny(route.destination, local))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ route }) => route);
}

function isWithinAny(destination: Cidr | undefined, blocks: readonly Cidr[]): boolean {
  return (
    destination !== undefined &&
    blocks.some(
      ({ family, first, last }) =>
        family === destination.family && first <= destination.first && destination.last <= last,
    )
  );
}

/** A prefix list is a route for each of its entries; a destination that cannot be read may be any. */
function readRoute(place: Place, network: string, target: Target, reader: RouteReader): RankedRoute[] {
  const leads = reader.targets.of(place, network, target);
  const at = place.ref(
    leads.kind === 'gateway' ? leads.gateway : leads.kind === 'local' ? 'local' : leads.text,
  );
  const routeTo = (destination: Cidr): Route => ({ destination, target: leads, at });
  const routeAnywhere = (because: BlindSpotId): Route => ({
    destination: undefined,
    because,
    target: leads,
    at,
  });
  const rank =
    leads.kind === 'local'
      ? RANK.local
      : place.raw('Origin') === 'EnableVgwRoutePropagation'
        ? RANK.propagated
        : RANK.static;

  const list = place.text('DestinationPrefixListId');
  if (list !== undefined) {
    const read = reader.lists.of(list, target);
    const routes =
      read.cidrs === undefined
        ? [routeAnywhere(read.because)]
        : read.cidrs.map((cidr): Route => ({ ...routeTo(cidr), list }));
    return routes.map((route) => ({ rank: Math.max(rank, RANK.prefixList), route }));
  }
  const cidr = place.cidr('DestinationCidrBlock') ?? place.cidr('DestinationIpv6CidrBlock');
  if (cidr !== undefined) return [{ rank, route: routeTo(cidr) }];
  return [{ rank, route: routeAnywhere(place.odd('DestinationCidrBlock', 'a CIDR block')) }];
}
