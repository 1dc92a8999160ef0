import { alarms, fails, isSilent, misses, type Case } from './case.ts';
import { BATFISH, NP_GUARD } from './peer.ts';
import { doubt, exposed, verdict } from './questions.ts';
import { ACCOUNT, admits, group, OPEN, subnet, vpc, type Bodies, type Scene } from './scene.ts';

const RULES = 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html';
const PERMISSION = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html';
const LISTS = 'https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html';
const ASSOCIATIONS = 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html';
const SHARED = 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-sharing.html';
const BASICS = 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html';

/** One public host with these rules. */
const web = (...permissions: readonly Bodies[]): Scene => ({
  groups: { 'sg-web': permissions },
  cards: { web: { ip: '10.0.0.10', publicIp: '198.51.100.10', groups: ['sg-web'] } },
});

/** An interface endpoint that its group opens on 443. */
const ENDPOINT: Scene = {
  groups: { 'sg-vpce': [admits('tcp/443', '10.0.0.0/16')] },
  cards: {
    app: { ip: '10.0.0.10' },
    vpce: {
      ip: '10.0.1.20',
      groups: ['sg-vpce'],
      instance: 'none',
      InterfaceType: 'vpc_endpoint',
      Description: 'VPC Endpoint Interface vpce-1',
    },
  },
};

export const GROUPS: readonly Case[] = [
  {
    id: 'SG11',
    name: "an account's own prefix list admits its entries",
    page: LISTS,
    mistakes: [
      misses(NP_GUARD, 'pkg/awsvpc/sg_analysis.go', 'Never reads the prefix lists of a rule.'),
      misses(
        BATFISH,
        'PrefixList.java',
        "Knows the lists of gateway endpoints alone, and drops the rule's other lists without a word.",
      ),
    ],
    ask: () => exposed({ ...web(admits('tcp/22', 'pl-own')), more: prefixList('pl-own', ['0.0.0.0/0']) }),
    right: ['web: tcp 22 from the whole internet'],
  },
  {
    id: 'SG11',
    name: 'a prefix list whose entries were not read may admit anybody',
    page: LISTS,
    mistakes: [
      misses(NP_GUARD, 'pkg/awsvpc/sg_analysis.go', 'Never reads the prefix lists of a rule.'),
      misses(BATFISH, 'IpPermissions.java', 'Leaves out a list that it does not know.'),
    ],
    ask: () => verdict({ ...web(admits('tcp/22', 'pl-gone')) }, 'internet', 'web', 'tcp/22'),
    right: 'unknown',
  },
  {
    id: 'SG12',
    name: 'a rule for ::/0 opens the IPv6 address',
    page: RULES,
    mistakes: [
      misses(NP_GUARD, 'pkg/awsvpc/sg_analysis.go', 'Never reads the IPv6 ranges of a rule.'),
      misses(BATFISH, 'IpPermissions.java', 'Has no member for the IPv6 ranges of a rule.'),
    ],
    ask: () =>
      exposed({
        groups: { 'sg-web': [admits('tcp/22', '::/0')] },
        cards: { web: { ip: '10.0.0.10', ip6: '2600:1f00::10', groups: ['sg-web'] } },
      }),
    right: ['web: tcp 22 from the whole internet (IPv6)'],
  },
  {
    id: 'SG13',
    name: 'a rule for ESP is one rule, and the others are judged',
    page: PERMISSION,
    mistakes: [
      fails(
        NP_GUARD,
        'pkg/awsvpc/sg_analysis.go',
        'Ends the whole analysis at a protocol other than TCP, UDP and ICMP.',
      ),
    ],
    ask: () =>
      exposed(web({ IpProtocol: '50', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }, admits('tcp/22', '0.0.0.0/0'))),
    right: ['web: tcp 22; protocol 50 from the whole internet'],
  },
  {
    id: 'SG13',
    name: 'a rule for GRE with ports beside it admits all of GRE',
    page: PERMISSION,
    mistakes: [
      misses(
        BATFISH,
        'IpPermissions.java',
        'Makes a rule that has ports with another protocol than TCP, UDP and ICMP match nothing, with a warning.',
      ),
    ],
    ask: () =>
      exposed(web({ IpProtocol: '47', FromPort: 0, ToPort: 0, IpRanges: [{ CidrIp: '0.0.0.0/0' }] })),
    right: ['web: protocol 47 from the whole internet'],
  },
  {
    id: 'SG13',
    name: 'a rule whose protocol is 58 admits ICMPv6',
    page: PERMISSION,
    mistakes: [misses(BATFISH, 'IpPermissions.java', 'Makes a rule for ICMPv6 match nothing.')],
    ask: () =>
      exposed({
        groups: {
          'sg-web': [{ IpProtocol: '58', FromPort: 128, ToPort: 0, Ipv6Ranges: [{ CidrIpv6: '::/0' }] }],
        },
        cards: { web: { ip: '10.0.0.10', ip6: '2600:1f00::10', groups: ['sg-web'] } },
      }),
    right: ['web: icmpv6 128/0 from the whole internet (IPv6)'],
  },
  {
    id: 'SG14',
    name: 'a rule for all of TCP that says no ports is a rule',
    page: PERMISSION,
    mistakes: [
      fails(
        NP_GUARD,
        'pkg/awsvpc/sg_analysis.go',
        'Reads the ports of a rule without a look whether they are there, and crashes.',
      ),
    ],
    ask: () =>
      verdict(
        web({ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }], FromPort: null, ToPort: null }),
        'internet',
        'web',
        'tcp/22',
      ),
    right: 'allowed',
  },
  {
    id: 'SG14',
    name: 'port 0 is a port',
    page: PERMISSION,
    mistakes: [misses(NP_GUARD, 'pkg/commonvpc/sg_analysis.go', 'Counts ports from 1 on.')],
    ask: () => exposed(web(admits('tcp/0', '0.0.0.0/0'))),
    right: ['web: tcp 0 from the whole internet'],
  },
  {
    id: 'SG15',
    name: 'an ICMP rule without type and code admits all ICMP',
    page: PERMISSION,
    mistakes: [
      fails(
        NP_GUARD,
        'pkg/awsvpc/sg_analysis.go',
        'Ends the whole analysis at an ICMP rule that says no type.',
      ),
    ],
    ask: () =>
      exposed(
        web({ IpProtocol: 'icmp', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }, admits('tcp/22', '0.0.0.0/0')),
      ),
    right: ['web: tcp 22; icmp from the whole internet'],
  },
  {
    id: 'SG16',
    name: 'one permission with two families and a prefix list admits all of them',
    page: PERMISSION,
    mistakes: [
      misses(
        NP_GUARD,
        'pkg/awsvpc/sg_analysis.go',
        'Is left with an empty source where a permission has IPv6 ranges or prefix lists alone.',
      ),
    ],
    ask: () =>
      exposed({
        groups: { 'sg-web': [admits('tcp/443', '::/0', 'pl-own')] },
        cards: {
          web: { ip: '10.0.0.10', publicIp: '198.51.100.10', ip6: '2600:1f00::10', groups: ['sg-web'] },
        },
        more: prefixList('pl-own', ['203.0.113.0/24']),
      }),
    right: ['web: tcp 443 from 203.0.113.0', 'web: tcp 443 from the whole internet (IPv6)'],
  },
  {
    id: 'SG17',
    name: 'an interface may carry a group whose home is another network',
    page: ASSOCIATIONS,
    mistakes: [
      fails(
        NP_GUARD,
        'pkg/awsvpc/parser.go',
        "Looks a group up under the interface's VPC and crashes where it is not.",
      ),
    ],
    ask: () =>
      exposed({
        cards: { web: { ip: '10.0.0.10', publicIp: '198.51.100.10', groups: ['sg-2'] } },
        more: {
          DescribeSecurityGroups: {
            SecurityGroups: [
              group('sg-2', {
                VpcId: 'vpc-2',
                IpPermissions: [admits('tcp/22', '0.0.0.0/0')],
                IpPermissionsEgress: [OPEN],
              }),
            ],
          },
          DescribeVpcs: { Vpcs: [vpc('vpc-1', '10.0.0.0/16'), vpc('vpc-2', '10.2.0.0/16')] },
          DescribeSubnets: {
            Subnets: [subnet('subnet-a', '10.0.0.0/24'), subnet('subnet-b', '10.0.1.0/24')],
          },
        },
      }),
    right: ['web: tcp 22 from the whole internet'],
  },
  {
    id: 'SG17',
    name: 'an interface with a group that another account shares may admit anything',
    page: SHARED,
    mistakes: [
      misses(BATFISH, 'Region.java', 'Passes over a group that is not in its Region, with a warning.'),
    ],
    ask: () =>
      doubt(
        { cards: { web: { ip: '10.0.0.10', publicIp: '198.51.100.10', groups: ['sg-shared'] } } },
        'internet',
        'web',
        'tcp/22',
      ),
    right: 'unknown: dangling',
  },
  {
    id: 'SG20',
    name: "the group of an interface endpoint closes the endpoint's other ports",
    page: 'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html',
    mistakes: [
      alarms(
        BATFISH,
        'VpcEndpointInterface.java',
        'Lets everything into an interface endpoint, whatever its groups say.',
      ),
      isSilent(NP_GUARD, 'pkg/awsvpc/parser.go', 'Has no interface but those of instances.'),
    ],
    ask: () => ['tcp/443', 'tcp/22'].map((flows) => verdict(ENDPOINT, 'app', 'eni-vpce', flows)),
    right: ['allowed', 'denied'],
  },
  {
    id: 'SG18',
    name: "Amazon's resolver answers a host whose group lets nothing out",
    page: BASICS,
    mistakes: [
      isSilent(NP_GUARD, 'pkg/awsvpc/sg_analysis.go', 'Knows of no traffic that groups do not filter.'),
      isSilent(BATFISH, 'Region.java', 'Knows of no traffic that groups do not filter.'),
    ],
    ask: () =>
      verdict(
        {
          groups: { 'sg-shut': [] },
          out: { 'sg-shut': [] },
          cards: { app: { ip: '10.0.0.10', groups: ['sg-shut'] } },
        },
        'app',
        '10.0.0.2',
        'udp/53',
      ),
    right: 'allowed',
  },
];

function prefixList(id: string, blocks: readonly string[]): Bodies {
  return {
    DescribeManagedPrefixLists: {
      PrefixLists: [{ PrefixListId: id, PrefixListName: 'own', OwnerId: ACCOUNT, AddressFamily: 'IPv4' }],
    },
    GetManagedPrefixListEntries: { [id]: { Entries: blocks.map((Cidr) => ({ Cidr })) } },
  };
}
