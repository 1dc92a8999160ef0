import { ALL, INTERNET } from '#netset';
import type { EndpointId, Gateway, GatewayId, Network, NetworkId, Route, RouteTarget, Subnet } from '#model';
import type { Axis } from './axis.ts';
import { certain, intersectBand, POSSIBLE, SURE, unionBand, type Band } from './band.ts';
import { MOST_INSPECTIONS } from './inspections.ts';
import { longestFirst } from './longest-first.ts';
import type { RowId, RowPool } from './row-pool.ts';

/** What a subnet's route table does with packets of other networks that come in by a transit gateway's interface in it. */
export type Passing = {
  readonly local: Band;
  readonly nat: ReadonlyMap<GatewayId, Band>;
  readonly appliances: ReadonlyMap<EndpointId | GatewayId, RowId>;
  readonly unknown: RowId;
  /** Handed to a transit gateway again. */
  readonly onward: ReadonlyMap<GatewayId, RowId>;
  /** Handed to a gateway that serves the network's own addresses alone. */
  readonly own: RowId;
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
    return this.#after(subnet, 0);
  }

  #after(subnet: Subnet, inspections: number): Passing {
    const key = `${subnet.routeTable} ${subnet.network} ${String(inspections)}`;
    const known = this.#memo.get(key);
    if (known !== undefined) return known;
    const passing = this.#compute(subnet, inspections);
    this.#memo.set(key, passing);
    return passing;
  }

  #compute(subnet: Subnet, inspections: number): Passing {
    const rows = this.#rows;
    const routes = this.#network.routeTables.get(subnet.routeTable)?.routes ?? [];
    let taken = rows.none;
    let passing: Passing = this.#nowhere();
    for (const { route, cidr } of longestFirst(routes, this.#axis.family)) {
      const matched = rows.paint(this.#axis.spansOfCidr(cidr), ALL);
      const left = certain(rows.subtract(matched, taken));
      passing = this.#join(passing, this.#deliver(route, subnet, left, inspections));
      taken = rows.union(taken, matched);
    }
    for (const route of routes) {
      if (route.destination !== undefined) continue;
      const domain = this.#domainOf(route);
      passing = this.#join(
        this.#lessSure(passing, domain),
        this.#deliver(route, subnet, [rows.none, domain], inspections),
      );
    }
    return passing;
  }

  #deliver({ target }: Route, subnet: Subnet, mask: Band, inspections: number): Passing {
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
        return target.except === undefined ? nowhere : { ...nowhere, local: this.#own(target.except, mask) };
      case 'inspected':
        return this.#inspected(target, subnet, mask[POSSIBLE], inspections);
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
        if (gateway?.kind === 'nat')
          return gateway.isAvailable && this.#axis.family === 4
            ? { ...nowhere, nat: new Map([[gateway.id, mask]]) }
            : nowhere;
        return gateway !== undefined && serves(gateway, subnet.network)
          ? { ...nowhere, own: mask[POSSIBLE] }
          : nowhere;
      }
    }
  }

  /** What may go on that something lets through: nothing surely, and for the rest as the tables of its subnets say. */
  #inspected(
    { subnets, mayTranslate }: Extract<RouteTarget, { readonly kind: 'inspected' }>,
    from: Subnet,
    mask: RowId,
    inspections: number,
  ): Passing {
    const rows = this.#rows;
    const nowhere = this.#nowhere();
    const onward = subnets.flatMap((id) => this.#network.subnets.get(id) ?? []);
    const isFollowed =
      inspections < MOST_INSPECTIONS &&
      onward.length > 0 &&
      onward.length === subnets.length &&
      onward.every((next) => next.network === from.network);
    if (!isFollowed) return { ...nowhere, unknown: mask };
    const within = (row: RowId): RowId => rows.intersect(mask, row);
    const maybe = (band: Band): Band => [rows.none, within(band[POSSIBLE])];
    const internet = rows.paint(this.#axis.spansOf(INTERNET), ALL);
    return onward
      .map((next): Passing => {
        const passing = this.#after(next, inspections + 1);
        return {
          local: maybe(passing.local),
          nat: new Map([...passing.nat].map(([id, band]) => [id, maybe(band)])),
          appliances: new Map([...passing.appliances].map(([id, row]) => [id, within(row)])),
          unknown: within(mayTranslate ? rows.union(passing.unknown, internet) : passing.unknown),
          onward: new Map([...passing.onward].map(([id, row]) => [id, within(row)])),
          own: within(passing.own),
        };
      })
      .reduce((sum, passing) => this.#join(sum, passing));
  }

  /** The addresses of an endpoint itself. */
  #own(endpoint: EndpointId, mask: Band): Band {
    const rows = this.#rows;
    const spans = this.#axis.positionsOf(endpoint).map((position) => [position, position + 1] as const);
    return intersectBand(rows, mask, certain(rows.paint(spans, ALL)));
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
      own: rows.none,
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
      own: rows.union(a.own, b.own),
    };
  }
}

/** Whether a gateway takes a network's own packets. */
function serves(gateway: Gateway, network: NetworkId): boolean {
  switch (gateway.kind) {
    case 'peering':
      return gateway.isActive && gateway.sides.includes(network);
    case 'service':
      return gateway.isAvailable && gateway.network === network;
    case 'transit':
      return false;
    case 'internet':
    case 'egress-only':
    case 'outlet':
    case 'nat':
    case 'site':
      return gateway.network === network;
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
