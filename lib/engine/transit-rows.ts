import { ALL } from '#netset';
import type { Attachment, Network, TransitGateway, TransitRoute, TransitTarget } from '#model';
import type { Axis } from './axis.ts';
import { certain, intersectBand, POSSIBLE, unionBand, type Band } from './band.ts';
import { longestFirst } from './longest-first.ts';
import type { RowId, RowPool } from './row-pool.ts';

/** Where packets go that come into a transit gateway by one of its attachments. */
export type Ahead = {
  /** Handed to each attachment of a network, under the attachment's id. */
  readonly networks: ReadonlyMap<string, { readonly attachment: Attachment; readonly row: Band }>;
  /** Leaves the cloud for a private site that may be connected. */
  readonly site: Band;
  /** Goes somewhere that was not read. */
  readonly unknown: RowId;
};

/** The route tables of transit gateways as rows. */
export class TransitRows {
  readonly #network: Network;
  readonly #axis: Axis;
  readonly #rows: RowPool;
  readonly #memo = new Map<string, Ahead>();

  constructor(network: Network, axis: Axis, rows: RowPool) {
    this.#network = network;
    this.#axis = axis;
    this.#rows = rows;
  }

  /** What the table of the attachment does with packets to each address. */
  ahead(gateway: TransitGateway, attachment: Attachment): Ahead {
    return this.#ahead(gateway, attachment, []);
  }

  /** `seen`: the tables that the packet was sent on by before: one that comes back to them goes round until it is lost. */
  #ahead(gateway: TransitGateway, { table, tableUnread }: Attachment, seen: readonly string[]): Ahead {
    const rows = this.#rows;
    if (tableUnread !== undefined) return { ...nowhere(rows), unknown: rows.all };
    const routes = table === undefined ? undefined : gateway.tables.get(table)?.routes;
    if (routes === undefined) return nowhere(rows);
    const key = `${gateway.id} ${table!}`;
    if (seen.includes(key)) return nowhere(rows);
    const known = seen.length === 0 ? this.#memo.get(key) : undefined;
    if (known !== undefined) return known;
    const ahead = this.#compute(gateway, routes, [...seen, key]);
    if (seen.length === 0) this.#memo.set(key, ahead);
    return ahead;
  }

  #compute(gateway: TransitGateway, routes: readonly TransitRoute[], seen: readonly string[]): Ahead {
    const rows = this.#rows;
    let taken = rows.none;
    let ahead = nowhere(rows);
    for (const { route, cidr } of longestFirst(routes, this.#axis.family)) {
      const matched = rows.paint(this.#axis.spansOfCidr(cidr), ALL);
      const mask = rows.subtract(matched, taken);
      ahead = join(rows, ahead, this.#toTarget(gateway, route.target, certain(mask), seen));
      taken = rows.union(taken, matched);
    }
    for (const { destination, target } of routes) {
      if (destination !== undefined) continue;
      // it may take any packet from the others or none
      const perhaps: Band = [rows.none, rows.all];
      ahead = join(rows, within(rows, ahead, perhaps), this.#toTarget(gateway, target, perhaps, seen));
    }
    return ahead;
  }

  #toTarget(gateway: TransitGateway, target: TransitTarget, mask: Band, seen: readonly string[]): Ahead {
    const rows = this.#rows;
    switch (target.kind) {
      case 'blackhole':
        return nowhere(rows);
      case 'unknown':
        return { ...nowhere(rows), unknown: mask[POSSIBLE] };
      case 'attachments': {
        const named = target.attachments.map((id) => gateway.attachments.get(id));
        // equal ways to one site are one way; else which of them is taken is not known
        const isOneWay = named.length === 1 || named.every((each) => each?.to.kind === 'site');
        const each: Band = isOneWay ? mask : [rows.none, mask[POSSIBLE]];
        return named
          .map((attachment) =>
            attachment === undefined ? nowhere(rows) : this.#toAttachment(attachment, each, seen),
          )
          .reduce((sum, one) => join(rows, sum, one), nowhere(rows));
      }
    }
  }

  #toAttachment(attachment: Attachment, mask: Band, seen: readonly string[]): Ahead {
    const rows = this.#rows;
    const { to } = attachment;
    switch (to.kind) {
      case 'network':
        return { ...nowhere(rows), networks: new Map([[attachment.id, { attachment, row: mask }]]) };
      case 'site':
        return { ...nowhere(rows), site: connected(rows, to.site.isConnected, mask) };
      case 'unknown':
        return { ...nowhere(rows), unknown: mask[POSSIBLE] };
      case 'peer': {
        const peer = this.#network.gateways.get(to.gateway);
        const far = peer?.kind === 'transit' ? peer.attachments.get(to.attachment) : undefined;
        if (peer?.kind !== 'transit' || far === undefined)
          throw new Error(`a transit gateway names a peer that the network does not hold: ${to.gateway}`);
        return within(rows, this.#ahead(peer, far, seen), mask);
      }
    }
  }
}

/** What of it leaves by a site, by whether anything is connected there. */
export function connected(rows: RowPool, isConnected: boolean | string, mask: Band): Band {
  if (isConnected === true) return mask;
  return [rows.none, isConnected === false ? rows.none : mask[POSSIBLE]];
}

function nowhere(rows: RowPool): Ahead {
  return { networks: new Map(), site: certain(rows.none), unknown: rows.none };
}

function within(rows: RowPool, { networks, site, unknown }: Ahead, mask: Band): Ahead {
  return {
    networks: new Map(
      [...networks].map(([id, { attachment, row }]) => [
        id,
        { attachment, row: intersectBand(rows, row, mask) },
      ]),
    ),
    site: intersectBand(rows, site, mask),
    unknown: rows.intersect(unknown, mask[POSSIBLE]),
  };
}

function join(rows: RowPool, a: Ahead, b: Ahead): Ahead {
  const networks = new Map(a.networks);
  for (const [id, { attachment, row }] of b.networks) {
    const known = networks.get(id);
    networks.set(id, {
      attachment,
      row: known === undefined ? row : unionBand(rows, known.row, row),
    });
  }
  return {
    networks,
    site: unionBand(rows, a.site, b.site),
    unknown: rows.union(a.unknown, b.unknown),
  };
}
