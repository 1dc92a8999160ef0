import { ALL, NONE, type SetId } from '#netset';
import type { BlindSpotId, GatewayId, Network, Site, Subnet } from '#model';
import type { Axis } from './axis.ts';
import { certain, intersectBand, POSSIBLE, SURE, unionBand, type Band, type SetBounds } from './band.ts';
import { anyLanding, reachOf, type Arrival, type Crossing } from './crossing.ts';
import type { Behind } from './crossing-rows.ts';
import type { Exit, RouteRows } from './route-rows.ts';
import type { RowId, RowPool } from './row-pool.ts';
import { connected } from './transit-rows.ts';
import { UnseenRows, type Borders, type Source } from './unseen-rows.ts';

/** What of a place's ways through gateways hangs on its own address. Places with equal keys have equal ways. */
export type Stamp = {
  readonly key: string;
  /** By crossing: what the ACL of the subnet by which it gets to the gateway lets in from this address. */
  readonly near: readonly SetBounds[];
  /** What gets to this address from private sites and from what was not read, its own subnet's ACL aside. */
  readonly fromOutside: SetBounds;
  /** The part of it that comes from sites behind transit gateways. */
  readonly overTransit: SetBounds;
  /** The far ends whose packets come out of a gateway in the place's own subnet: its ACL does not see them. */
  readonly skipsAcl: Band;
};

/** Surely from private sites, possibly from whatever lies outside. */
type FromOutside = {
  readonly filtered: Band;
  readonly routed: Band;
  /** What of `filtered` comes over transit gateways. */
  readonly overTransit: Band;
};

/** What leaves for sites, by ACLs and without, and what of that goes over transit gateways, ACLs aside. */
type ToSites = { readonly filtered: Band; readonly routed: Band; readonly overTransit: Band };

/**
 * Transit gateways and private sites: how the ACLs of the subnets in which a gateway stands look at what crosses.
 *
 * Into the gateway, the ACL of its subnet looks at the sender's address, also if the sender stands in that subnet; out of it, at
 * the target's address, but if the target stands in that subnet no ACL looks at all.
 *
 * https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html
 */
export class WideWays {
  readonly #network: Network;
  readonly #axis: Axis;
  readonly #rows: RowPool;
  readonly #routes: RouteRows;
  readonly #borders: Borders;
  readonly #unseen: UnseenRows;
  readonly #isWide: boolean;
  #fromOutside: FromOutside | undefined;
  #plain: Stamp | undefined;

  constructor(network: Network, axis: Axis, rows: RowPool, routes: RouteRows, borders: Borders) {
    this.#network = network;
    this.#axis = axis;
    this.#rows = rows;
    this.#routes = routes;
    this.#borders = borders;
    this.#isWide = [...network.gateways.values()].some(({ kind }) => kind === 'site' || kind === 'transit');
    this.#unseen = new UnseenRows(network, axis, rows, routes, borders, () => this.#sources());
  }

  stampOf(position: number, subnet: Subnet, exit: Exit): Stamp {
    if (!this.#isWide) return (this.#plain ??= this.#noStamp());
    const near = exit.crossings.map((crossing) => this.nearOf(crossing, position));
    const fromOutside = this.#boundsAt(this.#outside().filtered, position);
    const overTransit = this.overTransitTo(position);
    const skipsAcl = this.#unseen.at(position, subnet);
    const key = [...near, fromOutside, overTransit, skipsAcl].join();
    return { key, near, fromOutside, overTransit, skipsAcl };
  }

  /** What gets to a position from sites behind transit gateways, its own subnet's ACL aside. */
  overTransitTo(position: number): SetBounds {
    return this.#isWide ? this.#boundsAt(this.#outside().overTransit, position) : certain(NONE);
  }

  #boundsAt(band: Band, position: number): SetBounds {
    return [this.#rows.at(band[SURE], position), this.#rows.at(band[POSSIBLE], position)];
  }

  /**
   * Of the answers that a place lets in, those that get to it: a site behind a transit gateway needs a route of its own to the place,
   * which the VPN of a network itself always has.
   */
  answered(incoming: Band, { overTransit: sent }: ToSites, back: SetBounds): Band {
    const rows = this.#rows;
    const everywhere = rows.paint([[0, this.#axis.length]], ALL);
    const only = (row: RowId, part: RowId, set: SetId): RowId =>
      set === ALL || part === rows.none
        ? row
        : rows.intersect(
            row,
            rows.union(
              rows.subtract(everywhere, part),
              rows.intersect(part, rows.paint([[0, this.#axis.length]], set)),
            ),
          );
    return [
      only(incoming[SURE], sent[POSSIBLE], back[SURE]),
      only(incoming[POSSIBLE], sent[SURE], back[POSSIBLE]),
    ];
  }

  /**
   * The far ends whose answers the subnet's own ACL does not see. Answers come the way that the call went: from outside over a gateway
   * in the subnet only if the call left by one.
   */
  answersUnseen({ skipsAcl }: Stamp, { overTransit }: ToSites, { unknown }: Exit): Band {
    const rows = this.#rows;
    if (skipsAcl[POSSIBLE] === rows.none) return skipsAcl;
    const known = rows.paint([this.#axis.known], ALL);
    return intersectBand(rows, skipsAcl, [
      rows.union(known, overTransit[SURE]),
      rows.union(known, rows.union(overTransit[POSSIBLE], unknown)),
    ]);
  }

  /** What the ACL of a crossing's first subnet lets in from an address. */
  nearOf({ entries }: Crossing, position: number): SetBounds {
    const { sets } = this.#rows;
    const lets = entries.map((entry) => this.#borders.acl(entry, 'ingress'));
    const at = (bound: 0 | 1): SetId[] => lets.map((band) => this.#rows.at(band[bound], position));
    return [
      at(SURE).reduce((sum, set) => sets.intersect(sum, set), ALL),
      at(POSSIBLE).reduce((sum, set) => sets.union(sum, set), NONE),
    ];
  }

  /** What goes out by transit gateways to places in networks, by ACLs and without. */
  sent({ crossings }: Exit, near: readonly SetBounds[]): { readonly filtered: Band; readonly routed: Band } {
    const rows = this.#rows;
    let filtered: Band = certain(rows.none);
    let routed: Band = certain(rows.none);
    crossings.forEach((crossing, i) => {
      routed = unionBand(rows, routed, reachOf(rows, crossing));
      for (const arrival of crossing.arrivals)
        filtered = unionBand(rows, filtered, this.#limit(this.#landed(arrival), near[i]!));
    });
    return { filtered, routed };
  }

  /** What leaves the cloud for private sites, by ACLs and without. Sites may hand it on to any network that they reach. */
  sentToSites(exit: Exit, near: readonly SetBounds[]): ToSites {
    const rows = this.#rows;
    const never = certain(rows.none);
    if (!this.#isWide) return { filtered: never, routed: never, overTransit: never };
    const { routed: reached } = this.#outside();
    const outside = rows.paint([this.#axis.outside], ALL);
    const beyond: Band = [outside, rows.union(outside, reached[POSSIBLE])];
    const out = (limit: (band: Band, i: number) => Band): Band =>
      exit.crossings
        .map((crossing, i) => limit(crossing.site, i))
        .reduce((sum, band) => unionBand(rows, sum, band), exit.site);
    return {
      filtered: intersectBand(
        rows,
        out((band, i) => this.#limit(band, near[i]!)),
        beyond,
      ),
      routed: intersectBand(
        rows,
        out((band) => band),
        beyond,
      ),
      overTransit: intersectBand(
        rows,
        exit.crossings.reduce((sum, { site }) => unionBand(rows, sum, site), never),
        certain(outside),
      ),
    };
  }

  /** Whether anything from outside is routed to a position at all. */
  reachesFromOutside(position: number, bound: 0 | 1): boolean {
    return this.#isWide && this.#rows.at(this.#outside().routed[bound], position) !== NONE;
  }

  #noStamp(): Stamp {
    const nothing = certain(NONE);
    return {
      key: '',
      near: [],
      fromOutside: nothing,
      overTransit: nothing,
      skipsAcl: certain(this.#rows.none),
    };
  }

  #limit(band: Band, [sure, possible]: SetBounds): Band {
    const rows = this.#rows;
    const everywhere = (set: SetId): RowId =>
      set === ALL ? rows.all : rows.paint([[0, this.#axis.length]], set);
    return intersectBand(rows, band, [everywhere(sure), everywhere(possible)]);
  }

  /** What an arrival delivers, by the ACLs of the subnets that it may come in by. */
  #landed({ landings }: Arrival): Band {
    const rows = this.#rows;
    return anyLanding(rows, landings, ({ subnet, local }) =>
      intersectBand(rows, local, this.#borders.border(subnet, 'egress')),
    );
  }

  #outside(): FromOutside {
    if (this.#fromOutside !== undefined) return this.#fromOutside;
    const rows = this.#rows;
    let filtered: Band = certain(rows.none);
    let routed: Band = certain(rows.none);
    for (const { isSure, behind } of this.#sources()) {
      const as = (band: Band): Band => (isSure ? band : [rows.none, band[POSSIBLE]]);
      for (const arrival of behind.arrivals) {
        filtered = unionBand(rows, filtered, as(this.#landed(arrival)));
        routed = unionBand(rows, routed, as(anyLanding(rows, arrival.landings, ({ local }) => local)));
      }
      const lost: Band = [rows.none, rows.intersect(behind.unknown, rows.paint([this.#axis.known], ALL))];
      filtered = unionBand(rows, filtered, lost);
      routed = unionBand(rows, routed, lost);
    }
    const overTransit = filtered;
    for (const gateway of this.#network.gateways.values()) {
      if (gateway.kind !== 'site') continue;
      const places = certain(rows.paint(this.#axis.spansOfNetwork(gateway.network), ALL));
      const reached = connected(rows, gateway.site.isConnected, places);
      filtered = unionBand(rows, filtered, reached);
      routed = unionBand(rows, routed, reached);
    }
    this.#fromOutside = { filtered, routed, overTransit };
    return this.#fromOutside;
  }

  /** The attachments by which something comes in that is no known network. */
  #sources(): readonly Source[] {
    return [...this.#network.gateways.values()].flatMap((gateway) =>
      gateway.kind !== 'transit'
        ? []
        : [...gateway.attachments.values()].flatMap((attachment) => {
            const { to } = attachment;
            const isConnected = to.kind === 'site' ? to.site.isConnected : to.kind === 'unknown';
            if (isConnected === false) return [];
            return {
              isSure: to.kind === 'site' && isConnected === true,
              behind: this.#routes.crossings.inBy(gateway, attachment),
            };
          }),
    );
  }

  /** The gateways by which something may come from outside to a position, each with what is not known of it. */
  into(position: number): { readonly gateway: GatewayId; readonly doubts: readonly BlindSpotId[] }[] {
    if (!this.reachesFromOutside(position, POSSIBLE)) return [];
    const place = this.#axis.places[position]!;
    return [...this.#network.gateways.values()].flatMap((gateway) => {
      if (gateway.kind === 'site')
        return gateway.network === place.network && gateway.site.isConnected !== false
          ? [{ gateway: gateway.id, doubts: doubtsOfSite(gateway.site) }]
          : [];
      if (gateway.kind !== 'transit') return [];
      const doubts = [...gateway.attachments.values()].flatMap((attachment): BlindSpotId[] => {
        const { to } = attachment;
        if (to.kind !== 'site' && to.kind !== 'unknown') return [];
        const behind = this.#routes.crossings.inBy(gateway, attachment);
        if (!this.#reaches(behind, position)) return [];
        return to.kind === 'unknown' ? [to.because] : doubtsOfSite(to.site);
      });
      return doubts.length === 0 ? [] : [{ gateway: gateway.id, doubts }];
    });
  }

  #reaches({ arrivals, unknown }: Behind, position: number): boolean {
    const rows = this.#rows;
    return (
      rows.at(unknown, position) !== NONE ||
      arrivals.some(({ landings }) =>
        landings.some(({ local }) => rows.at(local[POSSIBLE], position) !== NONE),
      )
    );
  }
}

/** What nobody can see of a site. */
export function doubtsOfSite({ isConnected, beyond }: Site): BlindSpotId[] {
  return [...(typeof isConnected === 'string' ? [isConnected] : []), beyond];
}
