import type {
  Attachment,
  EndpointId,
  GatewayId,
  Network,
  NetworkId,
  Subnet,
  SubnetId,
  TransitGateway,
} from '#model';
import type { Axis } from './axis.ts';
import { certain, intersectBand, POSSIBLE, unionBand, type Band } from './band.ts';
import { anyLanding, type Arrival, type Crossing, type Landing } from './crossing.ts';
import { merged, PassingRows } from './passing-rows.ts';
import type { RowId, RowPool } from './row-pool.ts';
import { TransitRows, type Ahead } from './transit-rows.ts';

type ToNetwork = Extract<Attachment['to'], { kind: 'network' }>;

/** What becomes of packets behind a transit gateway: what is followed, and what is lost sight of. */
export type Behind = {
  readonly site: Band;
  readonly arrivals: readonly Arrival[];
  readonly unknown: RowId;
  readonly appliances: ReadonlyMap<EndpointId | GatewayId, RowId>;
};

/** Ways through transit gateways: in by a subnet of one network, out by subnets of others. */
export class CrossingRows {
  readonly #network: Network;
  readonly #rows: RowPool;
  readonly #transit: TransitRows;
  readonly #passing: PassingRows;

  constructor(network: Network, axis: Axis, rows: RowPool) {
    this.#network = network;
    this.#rows = rows;
    this.#transit = new TransitRows(network, axis, rows);
    this.#passing = new PassingRows(network, axis, rows);
  }

  /** The attachment of a network to a gateway. A network has at most one there. */
  attachmentOf(gateway: TransitGateway, network: NetworkId): Attachment | undefined {
    return [...gateway.attachments.values()].find(
      ({ to }) => to.kind === 'network' && to.network === network,
    );
  }

  /** By what the ways of a subnet's packets through transit gateways may differ from those of its network's others. */
  keyOf({ id, network, zone }: Subnet): string {
    const stands = [...this.#network.gateways.values()].some(
      (gateway) =>
        gateway.kind === 'transit' &&
        [...gateway.attachments.values()].some(
          ({ to }) => to.kind === 'network' && to.network === network && to.subnets.includes(id),
        ),
    );
    return `${zone ?? '?'} ${stands ? id : ''}`;
  }

  /** What becomes of packets that a subnet's route hands to the gateway. */
  from(
    gateway: TransitGateway,
    subnet: Subnet,
    mask: Band,
  ): { readonly crossing: Crossing; readonly behind: Behind } | undefined {
    return this.#from(gateway, subnet, mask, []);
  }

  /** What an attachment brings into the cloud from what lies at its far end. */
  inBy(gateway: TransitGateway, attachment: Attachment): Behind {
    return this.#behind(
      attachment,
      this.#transit.ahead(gateway, attachment),
      certain(this.#rows.all),
      [],
      [],
    );
  }

  #from(
    gateway: TransitGateway,
    subnet: Subnet,
    mask: Band,
    seen: readonly SubnetId[],
  ): { readonly crossing: Crossing; readonly behind: Behind } | undefined {
    const attachment = this.attachmentOf(gateway, subnet.network);
    if (attachment?.to.kind !== 'network') return undefined;
    const { entries, isCertain } = this.#entriesOf(attachment.to, subnet);
    if (entries.length === 0) return undefined;
    const handed: Band = isCertain ? mask : [this.#rows.none, mask[POSSIBLE]];
    const behind = this.#behind(
      attachment,
      this.#transit.ahead(gateway, attachment),
      handed,
      isCertain ? entries : [],
      seen,
    );
    const { site, arrivals } = behind;
    return { crossing: { gateway: gateway.id, attachment, entries, site, arrivals }, behind };
  }

  /**
   * The subnets by which packets of a subnet get to the gateway: the one in its zone. From a zone without one nothing does.
   *
   * https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
   */
  #entriesOf(
    { subnets, zonesUnread }: ToNetwork,
    { id, zone }: Subnet,
  ): { readonly entries: readonly SubnetId[]; readonly isCertain: boolean } {
    if (zonesUnread !== undefined) {
      if (subnets.includes(id)) return { entries: [id], isCertain: false };
      const near = subnets.filter((each) => {
        const other = this.#network.subnets.get(each)?.zone;
        return zone === undefined || other === undefined || other === zone;
      });
      return { entries: near, isCertain: false };
    }
    if (subnets.includes(id)) return { entries: [id], isCertain: true };
    const zoneOf = (each: SubnetId): string | undefined => this.#network.subnets.get(each)?.zone;
    if (zone === undefined) return { entries: subnets, isCertain: false };
    const same = subnets.filter((each) => zoneOf(each) === zone);
    if (same.length > 0) return { entries: same, isCertain: same.length === 1 };
    return { entries: subnets.filter((each) => zoneOf(each) === undefined), isCertain: false };
  }

  #behind(
    from: Attachment,
    ahead: Ahead,
    mask: Band,
    entries: readonly SubnetId[],
    seen: readonly SubnetId[],
  ): Behind {
    const rows = this.#rows;
    let unknown = rows.intersect(ahead.unknown, mask[POSSIBLE]);
    let site = intersectBand(rows, ahead.site, mask);
    let appliances: Behind['appliances'] = new Map();
    const arrivals: Arrival[] = [];
    for (const { attachment, row } of ahead.networks.values()) {
      const handed = intersectBand(rows, row, mask);
      if (handed[POSSIBLE] === rows.none || attachment.to.kind !== 'network') continue;
      if (attachment === from) {
        const back = this.#backIn(attachment.to, handed[POSSIBLE]);
        unknown = rows.union(unknown, back.unknown);
        appliances = merged(appliances, back.hops, (x, y) => rows.union(x, y));
        continue;
      }
      const landings: Landing[] = [];
      for (const id of this.#landingsOf(attachment.to, entries)) {
        const subnet = this.#network.subnets.get(id);
        if (subnet === undefined || seen.includes(id)) continue;
        const passing = this.#passing.of(subnet);
        const local = intersectBand(rows, passing.local, handed);
        landings.push({
          subnet: id,
          local: attachment.to.zonesUnread === undefined ? local : [rows.none, local[POSSIBLE]],
          nat: new Map([...passing.nat].map(([nat, taken]) => [nat, intersectBand(rows, taken, handed)])),
          appliances: new Map(
            [...passing.appliances].map(([hop, taken]) => [hop, rows.intersect(taken, handed[POSSIBLE])]),
          ),
        });
        unknown = rows.union(unknown, rows.intersect(passing.unknown, handed[POSSIBLE]));
        for (const [gateway, taken] of passing.onward) {
          const onward = rows.intersect(taken, handed[POSSIBLE]);
          const next = this.#onward(gateway, subnet, onward, [...seen, id]);
          if (next === undefined) continue;
          // what goes through several is followed, but not through which filters
          unknown = rows.union(unknown, next.unknown);
          site = unionBand(rows, site, [rows.none, next.site[POSSIBLE]]);
          appliances = merged(appliances, next.appliances, (x, y) => rows.union(x, y));
          for (const { landings: beyond } of next.arrivals) {
            unknown = rows.union(unknown, anyLanding(rows, beyond, ({ local: far }) => far)[POSSIBLE]);
            for (const { nat } of beyond)
              for (const [hop, taken2] of nat)
                appliances = merged(appliances, new Map([[hop, taken2[POSSIBLE]]]), (x, y) =>
                  rows.union(x, y),
                );
          }
        }
      }
      for (const landing of landings)
        appliances = merged(appliances, landing.appliances, (x, y) => rows.union(x, y));
      if (landings.length > 0) arrivals.push({ attachment, landings });
    }
    return { site, arrivals, unknown, appliances };
  }

  /**
   * What its own network would do with packets that an attachment is sent back. Whether a gateway does that is not documented; what
   * would go to a gateway once more goes round until it is lost.
   */
  #backIn(
    { subnets }: ToNetwork,
    mask: RowId,
  ): { readonly unknown: RowId; readonly hops: Behind['appliances'] } {
    const rows = this.#rows;
    const either = (x: RowId, y: RowId): RowId => rows.union(x, y);
    const within = (row: RowId): RowId => rows.intersect(mask, row);
    let unknown = rows.none;
    let hops: Behind['appliances'] = new Map();
    for (const id of subnets) {
      const subnet = this.#network.subnets.get(id);
      if (subnet === undefined) continue;
      const passing = this.#passing.of(subnet);
      const taken = [...passing.nat].map(([nat, band]) => [nat, within(band[POSSIBLE])] as const);
      hops = merged(hops, new Map([...taken, ...passing.appliances]), either);
      unknown = [passing.local[POSSIBLE], passing.unknown, passing.own].map(within).reduce(either, unknown);
      unknown = taken.map(([, row]) => row).reduce(either, unknown);
    }
    return { unknown, hops: new Map([...hops].map(([id, row]) => [id, within(row)])) };
  }

  #onward(id: GatewayId, subnet: Subnet, mask: RowId, seen: readonly SubnetId[]): Behind | undefined {
    const gateway = mask === this.#rows.none ? undefined : this.#network.gateways.get(id);
    if (gateway?.kind !== 'transit') return undefined;
    return this.#from(gateway, subnet, [this.#rows.none, mask], seen)?.behind;
  }

  /**
   * The subnets by which packets may come out of an attachment: in the zone that they came from if the attachment keeps to it
   * and has one there, else any.
   *
   * https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html#tgw-az-overview
   */
  #landingsOf({ subnets, keepsZone }: ToNetwork, entries: readonly SubnetId[]): readonly SubnetId[] {
    const zones = entries.map((id) => this.#network.subnets.get(id)?.zone);
    const [zone] = zones;
    if (!keepsZone || entries.length !== 1 || zone === undefined) return subnets;
    const same = subnets.filter((id) => this.#network.subnets.get(id)?.zone === zone);
    return same.length > 0 ? same : subnets;
  }
}
