import {
  idOf,
  type BlindSpotId,
  type Gateway,
  type GatewayId,
  type NetworkId,
  type Route,
  type RouteTable,
  type SiteGateway,
} from '#model';
import type { Draft } from './draft.ts';
import { unknownRoute } from './placeholders.ts';

type InternetGateway = Extract<Gateway, { readonly kind: 'internet' }>;

/**
 * Route tables that are associated with a gateway and steer what comes in by it, mostly to an appliance. One with local
 * routes alone changes nothing.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html
 */
export class EdgeTables {
  readonly #draft: Draft;
  readonly #tables = new Map<GatewayId, RouteTable[]>();

  constructor(draft: Draft) {
    this.#draft = draft;
  }

  claim(gateway: string, table: RouteTable): void {
    const id = idOf<'gateway'>(gateway);
    const known = this.#tables.get(id);
    if (known === undefined) this.#tables.set(id, [table]);
    else known.push(table);
  }

  /** Tells the gateways, once all tables were read. */
  settle(): void {
    for (const gateway of this.#draft.gateways.values()) {
      if (gateway.kind === 'internet' && gateway.network !== undefined) this.#steer(gateway, gateway.network);
    }
    for (const [id, tables] of this.#tables) {
      const steering = tables.find((table) => !isPlain(table));
      if (steering === undefined) continue;
      const gateway = this.#draft.gateways.get(id);
      if (gateway === undefined) this.#openOther(id, steering);
      else if (gateway.kind === 'site') this.#doubt(gateway, steering);
    }
  }

  #steer(gateway: InternetGateway, network: NetworkId): void {
    const [table, ...more] = this.#tables.get(gateway.id) ?? [];
    const unread = this.#draft.homes.get(network)?.unread('DescribeRouteTables');
    const because = more.length > 0 ? this.#contested(gateway) : unread;
    // an association that was read is the only one a gateway may have
    if (table !== undefined && more.length === 0) {
      if (!isPlain(table)) this.#draft.gateways.set(gateway.id, { ...gateway, routeTable: table.id });
    } else if (because !== undefined) {
      this.#draft.gateways.set(gateway.id, {
        ...gateway,
        routeTable: this.#standIn(gateway, network, because),
      });
    }
  }

  #contested({ id, at }: InternetGateway): BlindSpotId {
    return this.#draft.blindSpots.note(`dangling:edge:${id}`, {
      code: 'dangling',
      effect: 'hides-ways',
      what: `more than one route table is associated with ${id}`,
      remedy: 'Collect the account again: something changed while it was read.',
      at,
    });
  }

  /** A table that was not read may hand packets to anything, or to nothing. */
  #standIn({ id, at }: InternetGateway, network: NetworkId, because: BlindSpotId): RouteTable['id'] {
    const table = idOf<'route-table'>(`not-collected:edge:${id}`);
    const home = this.#draft.networks.get(network);
    const local = (home?.cidrs.toCidrs() ?? []).map((destination): Route => ({
      destination,
      target: { kind: 'local' },
      at,
    }));
    const routes = [...local, unknownRoute(table, because, [], at)];
    this.#draft.routeTables.set(table, { id: table, name: table, network, routes, at });
    return table;
  }

  /** What comes in by another kind of gateway is unknown, whatever steers it. */
  #openOther(gateway: GatewayId, table: RouteTable): void {
    const because = this.#noteOther(gateway, table);
    this.#draft.openSideDoor(table.network, `edge:${gateway}`, gateway, because);
  }

  /** Whatever a site sends, answers too, may be handed to something that drops it. */
  #doubt(gateway: SiteGateway, table: RouteTable): void {
    if (gateway.site.isConnected === false) return;
    const isConnected = this.#noteOther(gateway.id, table);
    this.#draft.gateways.set(gateway.id, { ...gateway, site: { ...gateway.site, isConnected } });
  }

  #noteOther(gateway: GatewayId, { id, at }: RouteTable): BlindSpotId {
    return this.#draft.blindSpots.note(`gateway-not-modelled:${gateway}`, {
      code: 'gateway-not-modelled',
      effect: 'hides-ways',
      what: `route table ${id} steers what comes in by ${gateway}; that is not modelled`,
      remedy: '',
      at,
    });
  }
}

function isPlain(table: RouteTable): boolean {
  return table.routes.every(({ target }) => target.kind === 'local');
}
