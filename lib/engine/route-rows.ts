import { ALL } from '#netset';
import type {
  EndpointId,
  Gateway,
  GatewayId,
  Network,
  NetworkId,
  Route,
  RouteTable,
  RouteTarget,
  Subnet,
  TransitGateway,
} from '#model';
import type { Axis } from './axis.ts';
import { certain, unionBand, type Band } from './band.ts';
import { narrowed, type Crossing } from './crossing.ts';
import { CrossingRows } from './crossing-rows.ts';
import { MOST_INSPECTIONS } from './inspections.ts';
import { longestFirst } from './longest-first.ts';
import { merged } from './passing-rows.ts';
import { connected } from './transit-rows.ts';
import type { RowId, RowPool } from './row-pool.ts';

/** Where packets that leave a subnet by a route table end up, each a band that is all or nothing at a position. */
export type Exit = {
  /** Delivered inside the private networks: local routes and peerings. */
  readonly direct: Band;
  /** Handed to an internet gateway of the network. */
  readonly internet: Band;
  /** Handed to an egress-only internet gateway. */
  readonly egressOnly: Band;
  /** Handed to a vendor's service, or to an outlet. */
  readonly service: Band;
  /** Handed to each NAT gateway. */
  readonly nat: ReadonlyMap<GatewayId, Band>;
  /** Handed to a private site outside the cloud. */
  readonly site: Band;
  /** Handed to transit gateways. */
  readonly crossings: readonly Crossing[];
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
  site: certain(rows.none),
  crossings: [],
  unknown: rows.none,
  appliances: new Map(),
});

/** Route tables as rows. */
export class RouteRows {
  readonly #network: Network;
  readonly #axis: Axis;
  readonly #rows: RowPool;
  readonly #internet: RowId;
  readonly #known: RowId;
  readonly #memo = new Map<string, Exit>();
  readonly #bySubnet = new Map<Subnet, Exit>();
  readonly crossings: CrossingRows;

  constructor(network: Network, axis: Axis, rows: RowPool) {
    this.#network = network;
    this.#axis = axis;
    this.#rows = rows;
    this.#internet = rows.paint(axis.internet, ALL);
    this.#known = rows.paint([axis.known], ALL);
    this.crossings = new CrossingRows(network, axis, rows);
  }

  /** What a subnet's table does with its packets. */
  exitOf(subnet: Subnet): Exit {
    let exit = this.#bySubnet.get(subnet);
    if (exit === undefined) this.#bySubnet.set(subnet, (exit = this.#exitAfter(subnet, 0)));
    return exit;
  }

  #exitAfter(subnet: Subnet, inspections: number): Exit {
    const table = this.#network.routeTables.get(subnet.routeTable);
    if (table === undefined)
      throw new Error(`the network names a route table that it does not hold: ${subnet.routeTable}`);
    // what a transit gateway takes depends on the zone, and on whether it stands in the subnet itself
    const isCrossing = table.routes.some((route) => this.#transitOf(route) !== undefined);
    const key = `${table.id} ${subnet.network} ${String(inspections)} ${isCrossing ? this.crossings.keyOf(subnet) : ''}`;
    const known = this.#memo.get(key);
    if (known !== undefined) return known;
    const exit = this.#join(
      { ...NOWHERE(this.#rows), direct: certain(this.#unaddressed(subnet.network)) },
      this.#compute(table, subnet, inspections),
    );
    this.#memo.set(key, exit);
    return exit;
  }

  #compute(table: RouteTable, from: Subnet, inspections: number): Exit {
    const rows = this.#rows;
    let taken = rows.none;
    let exit = NOWHERE(rows);
    // many routes may lead to one transit gateway; what it does with them all is looked at once
    const handed = new Map<TransitGateway, RowId>();
    for (const { route, cidr } of longestFirst(table.routes, this.#axis.family)) {
      const spans = this.#axis.spansOfCidr(cidr);
      const matched = rows.paint(spans, ALL);
      const mask = rows.subtract(matched, taken);
      const transit = this.#transitOf(route);
      if (transit === undefined)
        exit = this.#join(exit, this.#deliver(route.target, from, mask, inspections));
      else handed.set(transit, rows.union(handed.get(transit) ?? rows.none, mask));
      taken = rows.union(taken, matched);
    }
    for (const [gateway, mask] of handed)
      exit = this.#join(exit, { ...NOWHERE(rows), ...this.#through(gateway, from, mask) });
    for (const route of table.routes) {
      if (route.destination === undefined) exit = this.#mayDivert(exit, route, from, inspections);
    }
    return exit;
  }

  #transitOf({ target }: Route): TransitGateway | undefined {
    const gateway = target.kind === 'gateway' ? this.#network.gateways.get(target.gateway) : undefined;
    return gateway?.kind === 'transit' ? gateway : undefined;
  }

  #deliver(target: RouteTarget, from: Subnet, mask: RowId, inspections: number): Exit {
    const rows = this.#rows;
    const nowhere = NOWHERE(rows);
    switch (target.kind) {
      case 'local':
        return { ...nowhere, direct: certain(rows.intersect(mask, this.#places(from.network))) };
      case 'blackhole':
        return target.except === undefined
          ? nowhere
          : { ...nowhere, direct: certain(rows.intersect(mask, this.#placesOf(target.except))) };
      case 'inspected':
        return this.#inspected(target, from, mask, inspections);
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

  #through(gateway: Gateway, subnet: Subnet, mask: RowId): Partial<Exit> {
    const rows = this.#rows;
    const from = subnet.network;
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
      case 'outlet':
        return gateway.network === from ? { service: certain(rows.subtract(mask, this.#known)) } : {};
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
      case 'site':
        return gateway.network === from
          ? { site: connected(rows, gateway.site.isConnected, certain(mask)) }
          : {};
      case 'transit': {
        const taken = this.crossings.from(gateway, subnet, certain(mask));
        if (taken === undefined) return {};
        const { crossing, behind } = taken;
        return { crossings: [crossing], unknown: behind.unknown, appliances: behind.appliances };
      }
    }
  }

  /** Where packets may end up that something lets through: nothing surely, and for the rest as the tables of its subnets say. */
  #inspected(
    { subnets, mayTranslate }: Extract<RouteTarget, { readonly kind: 'inspected' }>,
    from: Subnet,
    mask: RowId,
    inspections: number,
  ): Exit {
    const rows = this.#rows;
    const onward = subnets.map((id) => this.#network.subnets.get(id));
    const isFollowed =
      inspections < MOST_INSPECTIONS &&
      onward.length > 0 &&
      onward.every((subnet) => subnet?.network === from.network);
    if (!isFollowed) return { ...NOWHERE(rows), unknown: mask };
    const within = (row: RowId): RowId => rows.intersect(mask, row);
    const maybe = (band: Band): Band => [rows.none, within(band[1])];
    return onward
      .map((subnet): Exit => {
        const exit = this.#exitAfter(subnet!, inspections + 1);
        const own = rows.paint(this.#axis.spansOfSubnet(subnet!.id), ALL);
        return {
          direct: maybe(unionBand(rows, exit.direct, certain(own))),
          internet: maybe(exit.internet),
          egressOnly: maybe(exit.egressOnly),
          service: maybe(exit.service),
          nat: new Map([...exit.nat].map(([id, band]) => [id, maybe(band)])),
          site: maybe(exit.site),
          crossings: exit.crossings.map((one) => narrowed(rows, one, [rows.none, mask])),
          unknown: within(mayTranslate ? rows.union(exit.unknown, this.#internet) : exit.unknown),
          appliances: new Map([...exit.appliances].map(([id, row]) => [id, within(row)])),
        };
      })
      .reduce((sum, exit) => this.#join(sum, exit));
  }

  /**
   * A route whose destinations are unknown may take any packet from the others or none. One to a vendor's service can only
   * name public addresses.
   */
  #mayDivert(base: Exit, route: Route, from: Subnet, inspections: number): Exit {
    const rows = this.#rows;
    const { target } = route;
    const gateway = target.kind === 'gateway' ? this.#network.gateways.get(target.gateway) : undefined;
    const domain = gateway?.kind === 'service' ? this.#internet : rows.all;
    const other = this.#deliver(target, from, domain, inspections);
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
      site: either(base.site, other.site),
      crossings: [
        ...base.crossings.map((one) => narrowed(rows, one, [rows.subtract(rows.all, domain), rows.all])),
        ...other.crossings.map((one) => narrowed(rows, one, [rows.none, rows.all])),
      ],
      unknown: rows.union(base.unknown, other.unknown),
      appliances: merged(base.appliances, other.appliances, (x, y) => rows.union(x, y)),
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
      site: unionBand(rows, a.site, b.site),
      crossings: [...a.crossings, ...b.crossings],
      unknown: rows.union(a.unknown, b.unknown),
      appliances: merged(a.appliances, b.appliances, (x, y) => rows.union(x, y)),
    };
  }

  #placesOf(endpoint: EndpointId): RowId {
    const spans = this.#axis.positionsOf(endpoint).map((position) => [position, position + 1] as const);
    return this.#rows.paint(spans, ALL);
  }

  /** The places of a network that no route can name: they are delivered to from everywhere in it. */
  #unaddressed(network: NetworkId): RowId {
    return this.#rows.paint(this.#axis.unaddressedOf(network), ALL);
  }

  #places(network: NetworkId): RowId {
    return this.#rows.paint(this.#axis.spansOfNetwork(network), ALL);
  }
}
