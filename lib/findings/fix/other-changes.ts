import { cidrHas } from '#netset';
import type { Endpoint, GatewayId, Network, Route, RouteTableId } from '#model';
import type { Finding } from '../finding.ts';
import type { FixChange } from './fix.ts';
import { isSameRoute } from './changed-network.ts';
import { listenersOf } from './listeners.ts';

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

/**
 * Other ways than rules that people choose from, each as the changes that it takes: by which a way of a path goes into another network; by which
 * two networks are joined, or a jewel gets out; that a load balancer answers on a port.
 */
export function alternativesTo(finding: Finding, network: Network): readonly (readonly FixChange[])[] {
  const { path, check, endpoints } = finding;
  if (path !== undefined)
    return oneByOne(
      path.hops.flatMap(({ from, to }) => (from === undefined ? [] : crossingRoutes(from, to, network))),
    );
  if (check === 'egress-from-crown-jewel') {
    const isWayOut = (route: Route): boolean => leadsOut(route, network);
    return oneByOne(endpoints.flatMap((endpoint) => routesFrom(endpoint, network, isWayOut)));
  }
  if (check === 'peering-too-wide') return together(joinRoutes(finding, network));
  return listenersOf(finding, network).map((change) => [change]);
}

/** The routes by which the internet is answered: taking one away ends everything public in its subnets, so that it is for where nothing else helps. */
export function internetRoutesOf(
  { endpoints, path }: Finding,
  network: Network,
): readonly (readonly FixChange[])[] {
  if (path !== undefined) return [];
  const isIt = (route: Route): boolean => kindOf(route, network) === 'internet';
  return oneByOne(endpoints.flatMap((endpoint) => routesFrom(endpoint, network, isIt)));
}

/** Each alone, then all of them. */
function oneByOne(found: readonly RouteChange[]): readonly (readonly RouteChange[])[] {
  const routes = distinct(found);
  return [...routes.map((route) => [route]), ...(routes.length > 1 ? [routes] : [])];
}

function together(found: readonly RouteChange[]): readonly (readonly RouteChange[])[] {
  const routes = distinct(found);
  return routes.length === 0 ? [] : [routes];
}

function distinct(found: readonly RouteChange[]): readonly RouteChange[] {
  return found.filter(({ route }, i) => found.findIndex((each) => isSameRoute(each.route, route)) === i);
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

/** What leads out of a subnet to everywhere, by whatever gateway. */
function leadsOut(route: Route, network: Network): boolean {
  const kind = kindOf(route, network);
  const isGate = kind === 'internet' || kind === 'nat' || kind === 'egress-only' || kind === 'transit';
  return isGate && route.destination?.prefix === 0;
}

/** The routes by which a network answers others over the gateway that joins them. */
function joinRoutes({ endpoints, workload }: Finding, network: Network): RouteChange[] {
  const gateway = workload.id.split(' ')[0] as GatewayId;
  return endpoints.flatMap((endpoint) =>
    routesFrom(endpoint, network, ({ target }) => target.kind === 'gateway' && target.gateway === gateway),
  );
}

function kindOf({ target }: Route, { gateways }: Network): string | undefined {
  return target.kind === 'gateway' ? gateways.get(target.gateway)?.kind : undefined;
}

function routesFrom(
  { kind, subnet }: Endpoint,
  { subnets, routeTables }: Network,
  isWanted: (route: Route) => boolean,
): RouteChange[] {
  // a cluster's routes are nobody's to change
  if (kind === 'workload') return [];
  const table: RouteTableId | undefined = subnets.get(subnet)?.routeTable;
  const routes = (table === undefined ? undefined : routeTables.get(table)?.routes) ?? [];
  return routes.flatMap((route): RouteChange[] =>
    table !== undefined && isWanted(route) ? [{ kind: 'route', table, route }] : [],
  );
}
