import { interpret } from './index.ts';
import type { Answer, End, Maybe, Question } from './index.ts';
import type {
  Account,
  AclEntry,
  IpPermission,
  NatGateway,
  NetworkInterface,
  PeeringConnection,
  Route,
} from './responses.ts';

/**
 * A small account drawn by hand, for tests: only what a test is about is said, the rest is open.
 *
 * VPC `a` is 10.0.0.0/16 and 2001:db8:a::/56, `b` is 10.1.0.0/16 and 2001:db8:b::/56, `c` overlaps `a`.
 * Every subnet has a route table and an ACL of its own.
 */
export type Sketch = {
  readonly subnets?: Readonly<Record<string, SubnetSketch>>;
  readonly groups?: Readonly<Record<string, GroupSketch>>;
  readonly cards: Readonly<Record<string, CardSketch>>;
  readonly nats?: Readonly<Record<string, Partial<NatGateway>>>;
  readonly peerings?: readonly PeeringConnection[];
  readonly more?: Account;
};

type SubnetSketch = {
  readonly vpc?: string;
  /** An availability zone's id. */
  readonly zone?: string;
  /** Besides the local ones. */
  readonly routes?: readonly Partial<Route>[];
  readonly entries?: readonly AclEntry[];
};
type GroupSketch = {
  readonly vpc?: string;
  readonly in?: readonly Partial<IpPermission>[];
  readonly out?: readonly Partial<IpPermission>[];
};
type CardSketch = Partial<NetworkInterface> & {
  readonly subnet?: string;
  readonly ip: string;
  readonly ip6?: string;
  readonly publicIp?: string;
  readonly groups?: readonly string[];
};

const ALL: IpPermission = {
  IpProtocol: '-1',
  IpRanges: [{ CidrIp: '0.0.0.0/0' }],
  Ipv6Ranges: [{ CidrIpv6: '::/0' }],
  PrefixListIds: [],
  UserIdGroupPairs: [],
};
const VPC_BLOCKS: Readonly<Record<string, readonly [string, string]>> = {
  a: ['10.0.0.0/16', '2001:db8:a::/56'],
  b: ['10.1.0.0/16', '2001:db8:b::/56'],
  c: ['10.0.0.0/16', '2001:db8:c::/56'],
};

export function draw(sketch: Sketch): Account {
  const subnets: Readonly<Record<string, SubnetSketch>> = sketch.subnets ?? { s: {} };
  const groups: Readonly<Record<string, GroupSketch>> = { open: { in: [ALL], out: [ALL] }, ...sketch.groups };
  const vpcOf = (subnet: string): string => `vpc-${subnets[subnet]?.vpc ?? 'a'}`;
  return {
    DescribeSubnets: {
      Subnets: Object.entries(subnets).map(([name, { zone = 'az1' }]) => ({
        SubnetId: name,
        VpcId: vpcOf(name),
        OwnerId: '111122223333',
        State: 'available',
        CidrBlock: '10.0.0.0/16',
        AvailabilityZone: `name-of-${zone}`,
        AvailabilityZoneId: zone,
        MapPublicIpOnLaunch: false,
        Ipv6CidrBlockAssociationSet: [],
      })),
    },
    DescribeSecurityGroups: {
      SecurityGroups: Object.entries(groups).map(([name, group]) => ({
        GroupId: `sg-${name}`,
        GroupName: name,
        Description: name,
        VpcId: `vpc-${group.vpc ?? 'a'}`,
        OwnerId: '111122223333',
        IpPermissions: (group.in ?? []).map(permission),
        IpPermissionsEgress: (group.out ?? []).map(permission),
      })),
    },
    DescribeNetworkInterfaces: {
      NetworkInterfaces: Object.entries(sketch.cards).map(([name, card]) => drawCard(name, card, vpcOf)),
    },
    DescribeRouteTables: {
      RouteTables: Object.entries(subnets).map(([name, subnet]) => ({
        RouteTableId: `rtb-${name}`,
        VpcId: vpcOf(name),
        OwnerId: '111122223333',
        Associations: [
          { RouteTableAssociationId: name, RouteTableId: `rtb-${name}`, Main: false, SubnetId: name },
        ],
        PropagatingVgws: [],
        Routes: [...localRoutes(subnet.vpc ?? 'a'), ...(subnet.routes ?? [])].map((route) => ({
          Origin: 'CreateRoute',
          State: 'active',
          ...route,
        })),
      })),
    },
    DescribeNetworkAcls: {
      NetworkAcls: Object.entries(subnets).map(([name, subnet]) => ({
        NetworkAclId: `acl-${name}`,
        VpcId: vpcOf(name),
        OwnerId: '111122223333',
        IsDefault: false,
        Associations: [{ NetworkAclAssociationId: name, NetworkAclId: `acl-${name}`, SubnetId: name }],
        Entries: subnet.entries ?? [entry(100, 'in', 'allow'), entry(100, 'out', 'allow')].flat(),
      })),
    },
    DescribeNatGateways: {
      NatGateways: Object.entries(sketch.nats ?? {}).map(([name, nat]) => ({
        NatGatewayId: `nat-${name}`,
        VpcId: vpcOf(nat.SubnetId ?? 's'),
        SubnetId: 's',
        State: 'available',
        ConnectivityType: 'public',
        NatGatewayAddresses: [],
        ...nat,
      })),
    },
    DescribeVpcPeeringConnections: { VpcPeeringConnections: sketch.peerings ?? [] },
    DescribeInternetGateways: {
      InternetGateways: [
        {
          InternetGatewayId: 'igw-a',
          OwnerId: '111122223333',
          Attachments: [{ State: 'available', VpcId: 'vpc-a' }],
        },
      ],
    },
    ...sketch.more,
  };
}

/** An entry for each family: `0.0.0.0/0` and `::/0` unless another CIDR is said. */
export function entry(
  number: number,
  direction: 'in' | 'out',
  action: 'allow' | 'deny',
  body: Partial<AclEntry> = {},
): AclEntry[] {
  const head = { Egress: direction === 'out', RuleAction: action, Protocol: '-1' };
  const everywhere = [{ CidrBlock: '0.0.0.0/0' }, { Ipv6CidrBlock: '::/0' }];
  const places = body.CidrBlock === undefined && body.Ipv6CidrBlock === undefined ? everywhere : [{}];
  return places.map((place, at) => ({ ...head, ...place, ...body, RuleNumber: number + at }));
}

/** `vpc-a` asks `vpc-b`, both in one account and Region, unless another thing is said. */
export function peering(
  status = 'active',
  accepterRegion = 'eu-west-1',
  accepter = 'vpc-b',
): PeeringConnection {
  const side = { OwnerId: '111122223333', Region: 'eu-west-1' };
  return {
    VpcPeeringConnectionId: `pcx-${accepter}`,
    Status: { Code: status, Message: status },
    RequesterVpcInfo: { ...side, VpcId: 'vpc-a' },
    AccepterVpcInfo: { ...side, VpcId: accepter, Region: accepterRegion },
  };
}

export function groupPair(name: string): IpPermission['UserIdGroupPairs'][number] {
  return { GroupId: `sg-${name}`, UserId: '111122223333' };
}

/** How far a packet comes: the highest of the three that holds. */
export type Outcome = 'not routed' | 'routed' | 'forward' | 'session';

/** Where AWS's answers do not tell, the least and the most that may be: `not routed to session`. */
export function outcomeOf({ bounds }: Answer): Outcome | `${Outcome} to ${Outcome}` {
  const [least, most] = [furthest(bounds, 'sure'), furthest(bounds, 'possible')];
  return least === most ? least : `${least} to ${most}`;
}

function furthest({ routed, forward, session }: Answer['bounds'], bound: keyof Maybe): Outcome {
  if (session[bound]) return 'session';
  if (forward[bound]) return 'forward';
  return routed[bound] ? 'routed' : 'not routed';
}

/**
 * Asks by names: a card (its first address), `card@address`, or an outside address; and a packet like
 * `tcp/22`, `udp/53`, `icmp/8/0`, `icmpv6/128/0` or `proto/47`.
 */
export function ask(
  account: Account | readonly Account[],
  from: string,
  to: string,
  packet: string,
  clientPort?: number,
): Answer {
  const accounts = 'map' in account ? account : [account];
  return interpret(account).ask({
    from: endOf(accounts, from),
    to: endOf(accounts, to),
    ...packetFrom(packet),
    ...(clientPort === undefined ? {} : { clientPort }),
  });
}

export function outcome(
  account: Account | readonly Account[],
  from: string,
  to: string,
  packet = 'tcp/22',
): ReturnType<typeof outcomeOf> {
  return outcomeOf(ask(account, from, to, packet));
}

export function packetFrom(text: string): Pick<Question, 'protocol' | 'port' | 'icmp'> {
  const [name = '', ...rest] = text.split('/');
  const [first = 0, code = 0] = rest.map(Number);
  const protocol = { tcp: 6, udp: 17, icmp: 1, icmpv6: 58 }[name] ?? first;
  if (protocol === 6 || protocol === 17) return { protocol, port: first };
  return name === 'proto' ? { protocol } : { protocol, icmp: { type: first, code } };
}

function endOf(accounts: readonly Account[], text: string): End {
  const [name = '', said] = text.split('@');
  const card = accounts
    .flatMap((account) => account.DescribeNetworkInterfaces?.NetworkInterfaces ?? [])
    .find((each) => each.NetworkInterfaceId === `eni-${name}`);
  if (card === undefined) return { outside: text };
  return {
    interface: card.NetworkInterfaceId,
    ip: said ?? card.PrivateIpAddresses[0]?.PrivateIpAddress ?? '',
  };
}

function permission(said: Partial<IpPermission>): IpPermission {
  return {
    IpProtocol: '-1',
    IpRanges: [],
    Ipv6Ranges: [],
    PrefixListIds: [],
    UserIdGroupPairs: [],
    ...said,
  };
}

function localRoutes(vpc: string): Partial<Route>[] {
  const [four, six] = VPC_BLOCKS[vpc] ?? ['', ''];
  const local = { GatewayId: 'local', Origin: 'CreateRouteTable' };
  return [
    { DestinationCidrBlock: four, ...local },
    { DestinationIpv6CidrBlock: six, ...local },
  ];
}

function drawCard(name: string, card: CardSketch, vpcOf: (subnet: string) => string): NetworkInterface {
  const { subnet = 's', ip, ip6, publicIp, groups = ['open'], ...rest } = card;
  return {
    NetworkInterfaceId: `eni-${name}`,
    InterfaceType: 'interface',
    Description: '',
    Status: 'in-use',
    OwnerId: '111122223333',
    VpcId: vpcOf(subnet),
    SubnetId: subnet,
    SourceDestCheck: true,
    RequesterManaged: false,
    Groups: groups.map((group) => ({ GroupId: `sg-${group}`, GroupName: group })),
    PrivateIpAddress: ip,
    PrivateIpAddresses: [
      {
        Primary: true,
        PrivateIpAddress: ip,
        ...(publicIp === undefined ? {} : { Association: { PublicIp: publicIp, IpOwnerId: 'amazon' } }),
      },
    ],
    Ipv6Addresses: ip6 === undefined ? [] : [{ Ipv6Address: ip6 }],
    ...rest,
  };
}
