import { alarms, isSilent, misses, type Case } from './case.ts';
import { BATFISH, NP_GUARD } from './peer.ts';
import { OTHER, peered } from './peered.ts';
import { throughNat } from './private-nat.ts';
import { doubt, exposed, exposureText, fallen, reachesOut, verdict } from './questions.ts';
import { admits, mainTable, table, TO_INTERNET, type Bodies, type Scene } from './scene.ts';

const TABLES = 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html';
const TARGETS = 'https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html';
const BLOCKING = 'https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html';

const WEB = { ip: '10.0.0.10', publicIp: '198.51.100.10' };
const EVERYWHERE = '0.0.0.0/0';
/** What a table without a way out has: nothing but the local routes. */
const INSIDE_ONLY: readonly Bodies[] = [];

const blocking = (mode: string): Bodies => ({
  DescribeVpcBlockPublicAccessOptions: {
    VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: mode, State: 'update-complete' },
  },
});

/** `app` (10.0.1.10) has a NAT gateway with these addresses for what goes there. */
function byNat(addresses: readonly Bodies[], to: Bodies = { DestinationCidrBlock: EVERYWHERE }): Scene {
  const own = { SubnetId: 'subnet-b', AssociationState: { State: 'associated' } };
  return {
    cards: { app: { ip: '10.0.1.10' }, web: { ...WEB, groups: ['sg-web'] } },
    groups: { 'sg-web': [] },
    more: {
      DescribeNatGateways: {
        NatGateways: [
          {
            NatGatewayId: 'nat-1',
            VpcId: 'vpc-1',
            SubnetId: 'subnet-a',
            State: 'available',
            ConnectivityType: 'public',
            NatGatewayAddresses: addresses,
          },
        ],
      },
      DescribeRouteTables: {
        RouteTables: [mainTable(TO_INTERNET), table('rtb-b', [own], [{ ...to, NatGatewayId: 'nat-1' }])],
      },
    },
  };
}

export const ROUTING: readonly Case[] = [
  {
    id: 'RT1',
    name: 'a public address in a subnet without a way to the gateway is not exposed',
    page: TABLES,
    mistakes: [
      alarms(
        NP_GUARD,
        'pkg/awsvpc/parser.go',
        'Reads no route tables of AWS, so that every subnet of a VPC with an internet gateway has a way to it.',
      ),
    ],
    ask: () =>
      [INSIDE_ONLY, TO_INTERNET].map((routes) =>
        verdict({ cards: { web: WEB }, routes }, 'internet', 'web', 'tcp/22'),
      ),
    right: ['denied', 'allowed'],
  },
  {
    id: 'RT1',
    name: 'a table of the gateway itself that leads to an appliance decides who gets in',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html',
    mistakes: [
      alarms(
        BATFISH,
        'Region.java',
        'Passes over the table of a gateway, so that traffic seems to come in past the appliance.',
      ),
    ],
    ask: () =>
      verdict(
        {
          cards: { web: WEB, fw: { ip: '10.0.1.9', SourceDestCheck: true } },
          more: {
            DescribeRouteTables: {
              RouteTables: [
                mainTable(TO_INTERNET),
                table(
                  'rtb-edge',
                  [{ GatewayId: 'igw-1', AssociationState: { State: 'associated' } }],
                  [{ DestinationCidrBlock: '10.0.0.0/24', NetworkInterfaceId: 'eni-fw' }],
                ),
              ],
            },
          },
        },
        'internet',
        'web',
        'tcp/22',
      ),
    // the appliance checks source and destination, so that it drops what is not for it
    right: 'denied',
  },
  {
    id: 'RT4',
    name: 'an internet gateway that is being detached lets nobody in',
    page: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InternetGatewayAttachment.html',
    mistakes: [alarms(BATFISH, 'InternetGateway.java', 'Does not read the state of an attachment.')],
    ask: () =>
      exposed({
        cards: { web: WEB },
        more: {
          DescribeInternetGateways: {
            InternetGateways: [
              { InternetGatewayId: 'igw-1', Attachments: [{ State: 'detaching', VpcId: 'vpc-1' }] },
            ],
          },
        },
      }),
    right: [],
  },
  {
    id: 'RT5',
    name: 'an egress-only gateway lets IPv6 out and nobody in',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html',
    mistakes: [
      isSilent(NP_GUARD, 'pkg/awsvpc/parser.go', 'Knows no IPv6 and no egress-only gateway.'),
      isSilent(BATFISH, 'Region.java', 'Knows no IPv6 and no egress-only gateway.'),
    ],
    ask: () => {
      const scene: Scene = {
        groups: { 'sg-web': [admits('tcp/22', '::/0')] },
        cards: { web: { ip: '10.0.0.10', ip6: '2600:1f00::10', groups: ['sg-web'] } },
        routes: [{ DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1' }],
        more: {
          DescribeEgressOnlyInternetGateways: {
            EgressOnlyInternetGateways: [
              { EgressOnlyInternetGatewayId: 'eigw-1', Attachments: [{ State: 'attached', VpcId: 'vpc-1' }] },
            ],
          },
        },
      };
      return [exposed(scene), reachesOut(scene)];
    },
    right: [[], ['web: all traffic to the whole internet (IPv6)']],
  },
  {
    id: 'RT6',
    name: 'a private NAT gateway leads to a peered network',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html',
    mistakes: [
      misses(
        BATFISH,
        'NatGatewayAddress.java',
        'Requires a public address of every NAT gateway, so that a private one cannot be read.',
      ),
    ],
    ask: () => verdict(throughNat('10.0.0.5/32'), 'app', 'far', 'tcp/5432'),
    right: 'allowed',
  },
  {
    id: 'RT6',
    name: 'packets may leave from any address of a NAT gateway',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html',
    mistakes: [
      misses(BATFISH, 'NatGateway.java', "Takes the first of a NAT gateway's addresses for its only one."),
    ],
    ask: () => ['10.0.0.5/32', '10.0.0.6/32'].map((ip) => verdict(throughNat(ip), 'app', 'far', 'tcp/5432')),
    right: ['allowed', 'allowed'],
  },
  {
    id: 'RT7',
    name: 'a host with IPv6 alone may reach IPv4 by NAT64',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html',
    mistakes: [
      isSilent(NP_GUARD, 'pkg/awsvpc/parser.go', 'Knows no IPv6 and no NAT gateway of AWS.'),
      isSilent(BATFISH, 'NatGateway.java', 'Knows no IPv6.'),
    ],
    ask: () =>
      doubt(
        {
          ...byNat([{ PrivateIp: '10.0.0.5', PublicIp: '198.51.100.5', IsPrimary: true }], {
            DestinationIpv6CidrBlock: '64:ff9b::/96',
          }),
          cards: { app: { ip: '10.0.1.10', ip6: '2600:1f00:0:1::10' } },
        },
        '2600:1f00:0:1::10',
        '64:ff9b::808:808',
        'tcp/443',
      ),
    right: 'unknown: route-not-modelled',
  },
  {
    id: 'RT8',
    name: 'a peered network that was not read is unknown',
    page: 'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html',
    mistakes: [
      misses(
        BATFISH,
        'VpcPeeringConnection.java',
        'Passes over a peering whose far network is not among what it was given, so that nothing comes from there.',
      ),
      isSilent(NP_GUARD, 'pkg/awsvpc/parser.go', 'Has no peering.'),
    ],
    ask: () => {
      const [near] = peered({ owner: OTHER, from: admits('tcp/5432', '10.1.0.0/16') });
      return near && doubt(near, '10.1.0.10', 'db', 'tcp/5432');
    },
    right: 'unknown: account-not-collected',
  },
  {
    id: 'RT8',
    name: 'a peering without a way back carries no session',
    page: 'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html',
    mistakes: [isSilent(NP_GUARD, 'pkg/awsvpc/parser.go', 'Has no peering and no routes of AWS.')],
    ask: () =>
      [true, false].map((isRoutedBack) =>
        verdict(peered({ isRoutedBack, from: admits('tcp/5432', '10.1.0.0/16') }), 'far', 'db', 'tcp/5432'),
      ),
    right: ['allowed', 'denied'],
  },
  {
    id: 'RT14',
    name: 'a route to something that is not modelled hides the shorter route behind it',
    page: TARGETS,
    mistakes: [
      misses(
        BATFISH,
        'Route.java',
        'Leaves out a route to an instance, an interface or a target that it does not know, so that the shorter route behind it answers.',
      ),
    ],
    ask: () =>
      verdict(
        {
          cards: { app: { ip: '10.0.0.10', publicIp: '198.51.100.10' } },
          routes: [
            ...TO_INTERNET,
            {
              DestinationCidrBlock: '8.0.0.0/8',
              CoreNetworkArn: 'arn:aws:networkmanager::1:core-network/c-1',
            },
          ],
        },
        'app',
        '8.8.8.8',
        'tcp/443',
      ),
    right: 'unknown',
  },
  {
    id: 'RT16',
    name: 'VPC Block Public Access closes an internet gateway',
    page: BLOCKING,
    mistakes: [
      isSilent(NP_GUARD, 'pkg/awsvpc/parser.go', 'Is older than VPC Block Public Access.'),
      isSilent(BATFISH, 'InternetGateway.java', 'Is older than VPC Block Public Access.'),
    ],
    ask: () =>
      ['off', 'block-bidirectional'].map((mode) =>
        verdict({ cards: { web: WEB }, more: blocking(mode) }, 'internet', 'web', 'tcp/22'),
      ),
    right: ['allowed', 'denied'],
  },
  {
    id: 'RT16',
    name: 'VPC Block Public Access that closes the way in leaves NAT gateways their way out',
    page: BLOCKING,
    mistakes: [
      isSilent(NP_GUARD, 'pkg/awsvpc/parser.go', 'Is older than VPC Block Public Access.'),
      isSilent(BATFISH, 'InternetGateway.java', 'Is older than VPC Block Public Access.'),
    ],
    ask: () => {
      const nat = byNat([{ PrivateIp: '10.0.0.5', PublicIp: '198.51.100.5', IsPrimary: true }]);
      const scene = {
        ...nat,
        groups: {},
        cards: { app: { ip: '10.0.1.10' }, web: WEB },
        more: { ...nat.more, ...blocking('block-ingress') },
      };
      return [verdict(scene, 'internet', 'web', 'tcp/22'), verdict(scene, 'app', 'internet', 'tcp/443')];
    },
    right: ['denied', 'allowed'],
  },
  {
    id: 'RT17',
    name: 'a way from one public address to another that leaves the network and comes back is told of',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
    mistakes: [isSilent(NP_GUARD, 'pkg/awsvpc/parser.go', 'Looks at no public address.')],
    ask: () =>
      ['198.51.100.20/32', '198.51.100.21/32'].map((admitted) =>
        exposureText({
          groups: { 'sg-app': [], 'sg-web': [admits('tcp/22', admitted)] },
          cards: {
            app: { ip: '10.0.0.20', publicIp: '198.51.100.20', groups: ['sg-app'] },
            web: { ...WEB, groups: ['sg-web'] },
          },
        }).filter((line) => line.includes('come back')),
      ),
    right: [
      [
        'web admits tcp 22 from 198.51.100.20, an address of eni-app: ways that leave by the internet and come back are not followed',
      ],
      [],
    ],
  },
  {
    id: 'RT18',
    name: 'a way through a firewall endpoint may be cut by what the firewall says',
    page: 'https://docs.aws.amazon.com/network-firewall/latest/developerguide/route-tables.html',
    mistakes: [
      isSilent(NP_GUARD, 'pkg/awsvpc/parser.go', 'Knows no firewall in the path.'),
      isSilent(BATFISH, 'Route.java', 'Knows no firewall in the path.'),
    ],
    ask: () =>
      verdict(
        {
          cards: { web: WEB },
          routes: [{ DestinationCidrBlock: EVERYWHERE, GatewayId: 'vpce-fw' }],
          more: {
            DescribeVpcEndpoints: {
              VpcEndpoints: [
                {
                  VpcEndpointId: 'vpce-fw',
                  VpcEndpointType: 'GatewayLoadBalancer',
                  VpcId: 'vpc-1',
                  State: 'available',
                },
              ],
            },
          },
        },
        'web',
        'internet',
        'tcp/443',
      ),
    right: 'unknown',
  },
  {
    id: '§1.6',
    name: 'a host that falls is where the next falls from',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
    mistakes: [
      isSilent(
        NP_GUARD,
        'pkg/vpcmodel/nodesConnectivity.go',
        'Lists pairs and does not join them to ways through several hosts.',
      ),
      isSilent(
        BATFISH,
        'AwsConfiguration.java',
        'Answers from a set of starts and does not go on from the hosts that were reached.',
      ),
    ],
    ask: () =>
      fallen({
        groups: {
          'sg-web': [admits('tcp/22', EVERYWHERE)],
          'sg-app': [admits('tcp/22', 'sg-web')],
          'sg-db': [admits('tcp/5432', 'sg-app')],
        },
        cards: {
          web: { ...WEB, groups: ['sg-web'] },
          app: { ip: '10.0.1.10', groups: ['sg-app'] },
          db: { ip: '10.0.1.20', groups: ['sg-db'] },
        },
      }),
    right: ['web on tcp 22', 'app on tcp 22', 'db on tcp 5432'],
  },
];
