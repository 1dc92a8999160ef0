import { cidrHas } from '#netset';
import type { Endpoint, Network, Route, RouteTableId } from '#model';
import type { Finding } from '../finding.ts';
import type { FixChange } from './fix.ts';

/** A group of its own for what carries a group that everything joins which is launched without a choice. */
export function ownGroups({ endpoints }: Finding, { policies }: Network): readonly FixChange[] {
  const carried = new Set(endpoints.flatMap((endpoint) => endpoint.policies));
  return [...carried].flatMap((id): FixChange[] => {
    const policy = policies.get(id);
    if (policy?.kind !== 'any-allow' || !policy.isDefault) return [];
    return [
      {
        kind: 'group',
        policy: id,
        endpoints: endpoints.filter((endpoint) => endpoint.policies.includes(id)),
      },
    ];
  });
}

type RouteChange = Extract<FixChange, { kind: 'route' }>;

/** Routes that may be taken away: those by which a way of a path goes into another network, or what the internet answers by. */
export function routesOf({ path, endpoints }: Finding, network: Network): readonly RouteChange[] {
  const found =
    path === undefined
      ? endpoints.flatMap((endpoint) => internetRoutes(endpoint, network))
      : path.hops.flatMap(({ from, to }) => (from === undefined ? [] : crossingRoutes(from, to, network)));
  const seen = new Set<Route>();
  return found.filter(({ route }) => seen.size < seen.add(route).size);
}

function internetRoutes(endpoint: Endpoint, network: Network): RouteChange[] {
  return routesFrom(endpoint, network, (route) => kindOf(route, network) === 'internet');
}

function crossingRoutes(from: Endpoint, to: Endpoint, network: Network): RouteChange[] {
  if (from.network === to.network) return [];
  return routesFrom(from, network, (route) => {
    const { destination } = route;
    const kind = kindOf(route, network);
    return (
      (kind === 'peering' || kind === 'transit') &&
      destination !== undefined &&
      to.addresses.some(({ first }) => cidrHas(destination, first))
    );
  });
}

function kindOf({ target }: Route, { gateways }: Network): string | undefined {
  return target.kind === 'gateway' ? gateways.get(target.gateway)?.kind : undefined;
}

/** One route at the vendor's may be several here, by a list of blocks: that is left alone. */
function routesFrom(
  { subnet }: Endpoint,
  { subnets, routeTables }: Network,
  isWanted: (route: Route) => boolean,
): RouteChange[] {
  const table: RouteTableId | undefined = subnets.get(subnet)?.routeTable;
  const routes = (table === undefined ? undefined : routeTables.get(table)?.routes) ?? [];
  return routes.flatMap((route): RouteChange[] =>
    table !== undefined && isWanted(route) && routes.filter(({ at }) => at === route.at).length === 1
      ? [{ kind: 'route', table, route }]
      : [],
  );
}
