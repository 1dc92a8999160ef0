import { ALL, NONE } from '#netset';
import type { Endpoint, EndpointId, GatewayId, NetworkId, Subnet } from '#model';
import {
  certain,
  intersectBand,
  POSSIBLE,
  SURE,
  unionBand,
  type Band,
  type Bound,
  type SetBounds,
} from './band.ts';
import type { Leg } from './leg.ts';
import { natLegs, type Surface } from './nat-legs.ts';
import { limited } from './public-access.ts';
import type { RowId } from './row-pool.ts';
import type { Stamp } from './wide-ways.ts';

/** What the places of a subnet share that are public, or that are not. */
export type Surroundings = {
  /** What answers may come in. */
  readonly replyIn: Band;
  /** What may come in, groups aside. */
  readonly arriving: Band;
  /** What may go out by a route, groups aside. */
  readonly leaving: Band;
  readonly replyOut: Band;
  readonly routed: Band;
  readonly legs: readonly Leg[];
};

/** What stands around places: their subnets' ACLs and routes, and the gateways by which something comes in. */
export class SurroundingRows {
  readonly #plane: Surface;
  readonly #internet: RowId;
  readonly #known: RowId;
  readonly #outside: RowId;
  readonly #sideDoors: ReadonlySet<NetworkId>;
  readonly #memo = new Map<string, Surroundings>();

  constructor(plane: Surface) {
    const { rows, axis, network } = plane;
    this.#plane = plane;
    this.#internet = rows.paint(axis.internet, ALL);
    this.#known = rows.paint([axis.known], ALL);
    this.#outside = rows.paint([axis.outside], ALL);
    this.#sideDoors = new Set(network.sideDoors.map((door) => door.network));
  }

  of({ subnet: id, network }: Endpoint, isPublic: boolean, stamp: Stamp): Surroundings {
    const key = `${id} ${network} ${isPublic ? 'public' : 'private'} ${stamp.key}`;
    const known = this.#memo.get(key);
    if (known !== undefined) return known;
    const surroundings = this.#compute(this.#plane.subnet(id), network, isPublic, stamp);
    this.#memo.set(key, surroundings);
    return surroundings;
  }

  #compute(subnet: Subnet, network: NetworkId, isPublic: boolean, stamp: Stamp): Surroundings {
    const { rows, wide: ways, entries } = this.#plane;
    const own = this.#plane.own(subnet.id);
    const exit = this.#plane.exitOf(subnet);
    const aclOut = this.#plane.border(subnet.id, 'egress');
    const sites = ways.sentToSites(exit, stamp.near);
    const border = this.#plane.border(subnet.id, 'ingress');
    const [skips, maySkip] = stamp.skipsAcl;
    // addresses of the internet may come in by an internet gateway as well, past the list
    const aclIn = unionBand(rows, border, [rows.subtract(skips, this.#internet), maySkip]);
    const aclBack = unionBand(rows, border, ways.answersUnseen(stamp, sites, exit));
    const wide = ways.sent(exit, stamp.near);
    const near = unionBand(rows, exit.direct, certain(own));
    const inside = unionBand(rows, near, wide.filtered);
    const lost: Band = [rows.none, rows.subtract(exit.unknown, own)];
    const never = certain(rows.none);
    const limit = subnet.publicAccess;
    const straight = isPublic ? exit.internet : never;
    // what goes back by an internet gateway answers what came in by one
    const back = this.#entryOf(subnet, network, POSSIBLE) ? straight : never;
    const open = limited(rows, straight, limit?.out);
    const egressOnly = isPublic ? limited(rows, exit.egressOnly, limit?.egressOnly) : never;
    const away = [exit.service, open, lost, egressOnly];
    const union = (first: Band, ...more: readonly Band[]): Band =>
      more.reduce((sum, band) => unionBand(rows, sum, band), first);
    // what a site makes of a reply to the internet is not known: it came by another way, or the site let it in; nor whether two sites are
    // one, where what it answers did not come by the same
    const apart = stamp.overTransit[0] === NONE ? sites.overTransit[1] : rows.none;
    const answers: Band = [
      rows.subtract(sites.filtered[0], rows.union(this.#internet, apart)),
      stamp.fromOutside[1] === NONE ? rows.none : sites.filtered[1],
    ];
    const returning = isPublic ? entries.answers(subnet, aclBack, exit.internet) : aclBack;
    return {
      replyIn: ways.answered(returning, sites, stamp.overTransit),
      arriving: intersectBand(rows, aclIn, this.arrivals(subnet, network, isPublic, stamp.fromOutside)),
      leaving: intersectBand(rows, aclOut, union(inside, sites.filtered, ...away)),
      replyOut: intersectBand(rows, aclOut, union(inside, answers, back, lost)),
      routed: union(near, wide.routed, sites.routed, ...away),
      legs: [
        ...natLegs(this.#plane, { exit, stamp, own, aclOut, aclIn: border, subnet }),
        ...this.#applianceLegs(exit.appliances, own, aclOut, border),
      ],
    };
  }

  /**
   * From where packets can come in at all: every known place that routes here, the internet by an internet gateway, and outside by private
   * sites. A site sends what it likes, but whether it lets the internet in nobody can see from here.
   */
  arrivals(subnet: Subnet, network: NetworkId, isPublic: boolean, fromSites: SetBounds): Band {
    const { rows, axis } = this.#plane;
    const isOpen = isPublic && this.#entryOf(subnet, network, SURE);
    const mayBeOpen = isPublic && this.#entryOf(subnet, network, POSSIBLE);
    const direct = isOpen ? rows.union(this.#known, this.#internet) : this.#known;
    const outside = rows.paint([axis.outside], fromSites[0]);
    const sure = rows.union(direct, rows.subtract(outside, this.#internet));
    if (this.#sideDoors.has(network)) return [sure, rows.union(this.#known, this.#outside)];
    const perhaps = mayBeOpen ? rows.union(this.#known, this.#internet) : this.#known;
    return [sure, rows.union(perhaps, rows.paint([axis.outside], fromSites[1]))];
  }

  #entryOf(subnet: Subnet, network: NetworkId, bound: Bound): boolean {
    const { entries, network: all } = this.#plane;
    return entries.of(subnet, all.internetUnknown.has(network))[bound];
  }

  #applianceLegs(
    appliances: ReadonlyMap<EndpointId | GatewayId, RowId>,
    own: RowId,
    aclOut: Band,
    aclIn: Band,
  ): Leg[] {
    const { rows, axis } = this.#plane;
    return [...appliances].flatMap(([id, taken]) =>
      axis.positionsOf(id).map((via): Leg => {
        const routed: Band = [rows.none, rows.subtract(taken, own)];
        return {
          via,
          gateway: undefined,
          routed,
          forward: intersectBand(rows, routed, aclOut),
          fromClient: certain(rows.all),
          fromFar: certain(rows.all),
          hopOut: certain(rows.all),
          back: certain(rows.all),
          clientIn: aclIn,
        };
      }),
    );
  }
}
