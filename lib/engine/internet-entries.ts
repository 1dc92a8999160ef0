import { ALL, type Ip } from '#netset';
import type { Gateway, Network, NetworkId, Route, Subnet } from '#model';
import type { Axis } from './axis.ts';
import { POSSIBLE, SURE, type Band, type Bounds } from './band.ts';
import { routeOfTable } from './route-for.ts';
import type { RouteRows } from './route-rows.ts';
import type { RowId, RowPool } from './row-pool.ts';

type InternetGateway = Extract<Gateway, { readonly kind: 'internet' }>;

/**
 * Whether what the internet sends to a subnet gets there, and back to it: an internet gateway may have a route table of its
 * own that hands it to an appliance, and the vendor may let an account close its gateways (`Subnet.publicAccess`).
 */
export class InternetEntries {
  readonly #axis: Axis;
  readonly #rows: RowPool;
  readonly #routes: RouteRows;
  readonly #gateways = new Map<NetworkId, InternetGateway[]>();
  readonly #network: Network;
  readonly #memo = new Map<Subnet, Bounds<boolean> | undefined>();

  constructor(network: Network, axis: Axis, rows: RowPool, routes: RouteRows) {
    this.#network = network;
    this.#axis = axis;
    this.#rows = rows;
    this.#routes = routes;
    for (const gateway of network.gateways.values()) {
      if (gateway.kind !== 'internet' || gateway.network === undefined) continue;
      const known = this.#gateways.get(gateway.network);
      if (known === undefined) this.#gateways.set(gateway.network, [gateway]);
      else known.push(gateway);
    }
  }

  isAttached(network: NetworkId): boolean {
    return this.#gateways.has(network);
  }

  /** Whether new connections from the internet come in. `isUnread`: whether there is a gateway was not read. */
  of(subnet: Subnet, isUnread: boolean): Bounds<boolean> {
    const steered = this.#steered(subnet);
    const entry: Bounds<boolean> = [steered?.[SURE] === true, steered?.[POSSIBLE] === true || isUnread];
    switch (subnet.publicAccess?.in) {
      case 'closed':
        return [false, false];
      case 'unknown':
        return [false, entry[POSSIBLE]];
      case 'open':
      case undefined:
        return entry;
    }
  }

  /** Of what may come back into the subnet, what is left if answers that come by an internet gateway are steered elsewhere. */
  answers(subnet: Subnet, incoming: Band, byInternet: Band): Band {
    const steered = this.#steered(subnet);
    const less = (row: RowId, part: RowId, isKept: boolean): RowId =>
      isKept ? row : this.#rows.subtract(row, part);
    return [
      less(incoming[SURE], byInternet[POSSIBLE], steered?.[SURE] !== false),
      less(incoming[POSSIBLE], byInternet[SURE], steered?.[POSSIBLE] !== false),
    ];
  }

  /** The routes of the gateways' own tables that steer what comes in for an address, and those that may. */
  routesTo(subnet: Subnet, ip: Ip): readonly Route[] {
    return (this.#gateways.get(subnet.network) ?? []).flatMap(({ routeTable }) => {
      if (routeTable === undefined) return [];
      const taken = routeOfTable(this.#network, routeTable, ip);
      const routes = this.#network.routeTables.get(routeTable)?.routes ?? [];
      return routes.filter((route) => route === taken || route.destination === undefined);
    });
  }

  #steered(subnet: Subnet): Bounds<boolean> | undefined {
    if (this.#memo.has(subnet)) return this.#memo.get(subnet);
    const entries = (this.#gateways.get(subnet.network) ?? []).map((gateway) =>
      this.#through(gateway, subnet),
    );
    const steered: Bounds<boolean> | undefined =
      entries.length === 0
        ? undefined
        : [entries.every((entry) => entry[SURE]), entries.some((entry) => entry[POSSIBLE])];
    this.#memo.set(subnet, steered);
    return steered;
  }

  /** Surely, if all of the subnet is delivered to; possibly, if any of it may be. */
  #through({ routeTable }: InternetGateway, subnet: Subnet): Bounds<boolean> {
    if (routeTable === undefined) return [true, true];
    const rows = this.#rows;
    const own = rows.paint(this.#axis.spansOfSubnet(subnet.id), ALL);
    const { direct, unknown } = this.#routes.exitOf({ ...subnet, routeTable });
    const missing = rows.subtract(own, direct[SURE]);
    const arriving = rows.intersect(own, rows.union(direct[POSSIBLE], unknown));
    return [missing === rows.none, arriving !== rows.none || own === rows.none];
  }
}
