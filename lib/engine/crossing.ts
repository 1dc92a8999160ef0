import type { Attachment, EndpointId, GatewayId, SubnetId } from '#model';
import { intersectBand, POSSIBLE, SURE, unionBand, type Band } from './band.ts';
import type { RowId, RowPool } from './row-pool.ts';

/** The way of packets of one subnet through a transit gateway, filters aside. */
export type Crossing = {
  readonly gateway: GatewayId;
  readonly attachment: Attachment;
  /** The subnets of its own network by which they get to the gateway: one, or where that is not known any of these. */
  readonly entries: readonly SubnetId[];
  /** Leaves the cloud for a private site. */
  readonly site: Band;
  readonly arrivals: readonly Arrival[];
};

/** What an attachment hands to a network, by one of these subnets. */
export type Arrival = { readonly attachment: Attachment; readonly landings: readonly Landing[] };

/** What becomes of it in a subnet by which it may come into the network. */
export type Landing = {
  readonly subnet: SubnetId;
  /** Delivered inside the network. */
  readonly local: Band;
  readonly nat: ReadonlyMap<GatewayId, Band>;
  readonly appliances: ReadonlyMap<EndpointId | GatewayId, RowId>;
};

/** What holds for each subnet surely, and for one of them possibly. */
export function anyLanding(rows: RowPool, landings: readonly Landing[], at: (one: Landing) => Band): Band {
  const bands = landings.map(at);
  return [
    bands.reduce((row, band) => rows.intersect(row, band[SURE]), bands.length === 0 ? rows.none : rows.all),
    bands.reduce((row, band) => rows.union(row, band[POSSIBLE]), rows.none),
  ];
}

/** Where it gets to inside networks. */
export function reachOf(rows: RowPool, { arrivals }: Crossing): Band {
  return arrivals
    .map(({ landings }) => anyLanding(rows, landings, ({ local }) => local))
    .reduce((sum, band) => unionBand(rows, sum, band), [rows.none, rows.none]);
}

/** The crossing with only those packets that both rows of the mask hold. */
export function narrowed(rows: RowPool, crossing: Crossing, mask: Band): Crossing {
  const within = (band: Band): Band => intersectBand(rows, band, mask);
  return {
    ...crossing,
    site: within(crossing.site),
    arrivals: crossing.arrivals.map(({ attachment, landings }) => ({
      attachment,
      landings: landings.map((landing) => ({
        ...landing,
        local: within(landing.local),
        nat: new Map([...landing.nat].map(([id, band]) => [id, within(band)])),
        appliances: new Map(
          [...landing.appliances].map(([id, row]) => [id, rows.intersect(row, mask[POSSIBLE])]),
        ),
      })),
    })),
  };
}
