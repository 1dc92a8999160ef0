import { addressText } from '../address.ts';
import type { Ids } from '../ids.ts';
import { TIERS, type Layout, type Tier, type VpcPlan } from '../layout.ts';
import { ACCOUNT, nameTag } from '../owner.ts';
import { Random } from '../random.ts';

type RouteTarget =
  | { GatewayId: string }
  | { NatGatewayId: string }
  | { TransitGatewayId: string }
  | { VpcPeeringConnectionId: string };
type Destination = { DestinationCidrBlock: string } | { DestinationPrefixListId: string };
type Route = Destination &
  RouteTarget & { Origin: 'CreateRouteTable' | 'CreateRoute'; State: 'active' | 'blackhole' };

/** How often a data tier has no way back to a peer, and an app tier a route that leads nowhere. */
const ONE_WAY_SHARE = 0.06;
const BLACKHOLE_SHARE = 0.1;

/**
 * The tables of each VPC, and which of them route each gateway endpoint.
 * A default VPC has its main table only; others have one for each tier, and a main one that nothing uses.
 */
export function routeTableBodies(seed: number, layout: Layout, storageList: string, ids: Ids) {
  const random = new Random(seed, 'routes');
  const tables = layout.vpcs.flatMap((vpc) => {
    const mainTier = vpc.isDefault ? 'public' : undefined;
    const main = tableBody(
      vpc,
      `${vpc.name}-main`,
      routesOf(vpc, mainTier, layout, storageList, random, ids),
      ids,
    );
    main.Associations.push(association(main.RouteTableId, undefined, ids));
    if (vpc.isDefault) return [main];
    const tiers = TIERS.map((tier) => {
      const table = tableBody(
        vpc,
        `${vpc.name}-${tier}`,
        routesOf(vpc, tier, layout, storageList, random, ids),
        ids,
      );
      for (const subnet of vpc.subnets) {
        if (subnet.tier === tier) table.Associations.push(association(table.RouteTableId, subnet.id, ids));
      }
      return table;
    });
    return [main, ...tiers];
  });
  return { RouteTables: tables };
}

function tableBody(vpc: VpcPlan, name: string, routes: Route[], ids: Ids) {
  return {
    Associations: [] as ReturnType<typeof association>[],
    PropagatingVgws: [],
    RouteTableId: ids.next('rtb'),
    Routes: routes,
    Tags: nameTag(name),
    VpcId: vpc.id,
    OwnerId: ACCOUNT,
  };
}

/** Without a subnet it is the VPC's main table. */
function association(table: string, subnet: string | undefined, ids: Ids) {
  return {
    Main: subnet === undefined,
    RouteTableAssociationId: ids.next('rtbassoc'),
    RouteTableId: table,
    ...(subnet === undefined ? {} : { SubnetId: subnet }),
    AssociationState: { State: 'associated' },
  };
}

function routesOf(
  vpc: VpcPlan,
  tier: Tier | undefined,
  layout: Layout,
  storageList: string,
  random: Random,
  ids: Ids,
): Route[] {
  const routes: Route[] = [
    { ...to(vpc.base, 16), GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' },
  ];
  if (tier === undefined) return routes;
  const add = (destination: Destination, target: RouteTarget, state: Route['State'] = 'active'): void => {
    routes.push({ ...destination, ...target, Origin: 'CreateRoute', State: state });
  };
  const taken = new Set<number>();
  for (const [peer, peering] of vpc.peers) {
    const isOneWay = tier === 'data' && random.chance(ONE_WAY_SHARE);
    // Of several peers with the same block, the first has the route.
    if (!isOneWay && !taken.has(peer.base)) add(to(peer.base, 16), { VpcPeeringConnectionId: peering });
    taken.add(peer.base);
  }
  if (vpc.transitAttachment !== undefined && layout.transitGateway !== undefined) {
    add({ DestinationCidrBlock: '10.0.0.0/8' }, { TransitGatewayId: layout.transitGateway });
  }
  if (tier === 'app' && random.chance(BLACKHOLE_SHARE)) {
    add({ DestinationCidrBlock: '10.250.0.0/16' }, { VpcPeeringConnectionId: ids.next('pcx') }, 'blackhole');
  }
  if (tier !== 'public' || vpc.isDefault) {
    add({ DestinationPrefixListId: storageList }, { GatewayId: vpc.storageEndpoint });
  }
  if (tier === 'public') add({ DestinationCidrBlock: '0.0.0.0/0' }, { GatewayId: vpc.internetGateway });
  if (tier === 'app' && vpc.natGateway !== undefined) {
    add({ DestinationCidrBlock: '0.0.0.0/0' }, { NatGatewayId: vpc.natGateway });
  }
  return routes;
}

function to(base: number, prefix: number): Destination {
  return { DestinationCidrBlock: `${addressText(base)}/${prefix}` };
}
