import { alarms, isSilent, type Case } from './case.ts';
import { BATFISH, NP_GUARD } from './peer.ts';
import { verdict } from './questions.ts';
import {
  ACCOUNT,
  account,
  acl,
  admits,
  ALL_PASS,
  entry,
  group,
  mainTable,
  OPEN,
  subnet,
  table,
  vpc,
  type Bodies,
  type Scene,
} from './scene.ts';
import type { AwsSnapshot } from '#sources/aws';

const TGW = 'https://docs.aws.amazon.com/vpc/latest/tgw';
const NO_TRANSIT = 'Has no transit gateway of AWS.';

type Transit = {
  /** What `db` (10.0.1.10, zone b) admits. */
  readonly from: Bodies;
  /** Group references across the gateway: by the gateway, by the attachment of each network. */
  readonly references?: readonly [gateway: string, near: string, far: string];
  /** The subnets of the near attachment; `subnet-t` is in zone b. */
  readonly attached?: readonly string[];
  /** Of the subnet that the attachment stands in. */
  readonly entries?: readonly Bodies[];
  readonly state?: string;
};

/** `db` in `vpc-1` and `far` (10.1.0.10) in `vpc-2`, both on a transit gateway whose one table has routes to both. */
function transit({
  from,
  references = ['disable', 'disable', 'disable'],
  attached = ['subnet-t'],
  entries = ALL_PASS,
  state = 'active',
}: Transit): AwsSnapshot {
  const zone = (id: string) => ({
    AvailabilityZone: `eu-west-1${id}`,
    AvailabilityZoneId: `euw1-az${id === 'a' ? '1' : '2'}`,
  });
  const far = { VpcId: 'vpc-2' };
  const to = (block: string) => ({ DestinationCidrBlock: block, TransitGatewayId: 'tgw-1' });
  const local = {
    DestinationCidrBlock: '10.1.0.0/16',
    GatewayId: 'local',
    Origin: 'CreateRouteTable',
    State: 'active',
  };
  const aclOf = (id: string, subnets: readonly string[], list: readonly Bodies[], more: Bodies = {}) => ({
    ...acl(id, subnets, list),
    ...more,
  });
  const attachment = (id: string, network: string) => ({
    TransitGatewayAttachmentId: id,
    TransitGatewayId: 'tgw-1',
    TransitGatewayOwnerId: ACCOUNT,
    ResourceOwnerId: ACCOUNT,
    ResourceType: 'vpc',
    ResourceId: network,
    State: 'available',
    Association: { TransitGatewayRouteTableId: 'tgw-rtb-1', State: 'associated' },
  });
  const standing = (id: string, network: string, subnets: readonly string[], support: string) => ({
    TransitGatewayAttachmentId: id,
    TransitGatewayId: 'tgw-1',
    VpcId: network,
    VpcOwnerId: ACCOUNT,
    State: 'available',
    SubnetIds: subnets,
    Options: { SecurityGroupReferencingSupport: support, ApplianceModeSupport: 'disable' },
  });
  const route = (block: string, id: string, network: string) => ({
    DestinationCidrBlock: block,
    Type: 'propagated',
    State: state,
    TransitGatewayAttachments: [{ TransitGatewayAttachmentId: id, ResourceId: network, ResourceType: 'vpc' }],
  });
  return account({
    cards: {
      db: { ip: '10.0.1.10', groups: ['sg-db'] },
      far: { ip: '10.1.0.10', groups: ['sg-far'], SubnetId: 'subnet-far', ...far },
    },
    more: {
      DescribeVpcs: { Vpcs: [vpc('vpc-1', '10.0.0.0/16'), vpc('vpc-2', '10.1.0.0/16')] },
      DescribeSubnets: {
        Subnets: [
          subnet('subnet-a', '10.0.0.0/24', zone('a')),
          subnet('subnet-b', '10.0.1.0/24', zone('b')),
          subnet('subnet-t', '10.0.2.0/28', zone('b')),
          subnet('subnet-ta', '10.0.2.16/28', zone('a')),
          subnet('subnet-far', '10.1.0.0/24', { ...far, ...zone('b') }),
        ],
      },
      DescribeSecurityGroups: {
        SecurityGroups: [
          group('sg-db', { IpPermissions: [from], IpPermissionsEgress: [OPEN] }),
          group('sg-far', { ...far, IpPermissionsEgress: [OPEN] }),
        ],
      },
      DescribeRouteTables: {
        RouteTables: [
          mainTable([to('10.1.0.0/16')]),
          {
            ...table('rtb-far', [{ Main: true, AssociationState: { State: 'associated' } }], []),
            ...far,
            Routes: [local, { Origin: 'CreateRoute', State: 'active', ...to('10.0.0.0/16') }],
          },
        ],
      },
      DescribeNetworkAcls: {
        NetworkAcls: [
          aclOf('acl-1', ['subnet-a', 'subnet-b'], ALL_PASS),
          aclOf('acl-t', ['subnet-t', 'subnet-ta'], entries),
          aclOf('acl-far', ['subnet-far'], ALL_PASS, far),
        ],
      },
      DescribeTransitGateways: {
        TransitGateways: [
          {
            TransitGatewayId: 'tgw-1',
            OwnerId: ACCOUNT,
            State: 'available',
            Options: { SecurityGroupReferencingSupport: references[0] },
          },
        ],
      },
      DescribeTransitGatewayAttachments: {
        TransitGatewayAttachments: [attachment('tgw-attach-1', 'vpc-1'), attachment('tgw-attach-2', 'vpc-2')],
      },
      DescribeTransitGatewayVpcAttachments: {
        TransitGatewayVpcAttachments: [
          standing('tgw-attach-1', 'vpc-1', attached, references[1]),
          standing('tgw-attach-2', 'vpc-2', ['subnet-far'], references[2]),
        ],
      },
      DescribeTransitGatewayRouteTables: {
        TransitGatewayRouteTables: [
          { TransitGatewayRouteTableId: 'tgw-rtb-1', TransitGatewayId: 'tgw-1', State: 'available' },
        ],
      },
      SearchTransitGatewayRoutes: {
        'tgw-rtb-1': {
          Routes: [
            route('10.0.0.0/16', 'tgw-attach-1', 'vpc-1'),
            route('10.1.0.0/16', 'tgw-attach-2', 'vpc-2'),
          ],
          AdditionalRoutesAvailable: false,
        },
      },
    },
  } satisfies Scene);
}

const FROM_FAR = admits('tcp/5432', '10.1.0.0/16');
const FROM_GROUP = {
  ...admits('tcp/5432'),
  UserIdGroupPairs: [{ GroupId: 'sg-far', UserId: ACCOUNT, VpcId: 'vpc-2' }],
};
const asked = (scene: Transit): string => verdict(transit(scene), 'far', 'db', 'tcp/5432');

export const TRANSIT: readonly Case[] = [
  {
    id: 'RT9',
    name: 'a transit gateway carries what its table has routes for',
    page: `${TGW}/how-transit-gateways-work.html`,
    mistakes: [isSilent(NP_GUARD, 'pkg/awsvpc/parser.go', NO_TRANSIT)],
    ask: () => [asked({ from: FROM_FAR }), asked({ from: FROM_FAR, state: 'blackhole' })],
    right: ['allowed', 'denied'],
  },
  {
    id: 'RT9',
    name: 'a subnet whose zone has no attachment gets no replies across a transit gateway',
    page: `${TGW}/tgw-vpc-attachments.html`,
    mistakes: [isSilent(NP_GUARD, 'pkg/awsvpc/parser.go', NO_TRANSIT)],
    ask: () => [
      asked({ from: FROM_FAR, attached: ['subnet-t'] }),
      asked({ from: FROM_FAR, attached: ['subnet-ta'] }),
    ],
    right: ['allowed', 'denied'],
  },
  {
    id: 'NA5',
    name: 'what comes by a transit gateway passes the ACL of the subnet that the attachment stands in',
    page: `${TGW}/tgw-nacls.html`,
    mistakes: [
      alarms(
        BATFISH,
        'TransitGateway.java',
        "Asks the target subnet's ACL and not that of the attachment's.",
      ),
    ],
    ask: () => [
      asked({ from: FROM_FAR }),
      asked({
        from: FROM_FAR,
        entries: [entry(90, { CidrBlock: '10.0.1.0/24', Egress: true, RuleAction: 'deny' }), ...ALL_PASS],
      }),
    ],
    right: ['allowed', 'denied'],
  },
  {
    id: 'SG9',
    name: 'a group across a transit gateway admits where the gateway and both attachments support it',
    page: `${TGW}/tgw-vpc-attachments.html`,
    mistakes: [
      alarms(
        BATFISH,
        'IpPermissions.java',
        'Honours a group across a transit gateway whether or not the gateway supports that.',
      ),
      isSilent(NP_GUARD, 'pkg/awsvpc/parser.go', NO_TRANSIT),
    ],
    ask: () => [
      asked({ from: FROM_GROUP, references: ['enable', 'enable', 'enable'] }),
      asked({ from: FROM_GROUP, references: ['disable', 'enable', 'enable'] }),
      asked({ from: FROM_GROUP, references: ['enable', 'disable', 'enable'] }),
      asked({ from: FROM_GROUP, references: ['enable', 'enable', 'disable'] }),
    ],
    right: ['allowed', 'denied', 'denied', 'denied'],
  },
];
