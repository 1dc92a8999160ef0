import { TransportSet } from '#netset';
import type { Gateway, GatewayId, Network, Subnet, SubnetId } from '#model';
import type { Axis } from './axis.ts';
import { certain, intersectBand, POSSIBLE, SURE, unionBand, type Band, type SetBounds } from './band.ts';
import { anyLanding, type Crossing } from './crossing.ts';
import type { InternetEntries } from './internet-entries.ts';
import type { Leg } from './leg.ts';
import type { PolicyRows } from './policy-rows.ts';
import { limited } from './public-access.ts';
import type { Exit } from './route-rows.ts';
import type { RowId, RowPool } from './row-pool.ts';
import type { Stamp, WideWays } from './wide-ways.ts';

const NAT_PROTOCOLS = TransportSet.protocol(6)
  .union(TransportSet.protocol(17))
  .union(TransportSet.protocol(1));

/** What of a plane is asked of what surrounds a place. */
export type Surface = {
  readonly network: Network;
  readonly axis: Axis;
  readonly rows: RowPool;
  readonly policies: PolicyRows;
  readonly wide: WideWays;
  readonly entries: InternetEntries;
  subnet(id: SubnetId): Subnet;
  exitOf(subnet: Subnet): Exit;
  own(id: SubnetId): RowId;
  border(id: SubnetId, direction: 'ingress' | 'egress'): Band;
};

/** What surrounds those who use the gateway. */
export type Client = {
  readonly exit: Exit;
  readonly stamp: Stamp;
  readonly subnet: Subnet;
  readonly own: RowId;
  readonly aclOut: Band;
  readonly aclIn: Band;
};

type Nat = Extract<Gateway, { kind: 'nat' }>;

/** How packets get to the gateway: by the client's own table, or through a transit gateway into a subnet near it. */
type Approach = {
  readonly taken: Band;
  readonly behind: undefined | { readonly landing: SubnetId; readonly near: SetBounds };
};

/** The ways through NAT gateways, those of other networks behind transit gateways too. */
export function natLegs(plane: Surface, client: Client): Leg[] {
  const legs: Leg[] = [];
  const add = (id: GatewayId, approach: Approach): void => {
    const gateway = plane.network.gateways.get(id);
    if (gateway?.kind === 'nat') legs.push(...legsOf(plane, client, gateway, approach));
  };
  for (const [id, taken] of client.exit.nat) add(id, { taken, behind: undefined });
  client.exit.crossings.forEach((crossing, i) => {
    for (const { landings } of crossing.arrivals) {
      for (const { subnet: landing, nat } of landings) {
        for (const [id, band] of nat) {
          const taken: Band = landings.length === 1 ? band : [plane.rows.none, band[POSSIBLE]];
          if (taken[POSSIBLE] === plane.rows.none) continue;
          add(id, { taken, behind: { landing, near: client.stamp.near[i]! } });
        }
      }
    }
  });
  return legs;
}

function legsOf(plane: Surface, client: Client, gateway: Nat, { taken, behind }: Approach): Leg[] {
  const { rows, wide } = plane;
  const subnet = plane.subnet(gateway.subnet);
  const natOut = plane.border(subnet.id, 'egress');
  const onward = plane.exitOf(subnet);
  const lost: Band = [rows.none, onward.unknown];
  const near = unionBand(rows, onward.direct, certain(plane.own(subnet.id)));
  const mask: Band = [rows.subtract(taken[SURE], client.own), rows.subtract(taken[POSSIBLE], client.own)];
  const protocols = certain(rows.paint([[0, plane.axis.length]], rows.sets.intern(NAT_PROTOCOLS)));
  const all = (...bands: readonly Band[]): Band =>
    bands.reduce((sum, band) => intersectBand(rows, sum, band));
  const any = (...bands: readonly Band[]): Band => bands.reduce((sum, band) => unionBand(rows, sum, band));
  const isLocal = subnet.id === client.subnet.id;
  const border = isLocal ? natOut : all(client.aclOut, natOut);
  const before = behind === undefined ? certain(rows.all) : wayIn(plane, behind, subnet.id);
  const way = behind === undefined ? undefined : wayBack(plane, client, onward);
  const natIn = plane.border(subnet.id, 'ingress');
  // the list does not look at clients that come out of a transit gateway in the gateway's own subnet
  const fromClient = behind?.landing === subnet.id ? certain(rows.all) : natIn;
  // where the client's subnet is limited and the gateway's is not, what counts is not documented
  const isOdd = client.subnet.publicAccess?.nat === 'closed' && subnet.publicAccess?.nat !== 'closed';
  const access = isOdd ? 'unknown' : subnet.publicAccess?.nat;
  // a client behind a transit gateway may get its replies by another way than it came, which other lists look at
  const straight = { out: near, back: certain(rows.all), clientIn: client.aclIn };
  const isNear = rows.intersect(near[POSSIBLE], client.own) !== rows.none;
  const returns = way === undefined ? [straight] : isNear ? [way, straight] : [way];
  return gateway.addresses.flatMap(({ ip, publicIp }) => {
    const via = viaPosition(plane, gateway.id, ip.value);
    if (via === undefined) return [];
    const stamp = wide.stampOf(via, subnet, onward);
    const [far, sites] = [wide.sent(onward, stamp.near), wide.sentToSites(onward, stamp.near)];
    const isPublic = publicIp !== undefined;
    const open = isPublic ? limited(rows, onward.internet, access) : certain(rows.none);
    const seen = unionBand(rows, natIn, wide.answersUnseen(stamp, sites, onward));
    const returning = isPublic ? plane.entries.answers(subnet, seen, onward.internet) : seen;
    const answered = wide.answered(returning, sites, stamp.overTransit);
    const routed = all(mask, any(near, far.routed, sites.routed, open, lost), protocols);
    return returns.map(({ out, back, clientIn }) => ({
      via,
      gateway: gateway.id,
      routed,
      forward: all(routed, any(near, far.filtered, sites.filtered, open, lost), border, before),
      fromClient,
      fromFar: answered,
      // what it hands back to a client starts in its own subnet, and so needs a route from there
      hopOut: all(natOut, any(out, lost)),
      back,
      clientIn,
    }));
  });
}

/** What the ACLs of the subnets in which a transit gateway stands let through from the client to the hop. */
function wayIn(plane: Surface, behind: NonNullable<Approach['behind']>, nat: SubnetId): Band {
  const { rows, axis } = plane;
  const paint = (bound: 0 | 1): RowId => rows.paint([[0, axis.length]], behind.near[bound]);
  const landed = behind.landing === nat ? certain(rows.all) : plane.border(behind.landing, 'egress');
  return intersectBand(rows, [paint(SURE), paint(POSSIBLE)], landed);
}

/** The way of replies from the hop to its client through transit gateways: what the hop may hand over, and who looks at it. */
function wayBack(
  plane: Surface,
  client: Client,
  onward: Exit,
): { readonly out: Band; readonly back: Band; readonly clientIn: Band } {
  const { rows } = plane;
  const never = certain(rows.none);
  let out = never;
  const used: Crossing[] = [];
  const landings = new Set<SubnetId>();
  for (const crossing of onward.crossings) {
    for (const arrival of crossing.arrivals) {
      const here = arrival.landings.filter(
        ({ local }) => rows.intersect(local[POSSIBLE], client.own) !== rows.none,
      );
      if (here.length === 0) continue;
      used.push(crossing);
      for (const { subnet } of here) landings.add(subnet);
      const landed = anyLanding(rows, arrival.landings, ({ subnet, local }) =>
        intersectBand(rows, local, plane.border(subnet, 'egress')),
      );
      out = unionBand(rows, out, landed);
    }
  }
  // the source of a reply is the far end, whatever hop it passed
  const acls = used.flatMap(({ entries }) =>
    entries.map((entry) => plane.policies.firstMatch(plane.subnet(entry).policy, 'ingress')),
  );
  const back: Band =
    acls.length === 0
      ? certain(rows.all)
      : [
          acls.reduce((row, acl) => rows.intersect(row, acl[SURE]), rows.all),
          acls.reduce((row, acl) => rows.union(row, acl[POSSIBLE]), rows.none),
        ];
  const own = client.subnet.id;
  const clientIn: Band = [
    landings.size === 1 && landings.has(own) ? rows.all : client.aclIn[SURE],
    landings.has(own) ? rows.all : client.aclIn[POSSIBLE],
  ];
  return { out, back, clientIn };
}

function viaPosition(plane: Surface, gateway: GatewayId, address: number | bigint): number | undefined {
  return plane.axis.positionsOf(gateway).find((position) => plane.axis.places[position]!.first === address);
}
