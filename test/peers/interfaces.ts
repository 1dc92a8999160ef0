import { alarms, isSilent, misses, type Case } from './case.ts';
import { BATFISH, NP_GUARD } from './peer.ts';
import { asleep, doubt, exposed, verdict } from './questions.ts';
import { admits, mainTable, subnet, type Bodies, type Scene } from './scene.ts';

const INTERFACE = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html';
const ADDRESSES = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html';
const LIFE = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html';

const SSH = { 'sg-web': [admits('tcp/22', '0.0.0.0/0', '::/0')] };
const DATABASE: Bodies = {
  instance: 'none',
  InterfaceType: 'interface',
  Description: 'RDSNetworkInterface',
  RequesterId: 'amazon-rds',
  RequesterManaged: true,
};
const WEB = { ip: '10.0.0.10', groups: ['sg-web'] };

const database = (more: Bodies = {}): Bodies => ({
  DescribeDBInstances: {
    DBInstances: [
      {
        DBInstanceIdentifier: 'orders',
        DBInstanceStatus: 'available',
        Endpoint: { Port: 5432 },
        VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-db', Status: 'active' }],
        DBSubnetGroup: { VpcId: 'vpc-1', Subnets: [{ SubnetIdentifier: 'subnet-a' }] },
        ...more,
      },
    ],
  },
});

/** A database that everybody may dial at its public address. */
const PUBLIC_DATABASE: Scene = {
  groups: { 'sg-db': [admits('tcp/5432', '0.0.0.0/0')] },
  cards: { db: { ...DATABASE, ip: '10.0.0.30', publicIp: '198.51.100.30', groups: ['sg-db'] } },
  more: database(),
};

export const INTERFACES: readonly Case[] = [
  {
    id: 'EN1',
    name: 'the interface of a public database is exposed',
    page: INTERFACE,
    mistakes: [
      misses(
        NP_GUARD,
        'pkg/awsvpc/parser.go',
        'Sees the interfaces of instances alone, and so no managed service.',
      ),
      misses(
        BATFISH,
        'RdsInstance.java',
        'Gives a database the next free address of its subnet instead of the one that its interface has.',
      ),
    ],
    ask: () => exposed(PUBLIC_DATABASE),
    right: ['orders: tcp 5432 from the whole internet'],
  },
  {
    id: 'EN2',
    name: 'a stopped host that the internet would reach is told of',
    page: LIFE,
    mistakes: [
      misses(
        NP_GUARD,
        'pkg/awsvpc/parser.go',
        'Leaves out every instance that does not run, so that an exposure that wakes with the instance shows nowhere.',
      ),
      misses(
        BATFISH,
        'Region.java',
        'Leaves out every instance that does not run, so that an exposure that wakes with the instance shows nowhere.',
      ),
    ],
    ask: () =>
      asleep({
        groups: { ...SSH, 'sg-open': [] },
        cards: { web: { ...WEB, publicIp: '198.51.100.10', instance: 'stopped' } },
      }),
    right: [
      'medium latent-exposure: SSH on web will be open to the internet once it is started: it keeps 198.51.100.10',
    ],
  },
  {
    id: 'EN4',
    name: 'an Elastic IP address on a second private address exposes the host',
    page: ADDRESSES,
    mistakes: [
      misses(NP_GUARD, 'pkg/awsvpc/parser.go', 'Reads the primary private address of an interface alone.'),
    ],
    ask: () =>
      exposed({
        groups: SSH,
        cards: {
          web: {
            ...WEB,
            PrivateIpAddresses: [
              { PrivateIpAddress: '10.0.0.10', Primary: true },
              { PrivateIpAddress: '10.0.0.11', Primary: false, Association: { PublicIp: '198.51.100.11' } },
            ],
          },
        },
      }),
    right: ['web: tcp 22 from the whole internet'],
  },
  {
    id: 'EN4',
    name: 'a pod dials from the prefix that was delegated to its node, which is a member there',
    page: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-prefix-eni.html',
    mistakes: [
      misses(NP_GUARD, 'pkg/awsvpc/parser.go', 'Knows no delegated prefix.'),
      misses(
        BATFISH,
        'NetworkInterface.java',
        'Reads all private addresses of an interface and no delegated prefix.',
      ),
    ],
    ask: () =>
      verdict(
        {
          groups: { 'sg-node': [], 'sg-db': [admits('tcp/5432', 'sg-node')] },
          cards: {
            node: { ip: '10.0.0.10', groups: ['sg-node'], Ipv4Prefixes: [{ Ipv4Prefix: '10.0.0.64/28' }] },
            db: { ip: '10.0.1.10', groups: ['sg-db'] },
          },
        },
        '10.0.0.70',
        'db',
        'tcp/5432',
      ),
    right: 'allowed',
  },
  {
    id: 'EN5',
    name: 'an Elastic IP address in a subnet that gives none to new instances exposes the host',
    page: ADDRESSES,
    mistakes: [
      misses(
        NP_GUARD,
        'pkg/commonvpc/vpc.go',
        "Takes an instance for public by its subnet's setting for new ones, and never looks at its address.",
      ),
    ],
    ask: () =>
      exposed({
        groups: SSH,
        cards: { web: { ...WEB, publicIp: '198.51.100.10' } },
        more: subnetGiving(false),
      }),
    right: ['web: tcp 22 from the whole internet'],
  },
  {
    id: 'EN5',
    name: 'a host without a public address is not exposed by a subnet that gives one to new instances',
    page: ADDRESSES,
    mistakes: [
      alarms(
        NP_GUARD,
        'pkg/commonvpc/vpc.go',
        "Takes an instance for public by its subnet's setting for new ones, and never looks at its address.",
      ),
    ],
    ask: () => exposed({ groups: SSH, cards: { web: WEB }, more: subnetGiving(true) }),
    right: [],
  },
  {
    id: 'EN6',
    name: 'an IPv6 address is exposed without any association',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html',
    mistakes: [
      misses(NP_GUARD, 'pkg/awsvpc/parser.go', 'Knows no IPv6.'),
      misses(BATFISH, 'Region.java', 'Leaves IPv6 out on purpose.'),
    ],
    ask: () => exposed({ groups: SSH, cards: { web: { ...WEB, ip6: '2600:1f00::10' } } }),
    right: ['web: tcp 22 from the whole internet (IPv6)'],
  },
  {
    id: 'EN7',
    name: 'an appliance that passes packets on may carry a flow',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_NAT_Instance.html',
    mistakes: [
      misses(
        BATFISH,
        'Region.java',
        'Drops packets with a foreign source at every interface and never reads whether that check is off.',
      ),
    ],
    ask: () => {
      const scene: Scene = {
        cards: {
          app: { ip: '10.0.1.10' },
          fw: { ip: '10.0.0.9', publicIp: '198.51.100.9', SourceDestCheck: false },
        },
        more: {
          DescribeRouteTables: {
            RouteTables: [mainTable([{ DestinationCidrBlock: '0.0.0.0/0', NetworkInterfaceId: 'eni-fw' }])],
          },
        },
      };
      return verdict(scene, 'app', 'internet', 'tcp/443');
    },
    right: 'unknown',
  },
  {
    id: 'EN8',
    name: 'an interface is called by what stands behind it',
    page: INTERFACE,
    mistakes: [
      isSilent(
        NP_GUARD,
        'pkg/awsvpc/parser.go',
        'Has no interface but those of instances, and so no name for any service.',
      ),
    ],
    ask: () =>
      exposed({
        ...PUBLIC_DATABASE,
        cards: {
          ...PUBLIC_DATABASE.cards,
          lb: {
            instance: 'none',
            ip: '10.0.0.40',
            publicIp: '198.51.100.40',
            Description: 'ELB app/shop/50dc',
            RequesterId: 'amazon-elb',
          },
        },
      }).map((line) => line.split(':')[0]),
    right: ['orders', 'shop'],
  },
  {
    id: 'EN9',
    name: 'a database that is said to be public and shows no public address is told of',
    page: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html',
    mistakes: [
      isSilent(NP_GUARD, 'pkg/awsvpc/parser.go', 'Has no databases of AWS.'),
      isSilent(BATFISH, 'RdsInstance.java', 'Does not read whether a database is publicly accessible.'),
    ],
    ask: () =>
      doubt(
        {
          groups: { 'sg-db': [admits('tcp/5432', '0.0.0.0/0')] },
          cards: { db: { ...DATABASE, ip: '10.0.0.30', groups: ['sg-db'] } },
          more: database({ PubliclyAccessible: true }),
        },
        'internet',
        'orders',
        'tcp/5432',
      ),
    right: 'unknown: not-collected',
  },
  {
    id: 'EN10',
    name: 'what borders a subnet that another account shares is unknown where the owner was not read',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html',
    mistakes: [isSilent(NP_GUARD, 'pkg/awsvpc/parser.go', 'Says nothing of shared subnets.')],
    ask: () =>
      doubt(
        {
          cards: { web: { ip: '10.0.0.10', publicIp: '198.51.100.10' } },
          more: {
            DescribeVpcs: { Vpcs: [{ VpcId: 'vpc-1', OwnerId: '444455556666', CidrBlock: '10.0.0.0/16' }] },
            DescribeSubnets: { Subnets: [subnet('subnet-a', '10.0.0.0/24', { OwnerId: '444455556666' })] },
            DescribeRouteTables: { RouteTables: [] },
            DescribeNetworkAcls: { NetworkAcls: [] },
            DescribeInternetGateways: { InternetGateways: [] },
          },
        },
        'internet',
        'web',
        'tcp/22',
      ),
    right: 'unknown: account-not-collected',
  },
  {
    id: 'EN11',
    name: 'a carrier gateway may let the carrier in',
    page: 'https://docs.aws.amazon.com/wavelength/latest/developerguide/how-wavelengths-work.html',
    mistakes: [
      isSilent(NP_GUARD, 'pkg/awsvpc/parser.go', 'Has no carrier gateway.'),
      isSilent(BATFISH, 'Route.java', 'Leaves out a route whose target it does not know, with a warning.'),
    ],
    ask: () =>
      verdict(
        {
          cards: {
            edge: {
              ip: '10.0.0.10',
              PrivateIpAddresses: [
                { PrivateIpAddress: '10.0.0.10', Primary: true, Association: { CarrierIp: '198.51.100.70' } },
              ],
            },
          },
          routes: [{ DestinationCidrBlock: '0.0.0.0/0', CarrierGatewayId: 'cagw-1' }],
        },
        'edge',
        'internet',
        'tcp/443',
      ),
    right: 'unknown',
  },
];

function subnetGiving(isGiving: boolean): Bodies {
  const setting = { MapPublicIpOnLaunch: isGiving };
  return {
    DescribeSubnets: {
      Subnets: [subnet('subnet-a', '10.0.0.0/24', setting), subnet('subnet-b', '10.0.1.0/24')],
    },
  };
}
