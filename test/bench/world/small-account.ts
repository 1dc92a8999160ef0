import { addressOf, addressText } from './address.ts';
import { CAPTURED_AT, CREATED_AT, REGION } from './owner.ts';
import { addRule, tcp, type permission, type ruleRecord } from './small-rules.ts';

export type SmallAccount = ReturnType<typeof smallAccount>;

/**
 * A small, sound account, made to be spoiled: one VPC, a public `web` and a private `db` host.
 * `number` (1 to 9) makes the ids and addresses of several accounts differ.
 */
export function smallAccount(account = '111122223333', number = 1) {
  const id = idsOf(number);
  const base = addressOf(10, number);
  const cidr = `${addressText(base)}/16`;
  const publicIp = `203.0.113.${number}`;
  const local = {
    DestinationCidrBlock: cidr,
    GatewayId: 'local',
    Origin: 'CreateRouteTable',
    State: 'active',
  };
  const outward = {
    DestinationCidrBlock: '0.0.0.0/0',
    GatewayId: id.gateway,
    Origin: 'CreateRoute',
    State: 'active',
  };
  const web = host(account, number, 'web', id.publicSubnet, addressText(base + 10), publicIp);
  const db = host(account, number, 'db', id.privateSubnet, addressText(base + 256 + 10), undefined);
  const result = {
    _meta: {
      account,
      region: REGION,
      capturedAt: CAPTURED_AT,
      schemaVersion: 1,
      blindSpots: [] as unknown[],
    },
    DescribeVpcs: {
      Vpcs: [
        {
          VpcId: id.vpc,
          OwnerId: account,
          State: 'available',
          CidrBlock: cidr,
          CidrBlockAssociationSet: [{ CidrBlock: cidr, CidrBlockState: { State: 'associated' } }],
          Ipv6CidrBlockAssociationSet: [],
          IsDefault: false,
          Tags: name(`vpc-${number}`),
        },
      ],
    },
    DescribeSubnets: {
      Subnets: [
        subnet(account, number, id.publicSubnet, 'public', `${addressText(base)}/24`),
        subnet(account, number, id.privateSubnet, 'private', `${addressText(base + 256)}/24`),
      ],
    },
    DescribeSecurityGroups: {
      SecurityGroups: [group(account, number, id.webGroup, 'web'), group(account, number, id.dbGroup, 'db')],
    },
    DescribeSecurityGroupRules: { SecurityGroupRules: [] as ReturnType<typeof ruleRecord>[] },
    DescribeNetworkInterfaces: { NetworkInterfaces: [web.card, db.card] },
    DescribeInstances: {
      Reservations: [
        { ReservationId: idOf('r', number, 1), OwnerId: account, Instances: [web.instance, db.instance] },
      ],
    },
    DescribeRouteTables: {
      RouteTables: [
        routeTable(account, number, 1, undefined, [local]),
        routeTable(account, number, 2, id.publicSubnet, [local, outward]),
      ],
    },
    DescribeNetworkAcls: { NetworkAcls: [openAcl(account, number)] },
    DescribeInternetGateways: {
      InternetGateways: [
        {
          InternetGatewayId: id.gateway,
          OwnerId: account,
          Attachments: [{ State: 'available', VpcId: id.vpc }],
          Tags: name('internet'),
        },
      ],
    },
    DescribeEgressOnlyInternetGateways: { EgressOnlyInternetGateways: [] as unknown[] },
    DescribeNatGateways: { NatGateways: [] as unknown[] },
    DescribeVpcPeeringConnections: { VpcPeeringConnections: [] as unknown[] },
    DescribeManagedPrefixLists: { PrefixLists: [] as unknown[] },
    GetManagedPrefixListEntries: {} as Record<string, { Entries: { Cidr: string; Description: string }[] }>,
    DescribeVpcEndpoints: { VpcEndpoints: [] as unknown[] },
    DescribeTransitGateways: { TransitGateways: [] as unknown[] },
    DescribeTransitGatewayAttachments: { TransitGatewayAttachments: [] as unknown[] },
    DescribeVpnGateways: { VpnGateways: [] as unknown[] },
    DescribeAddresses: { Addresses: [] as unknown[] },
    DescribeLoadBalancers: { LoadBalancers: [] as unknown[] },
    DescribeListeners: { Listeners: [] as unknown[] },
    DescribeTargetGroups: { TargetGroups: [] as unknown[] },
    DescribeTargetHealth: {},
    DescribeDBInstances: { DBInstances: [] as unknown[] },
    DescribeCacheClusters: { CacheClusters: [] as unknown[] },
    DescribeVpcBlockPublicAccessExclusions: { VpcBlockPublicAccessExclusions: [] as unknown[] },
  };
  addRule(result, id.webGroup, 'ingress', { ...tcp(443), peer: { cidr: '0.0.0.0/0' }, description: 'https' });
  addRule(result, id.dbGroup, 'ingress', { ...tcp(5_432), peer: { group: id.webGroup, owner: account } });
  for (const each of [id.webGroup, id.dbGroup]) {
    addRule(result, each, 'egress', { protocol: '-1', from: -1, to: -1, peer: { cidr: '0.0.0.0/0' } });
  }
  return result;
}

/** The ids that builders need to find their way around a small account. */
export function idsOf(number: number) {
  return {
    vpc: idOf('vpc', number, 1),
    publicSubnet: idOf('subnet', number, 1),
    privateSubnet: idOf('subnet', number, 2),
    gateway: idOf('igw', number, 1),
    webGroup: idOf('sg', number, 1),
    dbGroup: idOf('sg', number, 2),
  };
}

export function idOf(prefix: string, number: number, count: number): string {
  return `${prefix}-0${number.toString(16).padStart(4, '0')}${count.toString(16).padStart(12, '0')}`;
}

export function name(value: string) {
  return [{ Key: 'Name', Value: value }];
}

function subnet(account: string, number: number, id: string, label: string, cidr: string) {
  return {
    SubnetId: id,
    VpcId: idsOf(number).vpc,
    OwnerId: account,
    State: 'available',
    CidrBlock: cidr,
    Ipv6CidrBlockAssociationSet: [],
    AvailabilityZone: `${REGION}a`,
    MapPublicIpOnLaunch: label === 'public',
    Tags: name(label),
  };
}

function group(account: string, number: number, id: string, label: string) {
  return {
    GroupId: id,
    GroupName: label,
    Description: `${label} hosts`,
    OwnerId: account,
    VpcId: idsOf(number).vpc,
    IpPermissions: [] as ReturnType<typeof permission>[],
    IpPermissionsEgress: [] as ReturnType<typeof permission>[],
    Tags: name(label),
  };
}

type Route = { Origin: string; State: string } & Record<string, string>;

function routeTable(
  account: string,
  number: number,
  count: number,
  subnetId: string | undefined,
  routes: Route[],
) {
  const id = idOf('rtb', number, count);
  return {
    RouteTableId: id,
    VpcId: idsOf(number).vpc,
    OwnerId: account,
    Associations: [
      {
        Main: subnetId === undefined,
        RouteTableAssociationId: idOf('rtbassoc', number, count),
        RouteTableId: id,
        ...(subnetId === undefined ? {} : { SubnetId: subnetId }),
        AssociationState: { State: 'associated' },
      },
    ],
    PropagatingVgws: [],
    Routes: [...routes],
    Tags: name(`table-${count}`),
  };
}

export type AclEntry = {
  RuleNumber: number;
  Egress: boolean;
  RuleAction: 'allow' | 'deny';
  Protocol: string;
  CidrBlock: string;
  PortRange?: { From: number; To: number };
};

function openAcl(account: string, number: number) {
  const { vpc, publicSubnet, privateSubnet } = idsOf(number);
  const id = idOf('acl', number, 1);
  return {
    NetworkAclId: id,
    VpcId: vpc,
    OwnerId: account,
    IsDefault: true,
    Associations: [publicSubnet, privateSubnet].map((each, i) => ({
      NetworkAclAssociationId: idOf('aclassoc', number, i + 1),
      NetworkAclId: id,
      SubnetId: each,
    })),
    Entries: [true, false].flatMap((isEgress): AclEntry[] => [
      { RuleNumber: 100, Egress: isEgress, RuleAction: 'allow', Protocol: '-1', CidrBlock: '0.0.0.0/0' },
      { RuleNumber: 32_767, Egress: isEgress, RuleAction: 'deny', Protocol: '-1', CidrBlock: '0.0.0.0/0' },
    ]),
    Tags: name('default'),
  };
}

/** A running instance and its only network card. */
function host(
  account: string,
  number: number,
  label: 'web' | 'db',
  subnetId: string,
  ip: string,
  publicIp: string | undefined,
) {
  const { vpc, webGroup, dbGroup } = idsOf(number);
  const count = label === 'web' ? 1 : 2;
  const groups = [{ GroupId: label === 'web' ? webGroup : dbGroup, GroupName: label }];
  const instanceId = idOf('i', number, count);
  const association =
    publicIp === undefined ? {} : { Association: { IpOwnerId: 'amazon', PublicIp: publicIp } };
  const card = {
    NetworkInterfaceId: idOf('eni', number, count),
    OwnerId: account,
    InterfaceType: 'interface',
    Description: `${label} card`,
    Status: 'in-use',
    Attachment: {
      AttachmentId: idOf('eni-attach', number, count),
      InstanceId: instanceId,
      InstanceOwnerId: account,
      DeviceIndex: 0,
      Status: 'attached',
    },
    AvailabilityZone: `${REGION}a`,
    SubnetId: subnetId,
    VpcId: vpc,
    Groups: groups,
    PrivateIpAddress: ip,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: ip, ...association }],
    ...association,
    Ipv6Addresses: [],
    SourceDestCheck: true,
    TagSet: name(label),
  };
  const instance = {
    InstanceId: instanceId,
    InstanceType: 't3.medium',
    LaunchTime: CREATED_AT,
    State: { Code: 16, Name: 'running' },
    SubnetId: subnetId,
    VpcId: vpc,
    PrivateIpAddress: ip,
    SecurityGroups: groups,
    SourceDestCheck: true,
    NetworkInterfaces: [
      { NetworkInterfaceId: card.NetworkInterfaceId, PrivateIpAddress: ip, Status: 'in-use' },
    ],
    Tags: name(label),
  };
  return { card, instance };
}
