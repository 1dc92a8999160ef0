import { ALL } from '#netset';
import type { EndpointId, Gateway, GatewayId, Network, NetworkId, Route, RouteTableId } from '#model';
import type { Axis } from './axis.ts';
import { certain, unionBand, type Band } from './band.ts';
import type { RowId, RowPool } from './row-pool.ts';

/** Where packets that leave a subnet by a route table end up, each a band that is all or nothing at a position. */
export type Exit = {
  /** Delivered inside the private networks: local routes and peerings. */
  readonly direct: Band;
  /** Handed to an internet gateway of the network. */
  readonly internet: Band;
  /** Handed to an egress-only internet gateway. */
  readonly egressOnly: Band;
  /** Handed to a vendor's service. */
  readonly service: Band;
  /** Handed to each NAT gateway. */
  readonly nat: ReadonlyMap<GatewayId, Band>;
  /** Goes somewhere that is not known. */
  readonly unknown: RowId;
  /** The part of it that goes through each appliance, which may send it on under its own address. */
  readonly appliances: ReadonlyMap<EndpointId | GatewayId, RowId>;
};

const NOWHERE = (rows: RowPool): Exit => ({
  direct: certain(rows.none),
  internet: certain(rows.none),
  egressOnly: certain(rows.none),
  service: certain(rows.none),
  nat: new Map(),
  unknown: rows.none,
  appliances: new Map(),
});

/** Route tables as rows. */
export class RouteRows {
  readonly #network: Network;
  readonly #axis: Axis;
  readonly #rows: RowPool;
  readonly #internet: RowId;
  readonly #memo = new Map<string, Exit>();

  constructor(network: Network, axis: Axis, rows: RowPool) {
    this.#network = network;
    this.#axis = axis;
    this.#rows = rows;
    this.#internet = rows.paint(axis.internet, ALL);
  }

  /** What the table does with packets of a subnet of that network. */
  exitOf(table: RouteTableId, from: NetworkId): Exit {
    const key = `${table} ${from}`;
    const known = this.#memo.get(key);
    if (known !== undefined) return known;
    const exit = this.#compute(table, from);
    this.#memo.set(key, exit);
    return exit;
  }

  #compute(id: RouteTableId, from: NetworkId): Exit {
    const table = this.#network.routeTables.get(id);
    if (table === undefined) throw new Error(`the network names a route table that it does not hold: ${id}`);
    const rows = this.#rows;
    // the longest prefix first; what a route takes, no later one gets
    const byLength = table.routes
      .flatMap((route) =>
        route.destination?.family === this.#axis.family ? [{ route, cidr: route.destination }] : [],
      )
      .sort((a, b) => b.cidr.prefix - a.cidr.prefix);
    let taken = rows.none;
    let exit = NOWHERE(rows);
    for (const { route, cidr } of byLength) {
      const spans = this.#axis.spansOfCidr(cidr);
      const matched = rows.paint(spans, ALL);
      exit = this.#join(exit, this.#deliver(route, from, rows.subtract(matched, taken)));
      taken = rows.union(taken, matched);
    }
    for (const route of table.routes) {
      if (route.destination === undefined) exit = this.#mayDivert(exit, route, from);
    }
    return exit;
  }

  #deliver({ target }: Route, from: NetworkId, mask: RowId): Exit {
    const rows = this.#rows;
    const nowhere = NOWHERE(rows);
    switch (target.kind) {
      case 'local':
        return { ...nowhere, direct: certain(rows.intersect(mask, this.#places(from))) };
      case 'blackhole':
        return nowhere;
      case 'unknown':
        return { ...nowhere, unknown: mask, appliances: new Map(target.appliances.map((id) => [id, mask])) };
      case 'gateway': {
        const gateway = this.#network.gateways.get(target.gateway);
        if (gateway === undefined)
          throw new Error(`a route names a gateway that the network does not hold: ${target.gateway}`);
        return { ...nowhere, ...this.#through(gateway, from, mask) };
      }
    }
  }

  #through(gateway: Gateway, from: NetworkId, mask: RowId): Partial<Exit> {
    const rows = this.#rows;
    switch (gateway.kind) {
      case 'internet':
        return gateway.network === from ? { internet: certain(rows.intersect(mask, this.#internet)) } : {};
      case 'egress-only':
        return gateway.network === from && this.#axis.family === 6
          ? { egressOnly: certain(rows.intersect(mask, this.#internet)) }
          : {};
      case 'service':
        return gateway.network === from && gateway.isAvailable
          ? { service: certain(rows.intersect(mask, this.#internet)) }
          : {};
      case 'nat':
        return gateway.isAvailable && this.#axis.family === 4
          ? { nat: new Map([[gateway.id, certain(mask)]]) }
          : {};
      case 'peering': {
        if (!gateway.isActive || !gateway.sides.includes(from)) return {};
        const other = gateway.sides[0] === from ? gateway.sides[1] : gateway.sides[0];
        const cidrs = this.#network.networks.get(other)?.cidrs;
        if (cidrs === undefined) throw new Error(`a peering names a network that is not held: ${other}`);
        const inside = rows.intersect(this.#places(other), rows.paint(this.#axis.spansOf(cidrs), ALL));
        return { direct: certain(rows.intersect(mask, inside)) };
      }
    }
  }

  /**
   * A route whose destinations are unknown may take any packet from the others or none. One to a vendor's service can only
   * name public addresses.
   */
  #mayDivert(base: Exit, route: Route, from: NetworkId): Exit {
    const rows = this.#rows;
    const { target } = route;
    const gateway = target.kind === 'gateway' ? this.#network.gateways.get(target.gateway) : undefined;
    const domain = gateway?.kind === 'service' ? this.#internet : rows.all;
    const other = this.#deliver(route, from, domain);
    const either = (a: Band, b: Band): Band => [
      rows.union(rows.intersect(a[0], b[0]), rows.subtract(a[0], domain)),
      rows.union(a[1], b[1]),
    ];
    const nats = new Set([...base.nat.keys(), ...other.nat.keys()]);
    const never = certain(rows.none);
    return {
      direct: either(base.direct, other.direct),
      internet: either(base.internet, other.internet),
      egressOnly: either(base.egressOnly, other.egressOnly),
      service: either(base.service, other.service),
      nat: new Map(
        [...nats].map((id) => [id, either(base.nat.get(id) ?? never, other.nat.get(id) ?? never)]),
      ),
      unknown: rows.union(base.unknown, other.unknown),
      appliances: mergeRows(rows, base.appliances, other.appliances),
    };
  }

  #join(a: Exit, b: Exit): Exit {
    const rows = this.#rows;
    const nat = new Map(a.nat);
    for (const [id, band] of b.nat) {
      const known = nat.get(id);
      nat.set(id, known === undefined ? band : unionBand(rows, known, band));
    }
    return {
      direct: unionBand(rows, a.direct, b.direct),
      internet: unionBand(rows, a.internet, b.internet),
      egressOnly: unionBand(rows, a.egressOnly, b.egressOnly),
      service: unionBand(rows, a.service, b.service),
      nat,
      unknown: rows.union(a.unknown, b.unknown),
      appliances: mergeRows(rows, a.appliances, b.appliances),
    };
  }

  #places(network: NetworkId): RowId {
    return this.#rows.paint(this.#axis.spansOfNetwork(network), ALL);
  }
}

function mergeRows(rows: RowPool, a: Exit['appliances'], b: Exit['appliances']): Exit['appliances'] {
  const merged = new Map(a);
  for (const [id, row] of b) merged.set(id, rows.union(merged.get(id) ?? rows.none, row));
  return merged;
}
