import type { Ip } from '#netset';
import type { Network, Route, RouteTableId, Subnet } from '#model';

/** The route that a subnet's table takes for an address. */
export function routeFor(network: Network, subnet: Subnet, ip: Ip): Route | undefined {
  return routeOfTable(network, subnet.routeTable, ip);
}

/** The route that a table takes for an address: longest prefix, then the table's order. `undefined` where none matches. */
export function routeOfTable(network: Network, table: RouteTableId, ip: Ip): Route | undefined {
  let best: Route | undefined;
  for (const route of network.routeTables.get(table)?.routes ?? []) {
    const cidr = route.destination;
    if (cidr === undefined || cidr.family !== ip.family || ip.value < cidr.first || ip.value > cidr.last)
      continue;
    if (best?.destination === undefined || cidr.prefix > best.destination.prefix) best = route;
  }
  return best;
}
