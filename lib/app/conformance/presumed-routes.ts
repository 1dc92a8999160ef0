import type { AwsSnapshot } from '#sources/aws';

type RouteTables = NonNullable<NonNullable<AwsSnapshot['DescribeRouteTables']>['RouteTables']>;
type Subnets = NonNullable<NonNullable<AwsSnapshot['DescribeSubnets']>['Subnets']>;

const EVERYWHERE = '0.0.0.0/0';

/** How a case says that its source has none. */
const PRESUMES_ROUTES = /\bno route ?tables\b/i;

export function presumesRoutes(assumptions: readonly string[]): boolean {
  return assumptions.some((assumption) => PRESUMES_ROUTES.test(assumption));
}

/**
 * Cases without route tables say what to presume: every VPC routes within itself, and a subnet is public if it gives out
 * public addresses and its VPC has an attached internet gateway. No other way leads in or out. Here that is written out as the
 * responses that would say so. Postern itself never presumes routes.
 */
export function withPresumedRoutes(snapshot: AwsSnapshot): AwsSnapshot {
  if (snapshot.DescribeRouteTables !== undefined) return snapshot;
  const subnets = snapshot.DescribeSubnets?.Subnets ?? [];
  const gateways = attachedGateways(snapshot);
  const isPublic = ({ MapPublicIpOnLaunch, VpcId = '' }: Subnets[number]): boolean =>
    MapPublicIpOnLaunch === true && gateways.has(VpcId);
  const publicIds = new Set(subnets.filter(isPublic).flatMap(({ SubnetId }) => SubnetId ?? []));
  const tables = (snapshot.DescribeVpcs?.Vpcs ?? []).flatMap((vpc): RouteTables => {
    const { VpcId = '', CidrBlock, CidrBlockAssociationSet = [] } = vpc;
    const blocks = new Set(
      [CidrBlock, ...CidrBlockAssociationSet.map((association) => association.CidrBlock)].flatMap(
        (block) => block ?? [],
      ),
    );
    const local = [...blocks].map((block) => route(block, 'local', 'CreateRouteTable'));
    const gateway = gateways.get(VpcId);
    const main = { RouteTableId: `presumed:${VpcId}`, VpcId, Associations: [{ Main: true }], Routes: local };
    if (gateway === undefined) return [main];
    const members = subnets.filter(
      (subnet) => subnet.VpcId === VpcId && publicIds.has(subnet.SubnetId ?? ''),
    );
    return [
      main,
      {
        RouteTableId: `presumed:${VpcId}:public`,
        VpcId,
        Associations: members.map(({ SubnetId = '' }) => ({ Main: false, SubnetId })),
        Routes: [...local, route(EVERYWHERE, gateway, 'CreateRoute')],
      },
    ];
  });
  return {
    ...NO_OTHER_WAYS,
    ...snapshot,
    DescribeRouteTables: { RouteTables: tables },
    DescribeNetworkInterfaces: withoutPublicAddresses(snapshot.DescribeNetworkInterfaces, publicIds),
  } as AwsSnapshot;
}

/** For questions about groups alone: nothing leads from network to network that would have to be read. */
export function withNoOtherWays(snapshot: AwsSnapshot): AwsSnapshot {
  return { ...NO_OTHER_WAYS, ...snapshot };
}

const NO_OTHER_WAYS: Omit<AwsSnapshot, '_meta'> = {
  DescribeVpcPeeringConnections: { VpcPeeringConnections: [] },
  DescribeTransitGatewayAttachments: { TransitGatewayAttachments: [] },
  DescribeVpnGateways: { VpnGateways: [] },
  DescribeNatGateways: { NatGateways: [] },
  DescribeEgressOnlyInternetGateways: { EgressOnlyInternetGateways: [] },
  DescribeVpcEndpoints: { VpcEndpoints: [] },
};

function route(DestinationCidrBlock: string, GatewayId: string, Origin: string) {
  return { DestinationCidrBlock, GatewayId, Origin, State: 'active' };
}

/** The internet gateway of each VPC that has one. */
function attachedGateways(snapshot: AwsSnapshot): ReadonlyMap<string, string> {
  return new Map(
    (snapshot.DescribeInternetGateways?.InternetGateways ?? []).flatMap(
      ({ InternetGatewayId = '', Attachments = [] }) =>
        Attachments.filter(({ State }) => State === 'available' || State === 'attached').map(
          ({ VpcId = '' }) => [VpcId, InternetGatewayId] as const,
        ),
    ),
  );
}

/** What is in a subnet that counts as private cannot be dialled. */
function withoutPublicAddresses(
  response: AwsSnapshot['DescribeNetworkInterfaces'],
  publicIds: ReadonlySet<string>,
): AwsSnapshot['DescribeNetworkInterfaces'] {
  return {
    NetworkInterfaces: (response?.NetworkInterfaces ?? []).map((item) => {
      if (publicIds.has(item.SubnetId ?? '')) return item;
      const addresses = (item.PrivateIpAddresses ?? []).map((address) => ({ ...address, Association: {} }));
      return { ...item, Association: {}, PrivateIpAddresses: addresses };
    }),
  };
}
