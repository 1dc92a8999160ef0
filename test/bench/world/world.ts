import { aclBodies } from './bodies/acls.ts';
import { gatewayBodies } from './bodies/gateways.ts';
import { groupBodies } from './bodies/groups.ts';
import { instanceBodies } from './bodies/instances.ts';
import { interfaceBodies } from './bodies/interfaces.ts';
import { prefixListBodies } from './bodies/prefix-lists.ts';
import { routeTableBodies } from './bodies/route-tables.ts';
import { serviceBodies } from './bodies/services.ts';
import { vpcBodies } from './bodies/vpcs.ts';
import { planBlocks } from './blocks.ts';
import { addChainRules } from './chain-rules.ts';
import { addFillerRules } from './filler-rules.ts';
import { planGroups } from './groups.ts';
import { Ids } from './ids.ts';
import { placeInterfaces } from './interfaces.ts';
import { planLayout } from './layout.ts';
import { ACCOUNT, CAPTURED_AT, REGION } from './owner.ts';
import { DEFAULT_OPTIONS, type WorldOptions, type WorldSize } from './sizes.ts';
import { planWorkloads } from './workloads.ts';

/** An invented account: the response body of each call that a reader makes, by the call's name. */
export type World = ReturnType<typeof buildWorld>;

/**
 * Builds an account of the given size: first a plan of VPCs, groups, rules and interfaces, then the response bodies.
 * The same size and options give the same text, byte for byte.
 */
export function buildWorld(size: WorldSize, options: Partial<WorldOptions> = {}) {
  const { transitGateways, ruleRecords } = { ...DEFAULT_OPTIONS, ...options };
  const ids = new Ids(size.seed);
  const layout = planLayout(size, transitGateways, ids);
  const outside = planBlocks(size.seed, ids);
  const byVpc = planGroups(size, layout, ids);
  for (const [vpc, groups] of byVpc) addChainRules(vpc, groups, outside);
  addFillerRules(size, byVpc, outside);
  const workloads = planWorkloads(size, layout, byVpc, ids);
  const interfaces = placeInterfaces(size.seed, workloads, ids);

  const routeTables = routeTableBodies(size.seed, layout, outside.storageList.id, ids);
  const tablesOf = (endpoint: string): string[] =>
    routeTables.RouteTables.filter(({ Routes }) =>
      Routes.some((route) => 'GatewayId' in route && route.GatewayId === endpoint),
    ).map(({ RouteTableId }) => RouteTableId);
  return {
    _meta: { account: ACCOUNT, region: REGION, capturedAt: CAPTURED_AT, schemaVersion: 1, blindSpots: [] },
    ...vpcBodies(layout, ids),
    ...groupBodies(byVpc, ruleRecords, ids),
    DescribeNetworkInterfaces: interfaceBodies(interfaces),
    DescribeInstances: instanceBodies(interfaces, ids),
    DescribeRouteTables: routeTables,
    DescribeNetworkAcls: aclBodies(size.seed, layout, ids),
    DescribeEgressOnlyInternetGateways: { EgressOnlyInternetGateways: [] },
    ...gatewayBodies(layout, interfaces, tablesOf),
    ...prefixListBodies(outside),
    ...serviceBodies(workloads, interfaces),
    DescribeVpnGateways: { VpnGateways: [] },
    DescribeVpcBlockPublicAccessOptions: {
      VpcBlockPublicAccessOptions: {
        AwsAccountId: ACCOUNT,
        AwsRegion: REGION,
        State: 'default-state',
        InternetGatewayBlockMode: 'off',
        ManagedBy: 'account',
        ExclusionsAllowed: 'allowed',
      },
    },
    DescribeVpcBlockPublicAccessExclusions: { VpcBlockPublicAccessExclusions: [] },
  };
}
