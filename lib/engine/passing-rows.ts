import { ALL, INTERNET } from '#netset';
import type { EndpointId, GatewayId, Network, Route, Subnet } from '#model';
import type { Axis } from './axis.ts';
import { certain, POSSIBLE, SURE, unionBand, type Band } from './band.ts';
import type { RowId, RowPool } from './row-pool.ts';

/** What a subnet's route table does with packets of other networks that come in by a transit gateway's interface in it. */
export type Passing = {
  readonly local: Band;
  readonly nat: ReadonlyMap<GatewayId, Band>;
  readonly appliances: ReadonlyMap<EndpointId | GatewayId, RowId>;
  readonly unknown: RowId;
  /** Handed to a transit gateway again. */
  readonly onward: ReadonlyMap<GatewayId, RowId>;
};

/**
 * The route tables of subnets as they are for packets whose source lies elsewhere. Those go on to NAT gateways, appliances and
 * transit gateways, but by none of the gateways that serve the network's own addresses alone: an internet gateway
 * translates only those, peerings and private gateways take no packets from edge to edge, and a service endpoint is not to be used
 * from outside.
 *
 * https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-nat-igw.html
 * https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
 * https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
 */
export class PassingRows {
  readonly #network: Network;
  readonly #axis: Axis;
  readonly #rows: RowPool;
  readonly #memo = new Map<string, Passing>();

  constructor(network: Network, axis: Axis, rows: RowPool) {
    this.#network = network;
    this.#axis = axis;
    this.#rows = rows;
  }

  of(subnet: Subnet): Passing {
    const key = `${subnet.routeTable} ${subnet.network}`;
    const known = this.#memo.get(key);
    if (known !== undefined) return known;
    const passing = this.#compute(subnet);
    this.#memo.set(key, passing);
    return passing;
  }

  #compute(subnet: Subnet): Passing {
    const rows = this.#rows;
    const routes = this.#network.routeTables.get(subnet.routeTable)?.routes ?? [];
    const byLength = routes
      .flatMap((route) =>
        route.destination?.family === this.#axis.family ? [{ route, cidr: route.destination }] : [],
      )
      .sort((a, b) => b.cidr.prefix - a.cidr.prefix);
    let taken = rows.none;
    let passing: Passing = this.#nowhere();
    for (const { route, cidr } of byLength) {
      const matched = rows.paint(this.#axis.spansOfCidr(cidr), ALL);
      passing = this.#join(passing, this.#deliver(route, subnet, certain(rows.subtract(matched, taken))));
      taken = rows.union(taken, matched);
    }
    for (const route of routes) {
      if (route.destination !== undefined) continue;
      const domain = this.#domainOf(route);
      passing = this.#join(
        this.#lessSure(passing, domain),
        this.#deliver(route, subnet, [rows.none, domain]),
      );
    }
    return passing;
  }

  #deliver({ target }: Route, subnet: Subnet, mask: Band): Passing {
    const rows = this.#rows;
    const nowhere = this.#nowhere();
    switch (target.kind) {
      case 'local': {
        const places = rows.paint(this.#axis.spansOfNetwork(subnet.network), ALL);
        return {
          ...nowhere,
          local: [rows.intersect(mask[SURE], places), rows.intersect(mask[POSSIBLE], places)],
        };
      }
      case 'blackhole':
        return nowhere;
      case 'unknown':
        return {
          ...nowhere,
          unknown: mask[POSSIBLE],
          appliances: new Map(target.appliances.map((id) => [id, mask[POSSIBLE]])),
        };
      case 'gateway': {
        const gateway = this.#network.gateways.get(target.gateway);
        if (gateway?.kind === 'transit')
          return { ...nowhere, onward: new Map([[gateway.id, mask[POSSIBLE]]]) };
        return gateway?.kind === 'nat' && gateway.isAvailable && this.#axis.family === 4
          ? { ...nowhere, nat: new Map([[gateway.id, mask]]) }
          : nowhere;
      }
    }
  }

  /** What a route may take whose destinations are not known. */
  #domainOf({ target }: Route): RowId {
    const gateway = target.kind === 'gateway' ? this.#network.gateways.get(target.gateway) : undefined;
    return gateway?.kind === 'service' ? this.#rows.paint(this.#axis.spansOf(INTERNET), ALL) : this.#rows.all;
  }

  #nowhere(): Passing {
    const rows = this.#rows;
    return {
      local: certain(rows.none),
      nat: new Map(),
      appliances: new Map(),
      unknown: rows.none,
      onward: new Map(),
    };
  }

  #lessSure(passing: Passing, domain: RowId): Passing {
    const less = ([sure, possible]: Band): Band => [this.#rows.subtract(sure, domain), possible];
    return {
      ...passing,
      local: less(passing.local),
      nat: new Map([...passing.nat].map(([id, band]) => [id, less(band)])),
    };
  }

  #join(a: Passing, b: Passing): Passing {
    const rows = this.#rows;
    return {
      local: unionBand(rows, a.local, b.local),
      nat: merged(a.nat, b.nat, (x, y) => unionBand(rows, x, y)),
      appliances: merged(a.appliances, b.appliances, (x, y) => rows.union(x, y)),
      unknown: rows.union(a.unknown, b.unknown),
      onward: merged(a.onward, b.onward, (x, y) => rows.union(x, y)),
    };
  }
}

/** Both maps; where both hold a key, the union of the two. */
export function merged<K, V>(
  a: ReadonlyMap<K, V>,
  b: ReadonlyMap<K, V>,
  union: (x: V, y: V) => V,
): ReadonlyMap<K, V> {
  const all = new Map(a);
  for (const [key, value] of b) {
    const known = all.get(key);
    all.set(key, known === undefined ? value : union(known, value));
  }
  return all;
}
