import type { EndpointId, GatewayId, Network } from '#model';

/** What in a network names something that it does not hold, or has an id that something else has. None for a sound one. */
export function faultsOf(network: Network): string[] {
  const faults: string[] = [];
  const needs = (holds: boolean, what: string): void => {
    if (!holds) faults.push(what);
  };
  const {
    endpoints,
    policies,
    networks,
    subnets,
    routeTables,
    gateways,
    relays,
    blindSpots,
    sideDoors,
    internetUnknown,
  } = network;

  for (const endpoint of endpoints.values()) {
    needs(subnets.has(endpoint.subnet), `${endpoint.id} is in no subnet`);
    needs(networks.has(endpoint.network), `${endpoint.id} is in no network`);
    needs(
      subnets.get(endpoint.subnet)?.network === endpoint.network,
      `${endpoint.id} and its subnet are in different networks`,
    );
    for (const policy of endpoint.policies)
      needs(policies.get(policy)?.kind === 'any-allow', `${endpoint.id} has no policy ${policy}`);
  }
  for (const subnet of subnets.values()) {
    needs(networks.has(subnet.network), `${subnet.id} is in no network`);
    needs(policies.get(subnet.policy)?.kind === 'first-match', `${subnet.id} has no ACL`);
    needs(routeTables.has(subnet.routeTable), `${subnet.id} has no route table`);
    const limit = subnet.publicAccess;
    if (limit !== undefined && [limit.in, limit.out, limit.nat, limit.egressOnly].includes('unknown'))
      needs(
        limit.because !== undefined && blindSpots.has(limit.because),
        `${subnet.id} is closed, perhaps, for nothing`,
      );
  }
  const rules = new Set<string>();
  for (const policy of policies.values()) {
    for (const { id, doubt, selector } of policy.rules) {
      needs(!rules.has(id), `two rules are called ${id}`);
      rules.add(id);
      needs(doubt === undefined || blindSpots.has(doubt), `${id} is in doubt for nothing`);
      if (selector.kind === 'unresolved')
        needs(blindSpots.has(selector.because), `${id} is unresolved for nothing`);
      if (selector.kind === 'group' && selector.beyond !== undefined)
        needs(blindSpots.has(selector.beyond), `${id} reaches beyond nothing`);
    }
  }
  for (const { id, routes } of routeTables.values()) {
    for (const { destination, because, target } of routes) {
      needs(
        destination !== undefined || because !== undefined || target.kind === 'unknown',
        `${id} has a route to anywhere for nothing`,
      );
      needs(because === undefined || blindSpots.has(because), `${id} has a route unread for nothing`);
      if (target.kind === 'gateway')
        needs(gateways.has(target.gateway), `${id} leads to no gateway ${target.gateway}`);
      if (target.kind === 'inspected')
        needs(blindSpots.has(target.because), `${id} is inspected for nothing`);
      if (target.kind === 'blackhole' && target.except !== undefined)
        needs(endpoints.has(target.except), `${id} leads to no interface ${target.except}`);
      if (target.kind !== 'unknown') continue;
      needs(blindSpots.has(target.because), `${id} is unknown for nothing`);
      for (const appliance of target.appliances)
        needs(
          endpoints.has(appliance as EndpointId) || gateways.has(appliance as GatewayId),
          `${id} leads to no appliance ${appliance}`,
        );
    }
  }
  for (const gateway of gateways.values()) {
    if (gateway.kind === 'internet' && gateway.routeTable !== undefined)
      needs(routeTables.has(gateway.routeTable), `${gateway.id} has no route table`);
    if (gateway.kind === 'nat') needs(subnets.has(gateway.subnet), `${gateway.id} is in no subnet`);
    if (gateway.kind === 'peering')
      needs(
        gateway.sides.every((side) => networks.has(side)),
        `${gateway.id} has no side`,
      );
  }
  for (const { network: id, because } of sideDoors) {
    needs(blindSpots.has(because), `a side door of ${id} is unknown for nothing`);
  }
  for (const { id, entrances, listeners, because } of relays.values()) {
    needs(because === undefined || blindSpots.has(because), `${id} is in doubt for nothing`);
    for (const entrance of entrances) needs(endpoints.has(entrance), `${id} has no entrance ${entrance}`);
    for (const { target, doubt } of listeners.flatMap(({ handoffs }) => handoffs)) {
      needs(endpoints.has(target), `${id} hands on to no ${target}`);
      needs(doubt === undefined || blindSpots.has(doubt), `${id} hands on in doubt of nothing`);
    }
  }
  for (const because of internetUnknown.values())
    needs(blindSpots.has(because), 'the internet is unknown for nothing');
  for (const [id, spot] of blindSpots) needs(spot.id === id && spot.what !== '', `${id} says nothing`);
  return faults;
}
