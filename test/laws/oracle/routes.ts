import { addressOf, isWithin, parseBlock } from './address.ts';
import type { Address, Block } from './address.ts';
import type { PrefixLists } from './groups.ts';
import type { NatGateway, Route, RouteTable } from './responses.ts';

/** A NAT gateway that carries packets: state `available` (RT6). */
export type Nat = {
  readonly vpc: string;
  readonly subnet: string;
  readonly addresses: readonly { readonly address: Address; readonly hasPublic: boolean }[];
};

/** Where a route table sends a packet. A gateway that cannot carry it is a `drop`, never skipped (RT13). */
export type Way =
  | { readonly kind: 'local' }
  | { readonly kind: 'peering'; readonly otherVpc: string }
  | { readonly kind: 'internet-gateway' }
  | { readonly kind: 'egress-only-gateway' }
  | { readonly kind: 'nat-gateway'; readonly nat: Nat }
  | { readonly kind: 'gateway-endpoint' }
  | { readonly kind: 'transit'; readonly gateway: string }
  | { readonly kind: 'site'; readonly gateway: string }
  | { readonly kind: 'appliance'; readonly id: string }
  | { readonly kind: 'drop'; readonly why: string };

/** What routes can point at, all of it usable: attached, available or active. Values are VPCs. */
export type Gateways = {
  readonly internet: ReadonlyMap<string, string>;
  readonly egressOnly: ReadonlyMap<string, string>;
  readonly endpoints: ReadonlyMap<string, string>;
  readonly nats: ReadonlyMap<string, Nat>;
  readonly peerings: ReadonlyMap<string, readonly [string, string]>;
  /** Virtual private gateways (RT10). */
  readonly sites: ReadonlyMap<string, string>;
  /** Gateway Load Balancer endpoints and the like, which inspect what passes (RT14, RT18). */
  readonly inspectors: ReadonlyMap<string, string>;
};

export type Hop = { readonly block: Block; readonly rank: number; readonly way: Way };
export type Table = readonly Hop[];

/** RT2: among routes of equal length, the lower rank wins; between two prefix lists AWS does not say which. */
const RANK = { local: 0, static: 1, prefixList: 2, propagated: 3 } as const;

export function readTable(table: RouteTable, lists: PrefixLists, gateways: Gateways): Table {
  return table.Routes.flatMap((route) => {
    const way = wayOf(route, table.VpcId, gateways);
    const rank = rankOf(route);
    return blocksOf(route, lists).map((block) => ({ block, rank, way }));
  });
}

/** RT2: the longest prefix, then the rank. A local route yields to no propagated one, however specific. */
export function wayTo(table: Table, address: Address): Way {
  const matches = table.filter((hop) => isWithin(address, hop.block));
  const isLocal = matches.some((hop) => hop.rank === RANK.local);
  const best = matches
    .filter((hop) => !(isLocal && hop.rank === RANK.propagated))
    .reduce<Hop | undefined>((won, hop) => (won === undefined || isBetter(hop, won) ? hop : won), undefined);
  return best?.way ?? { kind: 'drop', why: 'no route' };
}

export function readNat(gateway: NatGateway): Nat {
  const isPublic = gateway.ConnectivityType !== 'private';
  const usable = gateway.NatGatewayAddresses.filter((each) => (each.Status ?? 'succeeded') === 'succeeded');
  return {
    vpc: gateway.VpcId,
    subnet: gateway.SubnetId,
    addresses: usable.flatMap(({ PrivateIp, PublicIp }) =>
      PrivateIp === undefined
        ? []
        : [{ address: addressOf(PrivateIp), hasPublic: isPublic && PublicIp !== undefined }],
    ),
  };
}

function isBetter(hop: Hop, than: Hop): boolean {
  if (hop.block.length !== than.block.length) return hop.block.length > than.block.length;
  return hop.rank < than.rank;
}

function rankOf(route: Route): number {
  if (route.GatewayId === 'local') return RANK.local;
  if (route.Origin === 'EnableVgwRoutePropagation') return RANK.propagated;
  return route.DestinationPrefixListId === undefined ? RANK.static : RANK.prefixList;
}

/** A prefix-list route is one route for each entry (RT2). */
function blocksOf(route: Route, lists: PrefixLists): readonly Block[] {
  if (route.DestinationPrefixListId !== undefined) return lists.get(route.DestinationPrefixListId) ?? [];
  const block = parseBlock(route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? '');
  return block === undefined ? [] : [block];
}

function wayOf(route: Route, vpc: string, gateways: Gateways): Way {
  if (route.State === 'blackhole') return { kind: 'drop', why: 'blackhole route' }; // RT13
  if (route.GatewayId === 'local') return { kind: 'local' }; // RT15
  if (route.VpcPeeringConnectionId !== undefined) {
    const sides = gateways.peerings.get(route.VpcPeeringConnectionId); // RT8
    if (sides?.includes(vpc) !== true) return { kind: 'drop', why: 'peering not usable' };
    return { kind: 'peering', otherVpc: sides[0] === vpc ? sides[1] : sides[0] };
  }
  if (route.NatGatewayId !== undefined) {
    const nat = gateways.nats.get(route.NatGatewayId); // RT6
    return nat?.vpc === vpc ? { kind: 'nat-gateway', nat } : { kind: 'drop', why: 'NAT gateway not usable' };
  }
  if (
    route.EgressOnlyInternetGatewayId !== undefined &&
    hasOwn(gateways.egressOnly, vpc, route.EgressOnlyInternetGatewayId)
  )
    return { kind: 'egress-only-gateway' }; // RT5
  if (route.TransitGatewayId !== undefined) return { kind: 'transit', gateway: route.TransitGatewayId }; // RT9
  if (route.NetworkInterfaceId !== undefined) return { kind: 'appliance', id: route.NetworkInterfaceId }; // RT14
  if (route.GatewayId !== undefined && hasOwn(gateways.internet, vpc, route.GatewayId))
    return { kind: 'internet-gateway' }; // RT4
  if (route.GatewayId !== undefined && hasOwn(gateways.sites, vpc, route.GatewayId))
    return { kind: 'site', gateway: route.GatewayId }; // RT10
  if (route.GatewayId !== undefined && hasOwn(gateways.inspectors, vpc, route.GatewayId))
    return { kind: 'appliance', id: route.GatewayId }; // RT14, RT18
  if (
    route.DestinationPrefixListId !== undefined &&
    route.GatewayId !== undefined &&
    hasOwn(gateways.endpoints, vpc, route.GatewayId)
  )
    return { kind: 'gateway-endpoint' }; // RT11
  return { kind: 'drop', why: 'gateway not usable' };
}

function hasOwn(gateways: ReadonlyMap<string, string>, vpc: string, id: string): boolean {
  return gateways.get(id) === vpc;
}
