import fc from 'fast-check';
import type { Account, NatGateway, RouteTable, VpcEndpoint } from './responses.ts';
import { buildAcls } from './world/acls.ts';
import { dealCards } from './world/cards.ts';
import { Dice } from './world/dice.ts';
import { buildEdges } from './world/edges.ts';
import { FEATURE_NAMES, FEATURES, onlyWith } from './world/features.ts';
import type { Features } from './world/features.ts';
import { listRules } from './world/group-rules.ts';
import { buildGroups, groupsOf } from './world/groups.ts';
import { layOut } from './world/layout.ts';
import type { Target, VpcPlan } from './world/layout.ts';
import { buildLists } from './world/lists.ts';
import type { ListPlan } from './world/lists.ts';
import { describePublicAccess } from './world/public-access.ts';
import { admitRelays } from './world/relay-permissions.ts';
import { buildRelays, describeRelays } from './world/relays.ts';
import { enrol } from './world/roster.ts';
import { buildSites, describeSites } from './world/sites.ts';
import { buildTables } from './world/tables.ts';
import { buildTransit, describeTransit } from './world/transit.ts';
import { describeSubnet, describeVpc } from './world/vpcs.ts';

/**
 * A tiny and contrary world as AWS would describe it, the same for the same seed and features: at most ten
 * interfaces in two to four subnets of one to three VPCs, one account object for each target.
 *
 * Rules are drawn from the world's own addresses and a handful of ports with their neighbours, so that edges
 * meet. A feature that is switched off leaves the other parts as they were (see `smallest`).
 */
export function worldOf(seed: number, features: Partial<Features> = {}): Account[] {
  const dice = new Dice(seed);
  const on = narrowed(dice.fork('narrow'), { ...FEATURES, ...features });
  const vpcs = layOut(dice.fork('layout'), on);
  const targets = [...new Set(vpcs.map((vpc) => vpc.target))];
  const translated = on.natGateways && dice.fork('translated').chance(0.4);
  const apart = on.transitGateways && dice.fork('apart').chance(0.6);
  const { cards, nats } = dealCards(dice.fork('cards'), on, vpcs, { translated, apart });
  const material = {
    features: on,
    vpcs,
    addresses: cards.flatMap((card) => card.addresses),
    hosts: cards
      .filter((card) => card.kind === 'host')
      .map((card) => ({ id: card.id, vpcId: card.subnet.vpcId })),
    // Behind a load balancer there are two calls to admit
    openGroups: dice.fork('open groups').chance(on.relays ? 0.7 : on.peering ? 0.35 : 0.6),
    openAcls: dice.fork('open acls').chance(on.relays ? 0.65 : 0.35),
    translated,
    apart,
  };
  const edges = buildEdges(dice.fork('edges'), on, vpcs);
  const lists = buildLists(dice.fork('lists'), material, targets);
  const transit = buildTransit(dice.fork('transit'), on, vpcs);
  const sites = buildSites(dice.fork('sites'), on, vpcs);
  const plain = buildGroups(dice.fork('groups'), material, { lists, peerings: edges.peerings, transit });
  const roster = enrol(dice, on, cards, (card) => groupsOf(dice.fork('carries'), material, plain, card));
  const relays = buildRelays(dice.fork('relays'), on, roster.interfaces, vpcs);
  const groups = admitRelays(dice.fork('admitted'), plain, relays, vpcs);
  const tables = buildTables(dice.fork('tables'), { material, edges, nats, lists, transit, sites });
  const acls = buildAcls(dice.fork('acls'), material);

  return targets.map((target): Account => {
    const isOwn = ownershipOf(vpcs, target);
    const ownGroups = groups.filter((group) => isOwn(group.VpcId));
    const interfaces = relays.interfaces.filter((each) => isOwn(each.VpcId));
    const instances = new Set(interfaces.map((each) => each.Attachment?.InstanceId));
    const ownVpcs = vpcs.filter((vpc) => vpc.target === target);
    const listing = on.ruleListings && dice.fork('listing').chance(0.7);
    return {
      _meta: {
        account: target.account,
        region: target.region,
        capturedAt: '2026-03-01T08:00:00Z',
        schemaVersion: 1,
        blindSpots: [],
      },
      DescribeVpcs: { Vpcs: ownVpcs.map(describeVpc) },
      DescribeSubnets: { Subnets: ownVpcs.flatMap((vpc) => vpc.subnets).map(describeSubnet) },
      DescribeSecurityGroups: { SecurityGroups: ownGroups },
      ...(listing ? { DescribeSecurityGroupRules: { SecurityGroupRules: listRules(ownGroups) } } : {}),
      DescribeNetworkInterfaces: { NetworkInterfaces: interfaces },
      DescribeInstances: {
        Reservations: [...roster.reservations].filter(([id]) => instances.has(id)).map(([, each]) => each),
      },
      DescribeRouteTables: { RouteTables: tables.filter((table) => isOwn(table.VpcId)) },
      DescribeNetworkAcls: { NetworkAcls: acls.filter((acl) => isOwn(acl.VpcId)) },
      DescribeInternetGateways: {
        InternetGateways: edges.internet
          .filter((gateway) => isOwn(gateway.plannedFor))
          .map(({ InternetGatewayId, OwnerId, Attachments }) => ({
            InternetGatewayId,
            OwnerId,
            Attachments,
          })),
      },
      DescribeEgressOnlyInternetGateways: {
        EgressOnlyInternetGateways: edges.egressOnly
          .filter((gateway) => isOwn(gateway.plannedFor))
          .map(({ EgressOnlyInternetGatewayId, Attachments }) => ({
            EgressOnlyInternetGatewayId,
            Attachments,
          })),
      },
      DescribeNatGateways: { NatGateways: nats.filter((nat: NatGateway) => isOwn(nat.VpcId)) },
      DescribeVpcPeeringConnections: {
        VpcPeeringConnections: edges.peerings.filter(
          (each) => isOwn(each.RequesterVpcInfo.VpcId) || isOwn(each.AccepterVpcInfo.VpcId),
        ),
      },
      ...describeLists(lists.filter((list) => list.target === target)),
      DescribeVpcEndpoints: {
        VpcEndpoints: edges.endpoints
          .filter((endpoint) => isOwn(endpoint.VpcId))
          .map((endpoint) => withTables(endpoint, tables)),
      },
      ...(on.relays ? describeRelays(relays, target) : {}),
      ...(on.blockPublicAccess ? describePublicAccess(dice.fork('public access'), ownVpcs, target) : {}),
      ...(on.transitGateways ? describeTransit(transit, target) : {}),
      ...(on.siteGateways || on.transitSites ? describeSites(sites, transit.gateways, target) : {}),
    };
  });
}

export type World = {
  readonly seed: number;
  readonly features: Features;
  readonly targets: readonly Account[];
};

/** Worlds for fast-check; a failing one shrinks by losing features, never by changing its seed. */
export const worlds: fc.Arbitrary<World> = fc
  .tuple(
    fc.noShrink(fc.integer({ min: 0, max: 0x7fffffff })),
    fc.oneof(
      { withCrossShrink: true },
      { arbitrary: fc.subarray(FEATURE_NAMES.filter((name) => FEATURES[name])), weight: 1 },
      { arbitrary: fc.constant(FEATURE_NAMES.filter((name) => FEATURES[name])), weight: 4 },
    ),
  )
  .map(([seed, names]) => {
    const features = onlyWith(names);
    return { seed, features, targets: worldOf(seed, features) };
  });

/** The world of that seed with as many features switched off as leave it failing. */
export function smallest(
  seed: number,
  fails: (targets: Account[]) => boolean,
  features: Features = FEATURES,
): World {
  const spare = FEATURE_NAMES.filter((name) => features[name]).find((name) =>
    fails(worldOf(seed, { ...features, [name]: false })),
  );
  if (spare === undefined) return { seed, features, targets: worldOf(seed, features) };
  return smallest(seed, fails, { ...features, [spare]: false });
}

/**
 * Most worlds with transit gateways have no other way between their VPCs, so that what a transit gateway
 * does decides.
 */
function narrowed(dice: Dice, features: Features): Features {
  if (!features.transitGateways || dice.chance(0.35)) return features;
  return { ...features, crossRegion: false, overlappingVpcs: false, peering: false, publicVpcCidrs: false };
}

function ownershipOf(vpcs: readonly VpcPlan[], target: Target): (vpc: string) => boolean {
  const own = new Set(vpcs.filter((vpc) => vpc.target === target).map((vpc) => vpc.id));
  return (vpc) => own.has(vpc);
}

function describeLists(
  lists: readonly ListPlan[],
): Pick<Account, 'DescribeManagedPrefixLists' | 'GetManagedPrefixListEntries'> {
  return {
    DescribeManagedPrefixLists: { PrefixLists: lists.map(({ list }) => list) },
    GetManagedPrefixListEntries: Object.fromEntries(
      lists.map(({ list, entries }) => [list.PrefixListId, entries]),
    ),
  };
}

function withTables(endpoint: VpcEndpoint, tables: readonly RouteTable[]): VpcEndpoint {
  const ids = tables
    .filter((table) => table.Routes.some((route) => route.GatewayId === endpoint.VpcEndpointId))
    .map((table) => table.RouteTableId);
  return { ...endpoint, RouteTableIds: ids };
}
