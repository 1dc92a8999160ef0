import type { AwsSnapshot } from '#sources/aws';
import { acl, card, group, snapshot, subnet, table, vpc, type Bodies } from './account.ts';

export const HUB = '111122223333';
export const SPOKE = '444455556666';

const ANY = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
const OPEN = [true, false].map((Egress) => ({
  Egress,
  RuleNumber: 100,
  RuleAction: 'allow',
  Protocol: '-1',
  CidrBlock: '0.0.0.0/0',
}));

function zoned(id: string, VpcId: string, cidr: string, OwnerId: string) {
  return {
    ...subnet(id, cidr),
    VpcId,
    OwnerId,
    AvailabilityZone: 'eu-west-1a',
    AvailabilityZoneId: 'euw1-az1',
  };
}

function local(cidr: string) {
  return { DestinationCidrBlock: cidr, GatewayId: 'local', State: 'active', Origin: 'CreateRouteTable' };
}

function main(id: string, VpcId: string, cidr: string, routes: readonly Bodies[]) {
  const own = table(id, [{ Main: true, AssociationState: { State: 'associated' } }], routes, { VpcId });
  return { ...own, Routes: [local(cidr), ...own.Routes.slice(1)] };
}

function attachment(id: string, type: string, resource: string, owner: string, associated: string) {
  return {
    TransitGatewayAttachmentId: id,
    TransitGatewayId: 'tgw-1',
    TransitGatewayOwnerId: HUB,
    ResourceType: type,
    ResourceId: resource,
    ResourceOwnerId: owner,
    State: 'available',
    Association: { TransitGatewayRouteTableId: associated, State: 'associated' },
  };
}

function vpcAttachment(id: string, VpcId: string, SubnetIds: readonly string[], VpcOwnerId: string) {
  return {
    TransitGatewayAttachmentId: id,
    TransitGatewayId: 'tgw-1',
    VpcId,
    VpcOwnerId,
    State: 'available',
    SubnetIds,
    Options: {
      Ipv6Support: 'disable',
      ApplianceModeSupport: 'disable',
      SecurityGroupReferencingSupport: 'enable',
    },
  };
}

function search(destination: string, to: string, type: string, Type = 'propagated') {
  return {
    DestinationCidrBlock: destination,
    State: 'active',
    Type,
    TransitGatewayAttachments: [{ TransitGatewayAttachmentId: to, ResourceType: type }],
  };
}

const GATEWAY = {
  TransitGatewayId: 'tgw-1',
  OwnerId: HUB,
  State: 'available',
  Options: { SecurityGroupReferencingSupport: 'enable' },
};

/** The owner of the transit gateway, with a network of its own: the answers by call. */
export const hub: Bodies = {
  DescribeVpcs: { Vpcs: [vpc('vpc-1', '10.0.0.0/16')] },
  DescribeSubnets: {
    Subnets: [
      zoned('subnet-a', 'vpc-1', '10.0.0.0/24', HUB),
      zoned('subnet-t', 'vpc-1', '10.0.255.0/28', HUB),
    ],
  },
  DescribeSecurityGroups: {
    SecurityGroups: [group('sg-1', { IpPermissions: ANY, IpPermissionsEgress: ANY })],
  },
  DescribeNetworkInterfaces: {
    NetworkInterfaces: [card('eni-1', { Attachment: { InstanceId: 'i-1', Status: 'attached' } })],
  },
  DescribeInstances: { Reservations: [{ Instances: [{ InstanceId: 'i-1', State: { Name: 'running' } }] }] },
  DescribeNetworkAcls: { NetworkAcls: [acl('acl-1', ['subnet-a', 'subnet-t'], OPEN)] },
  DescribeRouteTables: {
    RouteTables: [
      main('rtb-1', 'vpc-1', '10.0.0.0/16', [
        { DestinationCidrBlock: '10.2.0.0/16', TransitGatewayId: 'tgw-1' },
        { DestinationCidrBlock: '172.16.0.0/12', TransitGatewayId: 'tgw-1' },
      ]),
    ],
  },
  DescribeTransitGateways: { TransitGateways: [GATEWAY] },
  DescribeTransitGatewayAttachments: {
    TransitGatewayAttachments: [
      attachment('tgw-attach-1', 'vpc', 'vpc-1', HUB, 'tgw-rtb-1'),
      attachment('tgw-attach-2', 'vpc', 'vpc-2', SPOKE, 'tgw-rtb-1'),
      attachment('tgw-attach-3', 'vpn', 'vpn-1', HUB, 'tgw-rtb-2'),
    ],
  },
  DescribeTransitGatewayVpcAttachments: {
    TransitGatewayVpcAttachments: [
      vpcAttachment('tgw-attach-1', 'vpc-1', ['subnet-t'], HUB),
      vpcAttachment('tgw-attach-2', 'vpc-2', ['subnet-u'], SPOKE),
    ],
  },
  DescribeTransitGatewayRouteTables: {
    TransitGatewayRouteTables: ['tgw-rtb-1', 'tgw-rtb-2'].map((id) => ({
      TransitGatewayRouteTableId: id,
      TransitGatewayId: 'tgw-1',
      State: 'available',
    })),
  },
  SearchTransitGatewayRoutes: {
    'tgw-rtb-1': {
      Routes: [
        search('10.0.0.0/16', 'tgw-attach-1', 'vpc'),
        search('10.2.0.0/16', 'tgw-attach-2', 'vpc'),
        search('172.16.0.0/12', 'tgw-attach-3', 'vpn', 'static'),
      ],
      AdditionalRoutesAvailable: false,
    },
    'tgw-rtb-2': {
      Routes: [search('10.0.0.0/16', 'tgw-attach-1', 'vpc')],
      AdditionalRoutesAvailable: false,
    },
  },
  DescribeVpnGateways: {
    VpnGateways: [],
  },
  DescribeVpnConnections: {
    VpnConnections: [
      { VpnConnectionId: 'vpn-1', TransitGatewayId: 'tgw-1', CustomerGatewayId: 'cgw-1', State: 'available' },
      { VpnConnectionId: 'vpn-2', VpnGatewayId: 'vgw-2', CustomerGatewayId: 'cgw-1', State: 'available' },
    ],
  },
};

/** An account with which the gateway is shared. Its network has a private gateway of its own, too. */
export const spoke: Bodies = {
  DescribeVpcs: { Vpcs: [vpc('vpc-2', '10.2.0.0/16', { OwnerId: SPOKE })] },
  DescribeSubnets: {
    Subnets: [
      zoned('subnet-b', 'vpc-2', '10.2.0.0/24', SPOKE),
      zoned('subnet-u', 'vpc-2', '10.2.255.0/28', SPOKE),
    ],
  },
  DescribeSecurityGroups: {
    SecurityGroups: [
      group('sg-2', {
        VpcId: 'vpc-2',
        OwnerId: SPOKE,
        IpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: 22,
            ToPort: 22,
            UserIdGroupPairs: [{ GroupId: 'sg-1', UserId: HUB }],
          },
          { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
        ],
        IpPermissionsEgress: ANY,
      }),
    ],
  },
  DescribeNetworkInterfaces: {
    NetworkInterfaces: [
      card('eni-2', {
        OwnerId: SPOKE,
        VpcId: 'vpc-2',
        SubnetId: 'subnet-b',
        Groups: [{ GroupId: 'sg-2' }],
        PrivateIpAddresses: [{ PrivateIpAddress: '10.2.0.10', Primary: true }],
        Attachment: { InstanceId: 'i-2', Status: 'attached' },
      }),
    ],
  },
  DescribeInstances: { Reservations: [{ Instances: [{ InstanceId: 'i-2', State: { Name: 'running' } }] }] },
  DescribeNetworkAcls: { NetworkAcls: [{ ...acl('acl-2', ['subnet-b', 'subnet-u'], OPEN), VpcId: 'vpc-2' }] },
  DescribeRouteTables: {
    RouteTables: [
      main('rtb-2', 'vpc-2', '10.2.0.0/16', [
        { DestinationCidrBlock: '10.0.0.0/16', TransitGatewayId: 'tgw-1' },
        { DestinationCidrBlock: '192.168.0.0/16', GatewayId: 'vgw-2', Origin: 'EnableVgwRoutePropagation' },
      ]),
    ],
  },
  DescribeInternetGateways: { InternetGateways: [] },
  DescribeTransitGateways: { TransitGateways: [GATEWAY] },
  DescribeTransitGatewayAttachments: {
    TransitGatewayAttachments: [attachment('tgw-attach-2', 'vpc', 'vpc-2', SPOKE, 'tgw-rtb-1')],
  },
  DescribeTransitGatewayVpcAttachments: {
    TransitGatewayVpcAttachments: [vpcAttachment('tgw-attach-2', 'vpc-2', ['subnet-u'], SPOKE)],
  },
  DescribeTransitGatewayRouteTables: { TransitGatewayRouteTables: [] },
  SearchTransitGatewayRoutes: {},
  DescribeVpnGateways: {
    VpnGateways: [
      { VpnGatewayId: 'vgw-2', State: 'available', VpcAttachments: [{ VpcId: 'vpc-2', State: 'attached' }] },
    ],
  },
  DescribeVpnConnections: {
    VpnConnections: [
      { VpnConnectionId: 'vpn-2', VpnGatewayId: 'vgw-2', CustomerGatewayId: 'cgw-1', State: 'available' },
    ],
  },
};

export function wideWorld(more: { readonly hub?: Bodies; readonly spoke?: Bodies } = {}): AwsSnapshot[] {
  return [
    snapshot({ ...hub, ...more.hub }, { account: HUB }),
    snapshot({ ...spoke, ...more.spoke }, { account: SPOKE }),
  ];
}
