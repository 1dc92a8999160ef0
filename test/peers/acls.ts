import { alarms, fails, isSilent, misses, type Case } from './case.ts';
import { BATFISH, NP_GUARD } from './peer.ts';
import { doubt, exposed, verdict } from './questions.ts';
import { ALL_PASS, entry, mainTable, table, TO_INTERNET, type Bodies, type Scene } from './scene.ts';

const PAGE = 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html';
const ENTRY = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkAclEntry.html';

const EVERYBODY = { CidrBlock: '0.0.0.0/0' };
const SSH = { Protocol: '6', PortRange: { From: 22, To: 22 }, ...EVERYBODY };
const OUT = entry(100, { ...EVERYBODY, Egress: true });

/** One public host that lets all in, behind these entries. */
const behind = (entries: readonly Bodies[], ip6?: string): Scene => ({
  cards: { web: { ip: '10.0.0.10', publicIp: '198.51.100.10', ...(ip6 !== undefined && { ip6 }) } },
  entries,
});

/** `app` in `subnet-b` goes out by a NAT gateway in `subnet-a`, whose ACL has these entries. */
function byNat(entries: readonly Bodies[]): Scene {
  const own = { SubnetId: 'subnet-b', AssociationState: { State: 'associated' } };
  const acl = (id: string, subnet: string, list: readonly Bodies[]) => ({
    NetworkAclId: id,
    VpcId: 'vpc-1',
    Associations: [{ SubnetId: subnet, NetworkAclId: id }],
    Entries: list,
  });
  return {
    cards: { app: { ip: '10.0.1.10' } },
    more: {
      DescribeNatGateways: {
        NatGateways: [
          {
            NatGatewayId: 'nat-1',
            VpcId: 'vpc-1',
            SubnetId: 'subnet-a',
            State: 'available',
            ConnectivityType: 'public',
            NatGatewayAddresses: [{ PrivateIp: '10.0.0.5', PublicIp: '198.51.100.5', IsPrimary: true }],
          },
        ],
      },
      DescribeRouteTables: {
        RouteTables: [
          mainTable(TO_INTERNET),
          table('rtb-b', [own], [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' }]),
        ],
      },
      DescribeNetworkAcls: {
        NetworkAcls: [acl('acl-a', 'subnet-a', entries), acl('acl-b', 'subnet-b', ALL_PASS)],
      },
    },
  };
}

export const ACLS: readonly Case[] = [
  {
    id: 'NA1',
    name: 'entries count by their numbers, whatever order the answer has',
    page: PAGE,
    mistakes: [
      misses(
        BATFISH,
        'NetworkAcl.java',
        'Takes entries in the order of the answer and does not sort them by number.',
      ),
    ],
    ask: () => [
      verdict(
        behind([entry(200, { ...SSH, RuleAction: 'deny' }), entry(100, SSH), OUT]),
        'internet',
        'web',
        'tcp/22',
      ),
      verdict(
        behind([entry(200, SSH), entry(100, { ...SSH, RuleAction: 'deny' }), OUT]),
        'internet',
        'web',
        'tcp/22',
      ),
    ],
    right: ['allowed', 'denied'],
  },
  {
    id: 'NA4',
    name: "what a NAT gateway sends on passes the ACL of the gateway's subnet",
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html',
    mistakes: [isSilent(NP_GUARD, 'pkg/awsvpc/parser.go', 'Has no NAT gateway of AWS.')],
    ask: () => [
      verdict(byNat(ALL_PASS), 'app', 'internet', 'tcp/443'),
      verdict(byNat([entry(100, EVERYBODY)]), 'app', 'internet', 'tcp/443'),
    ],
    right: ['allowed', 'denied'],
  },
  {
    id: 'NA6',
    name: 'an entry for IPv6, which every dual-stack ACL has, is read',
    page: ENTRY,
    mistakes: [
      fails(
        NP_GUARD,
        'pkg/awsvpc/nacl_analysis.go',
        'Reads the IPv4 block of an entry without a look whether there is one, and crashes at an IPv6 entry.',
      ),
      isSilent(BATFISH, 'NetworkAcl.java', 'Passes over IPv6 entries.'),
    ],
    ask: () =>
      exposed(
        behind([...ALL_PASS, entry(50, { Ipv6CidrBlock: '::/0', RuleAction: 'deny' })], '2600:1f00::10'),
      ),
    right: ['web: all traffic from the whole internet'],
  },
  {
    id: 'NA6',
    name: 'an entry for GRE is one entry, and the others are judged',
    page: ENTRY,
    mistakes: [
      fails(
        NP_GUARD,
        'pkg/awsvpc/nacl_analysis.go',
        'Ends the whole analysis at a protocol other than TCP, UDP and ICMP.',
      ),
    ],
    ask: () => exposed(behind([entry(90, { Protocol: '47', ...EVERYBODY }), entry(100, SSH), OUT])),
    right: ['web: tcp 22; protocol 47 from the whole internet'],
  },
  {
    id: 'NA7',
    name: 'a subnet whose ACL was not read may be closed',
    page: PAGE,
    mistakes: [
      alarms(BATFISH, 'Region.java', 'Filters nothing, with a warning, where it finds no ACL for a subnet.'),
    ],
    ask: () =>
      doubt({ ...behind([]), more: { DescribeNetworkAcls: undefined } }, 'internet', 'web', 'tcp/22'),
    right: 'unknown: not-collected',
  },
];
