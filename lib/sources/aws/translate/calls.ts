import { callOf, type CallKey } from '../resources/index.ts';

/** The member by which an item of a call's list is known; an item without it is unreadable. */
const ID_MEMBERS: Partial<Readonly<Record<CallKey, string>>> = {
  DescribeVpcs: 'VpcId',
  DescribeSubnets: 'SubnetId',
  DescribeSecurityGroups: 'GroupId',
  DescribeNetworkInterfaces: 'NetworkInterfaceId',
  DescribeRouteTables: 'RouteTableId',
  DescribeNetworkAcls: 'NetworkAclId',
  DescribeInternetGateways: 'InternetGatewayId',
  DescribeEgressOnlyInternetGateways: 'EgressOnlyInternetGatewayId',
  DescribeNatGateways: 'NatGatewayId',
  DescribeVpcEndpoints: 'VpcEndpointId',
  DescribeVpcEndpointServiceConfigurations: 'ServiceId',
  DescribeInstanceConnectEndpoints: 'InstanceConnectEndpointId',
  DescribeVpcPeeringConnections: 'VpcPeeringConnectionId',
  DescribeManagedPrefixLists: 'PrefixListId',
  DescribePrefixLists: 'PrefixListId',
  DescribeTransitGateways: 'TransitGatewayId',
  DescribeTransitGatewayRouteTables: 'TransitGatewayRouteTableId',
  DescribeVpnGateways: 'VpnGatewayId',
  DescribeLoadBalancers: 'LoadBalancerArn',
  DescribeListeners: 'ListenerArn',
  DescribeTargetGroups: 'TargetGroupArn',
  'ElasticLoadBalancing.DescribeLoadBalancers': 'LoadBalancerName',
  DescribeDBInstances: 'DBInstanceIdentifier',
  DescribeCacheClusters: 'CacheClusterId',
  DescribeDomains: 'DomainName',
};

export function idMemberOf(call: CallKey): string | undefined {
  return ID_MEMBERS[call];
}

/** The member that holds the list; none where the answer has another form. */
export function listMemberOf(call: CallKey): string | undefined {
  const { member, parent, shape } = callOf(call);
  return parent?.kept !== 'by-id' && Array.isArray(shape[member]) ? member : undefined;
}

/** Calls whose absence is said even if nothing that was read points at what they would have told. */
export const EXPECTED_CALLS: readonly CallKey[] = [
  'DescribeVpcs',
  'DescribeSubnets',
  'DescribeSecurityGroups',
  'DescribeNetworkInterfaces',
  'DescribeInstances',
  'DescribeRouteTables',
  'DescribeNetworkAcls',
  'DescribeInternetGateways',
  'DescribeVpcPeeringConnections',
  'DescribeVpnGateways',
  'DescribeVpcBlockPublicAccessOptions',
];

/** What somebody has to do so that the call is there the next time. */
export function remedyFor(call: CallKey): string {
  return `Grant ${callOf(call).action} to the role that reads the account, and collect it again.`;
}
