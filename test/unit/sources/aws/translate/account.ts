import { translate, type AwsSnapshot } from '#sources/aws';
import { idOf, type Endpoint, type Network, type Policy, type Rule, type RouteTable } from '#model';

export const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';

/** Bodies of answers by call; `undefined` stands for a call that was not made. */
export type Bodies = Readonly<Record<string, unknown>>;

const VPC = 'vpc-1';
const LOCAL = {
  DestinationCidrBlock: '10.0.0.0/16',
  GatewayId: 'local',
  Origin: 'CreateRouteTable',
  State: 'active',
};

/** A whole account with one network, two subnets, one group and one interface; nothing about it is unknown. */
const BASE: Bodies = {
  DescribeVpcs: { Vpcs: [vpc(VPC, '10.0.0.0/16')] },
  DescribeSubnets: { Subnets: [subnet('subnet-a', '10.0.0.0/24'), subnet('subnet-b', '10.0.1.0/24')] },
  DescribeSecurityGroups: { SecurityGroups: [group('sg-1', {})] },
  DescribeSecurityGroupRules: { SecurityGroupRules: [] },
  DescribeNetworkInterfaces: { NetworkInterfaces: [card('eni-1', {})] },
  DescribeInstances: { Reservations: [] },
  DescribeRouteTables: { RouteTables: [mainTable([])] },
  DescribeNetworkAcls: { NetworkAcls: [acl('acl-1', ['subnet-a', 'subnet-b'], [])] },
  DescribeInternetGateways: {
    InternetGateways: [{ InternetGatewayId: 'igw-1', Attachments: [{ State: 'available', VpcId: VPC }] }],
  },
  DescribeEgressOnlyInternetGateways: { EgressOnlyInternetGateways: [] },
  DescribeNatGateways: { NatGateways: [] },
  DescribeVpcPeeringConnections: { VpcPeeringConnections: [] },
  DescribeVpcEndpoints: { VpcEndpoints: [] },
  DescribeManagedPrefixLists: { PrefixLists: [] },
  GetManagedPrefixListEntries: {},
  DescribeTransitGateways: { TransitGateways: [] },
  DescribeTransitGatewayAttachments: { TransitGatewayAttachments: [] },
  DescribeVpnGateways: { VpnGateways: [] },
  DescribeVpcBlockPublicAccessOptions: { VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'off' } },
  DescribeVpcBlockPublicAccessExclusions: { VpcBlockPublicAccessExclusions: [] },
};

export function snapshot(bodies: Bodies = {}, meta: Bodies = {}): AwsSnapshot {
  const merged = Object.entries({ ...BASE, ...bodies }).filter(([, body]) => body !== undefined);
  const told = { account: ACCOUNT, region: REGION, schemaVersion: 1, blindSpots: [], ...meta };
  return { _meta: told, ...Object.fromEntries(merged) };
}

export function translated(bodies: Bodies = {}, meta: Bodies = {}): Network {
  return translate([snapshot(bodies, meta)]);
}

export function vpc(id: string, cidr: string, more: Bodies = {}) {
  return { VpcId: id, OwnerId: ACCOUNT, CidrBlock: cidr, ...more };
}

export function subnet(id: string, cidr: string, more: Bodies = {}) {
  return { SubnetId: id, VpcId: VPC, CidrBlock: cidr, OwnerId: ACCOUNT, ...more };
}

export function group(id: string, more: Bodies) {
  return {
    GroupId: id,
    GroupName: id,
    VpcId: VPC,
    OwnerId: ACCOUNT,
    IpPermissions: [],
    IpPermissionsEgress: [],
    ...more,
  };
}

/** An interface in `subnet-a` with one address and the group `sg-1`. */
export function card(id: string, more: Bodies) {
  return {
    NetworkInterfaceId: id,
    InterfaceType: 'interface',
    Status: 'in-use',
    Description: '',
    OwnerId: ACCOUNT,
    VpcId: VPC,
    SubnetId: 'subnet-a',
    Groups: [{ GroupId: 'sg-1', GroupName: 'sg-1' }],
    PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.10', Primary: true }],
    ...more,
  };
}

export function acl(id: string, subnets: readonly string[], entries: readonly unknown[]) {
  return {
    NetworkAclId: id,
    VpcId: VPC,
    IsDefault: false,
    Associations: subnets.map((each) => ({ SubnetId: each, NetworkAclId: id })),
    Entries: entries,
  };
}

export function mainTable(routes: readonly Bodies[], more: Bodies = {}) {
  return table('rtb-main', [{ Main: true, AssociationState: { State: 'associated' } }], routes, more);
}

export function table(
  id: string,
  associations: readonly unknown[],
  routes: readonly Bodies[],
  more: Bodies = {},
) {
  const all = routes.map((route) => ({ Origin: 'CreateRoute', State: 'active', ...route }));
  return { RouteTableId: id, VpcId: VPC, Associations: associations, Routes: [LOCAL, ...all], ...more };
}

export function withRules(permissions: readonly unknown[]): Bodies {
  return { DescribeSecurityGroups: { SecurityGroups: [group('sg-1', { IpPermissions: permissions })] } };
}

export function policyOf(network: Network, id = 'sg-1'): Policy {
  return found(network.policies.get(idOf<'policy'>(id)), id);
}

export function ingressOf(network: Network, id = 'sg-1'): readonly Rule[] {
  return policyOf(network, id).rules.filter(({ direction }) => direction === 'ingress');
}

export function endpointOf(network: Network, id = 'eni-1'): Endpoint {
  return found(network.endpoints.get(idOf<'endpoint'>(id)), id);
}

export function tableOf(network: Network, id = 'rtb-main'): RouteTable {
  return found(network.routeTables.get(idOf<'route-table'>(id)), id);
}

export function codesOf(network: Network): string[] {
  return [...network.blindSpots.values()].map(({ code }) => code);
}

export function found<T>(value: T | undefined, id: string): T {
  if (value === undefined) throw new Error(`the network has no ${id}`);
  return value;
}
