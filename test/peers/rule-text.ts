import { alarms, misses, type Case, type Mistake } from './case.ts';
import { CARTOGRAPHY, CLOUDMAPPER, CUSTODIAN, PROWLER, SECURITY_MONKEY, STEAMPIPE } from './peer.ts';
import { findings } from './questions.ts';
import { ACCOUNT, admits, mainTable, TO_INTERNET, type Bodies, type Scene } from './scene.ts';

const RULES = 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html';
const LISTS = 'https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html';

const PROWLER_GROUPS = 'prowler/providers/aws/services/ec2/lib/security_groups.py';
const SM_AUDITOR = 'security_monkey/auditors/security_group.py';
const SM_WATCHER = 'security_monkey/watchers/security_group.py';
const SP_ACCESS = 'perimeter/network_access.pp';
const CART_GROUPS = 'cartography/intel/aws/ec2/security_groups.py';

const ran = (mistake: Mistake): Mistake => ({ ...mistake, wasRun: true });

/** One host with a public address of each family and these rules. */
const web = (...permissions: readonly Bodies[]): Scene => ({
  groups: { 'sg-web': permissions },
  cards: { web: { ip: '10.0.0.10', publicIp: '198.51.100.10', ip6: '2600:1f00::10', groups: ['sg-web'] } },
});

const SSH_IS_OPEN = ['critical admin-port-exposed: SSH on web is open to the whole internet'];

export const RULE_TEXT: readonly Case[] = [
  {
    id: 'SG2',
    name: 'two halves of the internet are the internet',
    page: RULES,
    mistakes: [
      ran(
        misses(
          PROWLER,
          PROWLER_GROUPS,
          'Compares each block by itself with 0.0.0.0/0 in its checks of ports, and passes both halves; a check of single addresses and one of wide blocks notice, with less weight.',
        ),
      ),
      misses(
        SECURITY_MONKEY,
        SM_AUDITOR,
        'Takes a block for the internet if it ends in /0, and two halves for an unknown third party.',
      ),
      misses(STEAMPIPE, SP_ACCESS, 'Compares each block by itself with 0.0.0.0/0.'),
      misses(
        CARTOGRAPHY,
        'cartography/analysis/aws/analysis.py',
        'Compares each block by itself with 0.0.0.0/0.',
      ),
    ],
    ask: () => findings(web(admits('tcp/22', '0.0.0.0/1'), admits('tcp/22', '128.0.0.0/1'))),
    right: SSH_IS_OPEN,
  },
  {
    id: 'SG12',
    name: 'all of the IPv6 internet in one block other than ::/0 is the internet',
    page: RULES,
    mistakes: [
      ran(
        misses(
          PROWLER,
          PROWLER_GROUPS,
          'Compares each block by itself with ::/0 in its checks of ports; a check of single addresses alone notices.',
        ),
      ),
      misses(SECURITY_MONKEY, SM_AUDITOR, 'Takes a block for the internet if it ends in /0.'),
      misses(STEAMPIPE, SP_ACCESS, 'Compares each block by itself with ::/0.'),
    ],
    ask: () => findings(web(admits('tcp/22', '2000::/3'))),
    right: SSH_IS_OPEN,
  },
  {
    id: 'SG11',
    name: 'a prefix list that holds 0.0.0.0/0 is the internet',
    page: LISTS,
    mistakes: [
      ran(misses(PROWLER, PROWLER_GROUPS, 'Never reads the prefix lists of a rule.')),
      misses(SECURITY_MONKEY, SM_WATCHER, 'Never reads the prefix lists of a rule.'),
      misses(CARTOGRAPHY, CART_GROUPS, 'Reads IPv4 ranges and groups of a rule alone.'),
      misses(STEAMPIPE, SP_ACCESS, 'Tests address blocks of a rule alone.'),
      misses(CLOUDMAPPER, 'commands/prepare.py', 'Never reads the prefix lists of a rule.'),
      misses(CUSTODIAN, 'c7n/resources/vpc.py', 'Matches the id of a list and does not look into it.'),
    ],
    ask: () =>
      findings({
        ...web(admits('tcp/22', 'pl-1')),
        more: {
          DescribeManagedPrefixLists: {
            PrefixLists: [
              { PrefixListId: 'pl-1', PrefixListName: 'partners', OwnerId: ACCOUNT, AddressFamily: 'IPv4' },
            ],
          },
          GetManagedPrefixListEntries: { 'pl-1': { Entries: [{ Cidr: '0.0.0.0/0' }] } },
        },
      }),
    right: SSH_IS_OPEN,
  },
  {
    id: 'SG12',
    name: 'a rule for ::/0 is found by what looks for it',
    page: RULES,
    mistakes: [
      misses(
        CARTOGRAPHY,
        'cartography/rules/data/rules/cis_aws_networking.py',
        'Looks for ::/0 among ranges of which its ingestion keeps no IPv6 one, so that the rule can never fire.',
      ),
      misses(CLOUDMAPPER, 'shared/public.py', 'Does not look for IPv6, as a note in it says.'),
    ],
    ask: () => findings(web(admits('tcp/22', '::/0'))),
    right: SSH_IS_OPEN,
  },
  {
    id: 'SG14',
    name: 'a range of ports holds the ports within',
    page: RULES,
    mistakes: [misses(STEAMPIPE, SP_ACCESS, 'Matches 22 only in a rule that opens nothing else.')],
    ask: () => findings(web(admits('tcp/20-25', '0.0.0.0/0'))).filter((line) => line.includes('SSH')).length,
    right: 1,
  },
  {
    id: 'SG14',
    name: 'SQL Server is a database by either of its ports',
    page: RULES,
    mistakes: [
      misses(
        STEAMPIPE,
        SP_ACCESS,
        'Has the ends of its ranges for 1433 and 3389 crossed, so that one of them is empty.',
      ),
    ],
    ask: () => [1433, 1434].map((port) => findings(web(admits(`tcp/${String(port)}`, '0.0.0.0/0'))).length),
    right: [1, 1],
  },
  {
    id: 'SG20',
    name: 'an open group counts on a database as on an instance',
    page: RULES,
    mistakes: [
      misses(
        SECURITY_MONKEY,
        SM_AUDITOR,
        'Sets the score of a group to nothing where no EC2 instance carries it.',
      ),
    ],
    ask: () =>
      findings({
        groups: { 'sg-db': [admits('tcp/5432', '0.0.0.0/0')] },
        cards: {
          db: {
            ip: '10.0.0.30',
            publicIp: '198.51.100.30',
            groups: ['sg-db'],
            instance: 'none',
            Description: 'RDSNetworkInterface',
            RequesterId: 'amazon-rds',
          },
        },
      }),
    right: [
      'critical public-database: PostgreSQL on rds:sg-db is open to the whole internet',
      'low egress-from-crown-jewel: rds:sg-db can open all traffic to the internet at large: what it holds can leave',
    ],
  },
  {
    id: 'SG2',
    name: 'a block that is half private opens what of it is public',
    page: RULES,
    mistakes: [
      misses(STEAMPIPE, SP_ACCESS, 'Compares each block by itself with 0.0.0.0/0.'),
      misses(
        CARTOGRAPHY,
        'cartography/analysis/aws/analysis.py',
        'Compares each block by itself with 0.0.0.0/0.',
      ),
    ],
    ask: () => findings(web(admits('tcp/22', '10.0.0.0/7'))),
    right: ['critical admin-port-exposed: SSH on web is open to a wide part of the internet'],
  },
  {
    id: 'SG2',
    name: "an office's range of addresses is not the internet",
    page: RULES,
    mistakes: [
      alarms(
        PROWLER,
        PROWLER_GROUPS,
        'Counts every public block of a prefix up to 23 as wide open, as people reported in issues 6780 and 4936.',
      ),
    ],
    ask: () => findings(web(admits('tcp/443', '203.0.112.0/22'))),
    right: [],
  },
  {
    id: 'NA1',
    name: 'an ACL that closes the subnet closes the host',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html',
    mistakes: [
      alarms(
        CARTOGRAPHY,
        'cartography/analysis/aws/analysis.py',
        'Takes a public address and an open rule for exposure, and asks no ACL.',
      ),
      alarms(CLOUDMAPPER, 'commands/prepare.py', 'Does not consider ACLs, as a note in it says.'),
      alarms(
        PROWLER,
        'prowler/providers/aws/services/ec2/lib/instance.py',
        "Grades an instance by its address and its subnet's route, and asks no ACL.",
      ),
    ],
    ask: () => findings({ ...web(admits('tcp/22', '0.0.0.0/0')), entries: [] }),
    right: [],
  },
  {
    id: 'RT3',
    name: 'a host whose subnet has no way to the internet is not exposed',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html',
    mistakes: [
      alarms(
        CARTOGRAPHY,
        'cartography/analysis/aws/analysis.py',
        'Takes a public address and an open rule for exposure, and asks no route.',
      ),
      alarms(CLOUDMAPPER, 'commands/prepare.py', 'Does not consider route tables, as a note in it says.'),
    ],
    ask: () => findings({ ...web(admits('tcp/22', '0.0.0.0/0')), routes: [] }),
    right: [],
  },
  {
    id: 'RT1',
    name: "another network's main table says nothing about a subnet",
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html',
    mistakes: [
      alarms(
        PROWLER,
        'prowler/providers/aws/services/vpc/vpc_service.py',
        "Asks for the main table of any VPC in the Region where a subnet has no table of its own, so that one public table makes other networks' subnets public.",
      ),
    ],
    ask: () =>
      findings({
        ...web(admits('tcp/22', '0.0.0.0/0')),
        more: {
          DescribeRouteTables: {
            RouteTables: [
              { ...mainTable(TO_INTERNET), RouteTableId: 'rtb-other', VpcId: 'vpc-other' },
              mainTable([]),
            ],
          },
        },
      }),
    right: [],
  },
  {
    id: 'EN6',
    name: 'a host with an IPv6 address alone is as critical as any',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html',
    mistakes: [
      misses(
        PROWLER,
        'prowler/providers/aws/services/ec2/lib/instance.py',
        'Reads the IPv4 address of an instance alone, so that one without is of medium weight at most.',
      ),
    ],
    ask: () =>
      findings({
        groups: { 'sg-web': [admits('tcp/22', '::/0')] },
        cards: { web: { ip: '10.0.0.10', ip6: '2600:1f00::10', groups: ['sg-web'] } },
      }),
    right: SSH_IS_OPEN,
  },
];
