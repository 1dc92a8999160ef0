import { ALL, NONE } from '#netset';
import type { Network, Subnet, SubnetId } from '#model';
import type { Axis } from './axis.ts';
import { certain, POSSIBLE, SURE, unionBand, type Band } from './band.ts';
import type { Arrival } from './crossing.ts';
import type { Behind } from './crossing-rows.ts';
import type { RouteRows } from './route-rows.ts';
import type { RowId, RowPool, Span } from './row-pool.ts';

export type Borders = {
  /** What the subnet's ACL lets through, whoever asks. */
  readonly acl: (subnet: SubnetId, direction: 'ingress' | 'egress') => Band;
  /** The same for what comes from elsewhere; everything within the subnet itself. */
  readonly border: (subnet: SubnetId, direction: 'ingress' | 'egress') => Band;
};

/** One way out of a gateway, by these subnets, and the places from which packets come by it. */
type Landed = { readonly landings: Arrival['landings']; readonly isSure: boolean; readonly from: RowId };

/** An attachment by which something comes in that is no known network, and whether it surely does. */
export type Source = { readonly isSure: boolean; readonly behind: Behind };

/**
 * The far ends that the ACL of a subnet does not see, as their packets come out of a transit gateway that stands in it.
 *
 * https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html
 */
export class UnseenRows {
  readonly #network: Network;
  readonly #axis: Axis;
  readonly #rows: RowPool;
  readonly #routes: RouteRows;
  readonly #borders: Borders;
  readonly #sources: () => readonly Source[];
  /** The subnets in which a transit gateway stands. */
  readonly #stands: ReadonlySet<SubnetId>;
  #landings: ReadonlyMap<SubnetId, readonly Landed[]> | undefined;

  constructor(
    network: Network,
    axis: Axis,
    rows: RowPool,
    routes: RouteRows,
    borders: Borders,
    sources: () => readonly Source[],
  ) {
    this.#network = network;
    this.#axis = axis;
    this.#rows = rows;
    this.#routes = routes;
    this.#borders = borders;
    this.#sources = sources;
    this.#stands = new Set(
      [...network.gateways.values()].flatMap((gateway) =>
        gateway.kind === 'transit'
          ? [...gateway.attachments.values()].flatMap(({ to }) => (to.kind === 'network' ? to.subnets : []))
          : [],
      ),
    );
  }

  /** Who gets to this place by a gateway that stands in its own subnet. */
  at(position: number, subnet: Subnet): Band {
    const rows = this.#rows;
    const never = certain(rows.none);
    if (!this.#stands.has(subnet.id)) return never;
    const acl = this.#borders.border(subnet.id, 'ingress');
    if (acl[SURE] === rows.all) return never;
    let skips: Band = never;
    for (const { landings, isSure, from } of this.#landedIn().get(subnet.id) ?? []) {
      const here = landings.filter(({ local }) => rows.at(local[POSSIBLE], position) !== NONE);
      if (!here.some((landing) => landing.subnet === subnet.id)) continue;
      const surely =
        isSure &&
        here.length === landings.length &&
        here.every((one) => one.subnet === subnet.id && rows.at(one.local[SURE], position) !== NONE);
      skips = unionBand(rows, skips, [surely ? from : rows.none, from]);
    }
    return skips;
  }

  /** What may come out of gateways in each subnet, and from where. Most senders have the same ways: those are one. */
  #landedIn(): ReadonlyMap<SubnetId, readonly Landed[]> {
    if (this.#landings !== undefined) return this.#landings;
    const rows = this.#rows;
    const ways = new Map<string, { landings: Arrival['landings']; isSure: boolean; spans: Span[] }>();
    const note = (arrivals: readonly Arrival[], isSure: boolean, spans: readonly Span[]): void => {
      for (const { landings } of arrivals) {
        const key = `${String(isSure)} ${landings.map(({ subnet, local }) => `${subnet} ${local.join()}`).join(' ')}`;
        const known = ways.get(key);
        if (known === undefined) ways.set(key, { landings, isSure, spans: [...spans] });
        else known.spans.push(...spans);
      }
    };
    for (const sender of this.#network.subnets.values()) {
      const { crossings } = this.#routes.exitOf(sender);
      for (const { arrivals } of crossings) note(arrivals, true, this.#axis.spansOfSubnet(sender.id));
    }
    for (const { isSure, behind } of this.#sources()) note(behind.arrivals, isSure, [this.#axis.outside]);
    const found = new Map<SubnetId, Landed[]>();
    for (const { landings, isSure, spans } of ways.values()) {
      const landed = { landings, isSure, from: rows.paint(spans, ALL) };
      for (const { subnet } of landings) found.set(subnet, [...(found.get(subnet) ?? []), landed]);
    }
    this.#landings = found;
    return found;
  }
}
