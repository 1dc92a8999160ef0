import { describe, expect, it } from 'vitest';
import { findings } from '../../peers/questions.ts';
import {
  ACCOUNT,
  admits,
  ALL_PASS,
  entry,
  type Bodies,
  type Permission,
  type Scene,
} from '../../peers/scene.ts';

/** One running instance, `web`, with a public address of each family, an internet gateway, and these rules in its one group. */
const web = (permissions: readonly Permission[], more: Partial<Scene> = {}): Scene => ({
  groups: { 'sg-web': permissions },
  cards: { web: { ip: '10.0.0.10', publicIp: '198.51.100.10', ip6: '2600:1f00::10', groups: ['sg-web'] } },
  ...more,
});

/** Blocks of one size side by side, from the first: 256 of /8 are all of IPv4. */
const blocks = (count: number, prefix: number): string[] =>
  Array.from({ length: count }, (_, i) => `${String(i)}.0.0.0/${String(prefix)}`);

/** A customer-managed prefix list and what is in it. */
const prefixList = (id: string, ...cidrs: readonly string[]): { more: Bodies } => ({
  more: {
    DescribeManagedPrefixLists: {
      PrefixLists: [{ PrefixListId: id, PrefixListName: id, OwnerId: ACCOUNT, AddressFamily: 'IPv4' }],
    },
    GetManagedPrefixListEntries: { [id]: { Entries: cidrs.map((Cidr) => ({ Cidr })) } },
  },
});

const SSH = 'critical admin-port-exposed: SSH on web is open to the whole internet';
const SSH_WIDE = 'critical admin-port-exposed: SSH on web is open to a wide part of the internet';

type Row = readonly [says: string, scene: Scene, findings: readonly string[]];

/**
 * How the awkward ways to write "anybody" come out, each row an account of its own. What counts is the addresses together and the share of
 * the internet that they are, never the text of one block; and whether the ports answer, never whether a rule names one of them.
 */
const ROWS: readonly Row[] = [
  [
    'all protocols from 0.0.0.0/0 open every kind of port, and the group says so too',
    web([admits('-1', '0.0.0.0/0')]),
    [
      'critical admin-port-exposed: SSH, Telnet and 16 more services on web is open to the whole internet',
      'critical database-exposed: NetBIOS, LDAP and 26 more services on web is open to the whole internet',
      'high all-traffic-group: group sg-web lets all traffic in from anywhere: 1 interface open on every port to whoever can route there',
      'high high-risk-port-exposed',
      'medium unintended-exposure',
    ],
  ],
  [
    'ports 20 to 25 hold 22, and each port is told once',
    web([admits('tcp/20-25', '0.0.0.0/0')]),
    [
      'critical admin-port-exposed: SSH and Telnet on web is open to the whole internet',
      'high high-risk-port-exposed: tcp 20-21,25 (FTP and SMTP) on web is open to the whole internet',
      'medium unintended-exposure: tcp 24 on web is open to the whole internet',
    ],
  ],
  [
    'tcp 1 to 65535 is not one port less than all of them',
    web([admits('tcp/1-65535', '0.0.0.0/0')]),
    [
      'critical admin-port-exposed: SSH, Telnet and 14 more services on web is open to the whole internet',
      'critical database-exposed: NetBIOS, LDAP and 26 more services on web is open to the whole internet',
      'high high-risk-port-exposed',
      'medium unintended-exposure',
    ],
  ],
  [
    'udp 22 is not SSH',
    web([admits('udp/22', '0.0.0.0/0')]),
    ['medium unintended-exposure: udp 22 on web is open to the whole internet'],
  ],
  [
    'a ping is no open port',
    web([{ IpProtocol: 'icmp', FromPort: 8, ToPort: -1, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]),
    ['medium unintended-exposure: icmp 8 on web is open to the whole internet'],
  ],
  ['two halves are the internet', web([admits('tcp/22', '0.0.0.0/1', '128.0.0.0/1')]), [SSH]],
  [
    'two halves in two rules are the internet',
    web([admits('tcp/22', '0.0.0.0/1'), admits('tcp/22', '128.0.0.0/1')]),
    [SSH],
  ],
  ['256 blocks of /8 are the internet', web([admits('tcp/22', ...blocks(256, 8))]), [SSH]],
  ['one half is a wide part of it', web([admits('tcp/22', '128.0.0.0/1')]), [SSH_WIDE]],
  ['10.0.0.0/7 is half public, and that half is wide', web([admits('tcp/22', '10.0.0.0/7')]), [SSH_WIDE]],
  ['10.0.0.0/8 is nobody on the internet', web([admits('tcp/22', '10.0.0.0/8')]), []],
  ['::/0 is the internet', web([admits('tcp/22', '::/0')]), [SSH]],
  ['2000::/3 is all that there is of it', web([admits('tcp/22', '2000::/3')]), [SSH]],
  ['::/1 holds all of that', web([admits('tcp/22', '::/1')]), [SSH]],
  ['fc00::/7 is nobody on the internet', web([admits('tcp/22', 'fc00::/7')]), []],
  [
    'a prefix list that holds 0.0.0.0/0 is the internet',
    web([admits('tcp/22', 'pl-1')], prefixList('pl-1', '0.0.0.0/0')),
    [SSH],
  ],
  [
    'a prefix list of an office and two halves is the internet',
    web([admits('tcp/22', 'pl-1')], prefixList('pl-1', '203.0.113.0/24', '0.0.0.0/1', '128.0.0.0/1')),
    [SSH],
  ],
  [
    "a prefix list of a content network's blocks is named addresses",
    web([admits('tcp/22', 'pl-1')], prefixList('pl-1', '173.245.48.0/20', '104.16.0.0/13', '172.64.0.0/13')),
    [],
  ],
  ['100.64.0.0/10 is shared space, and comes from nowhere', web([admits('tcp/22', '100.64.0.0/10')]), []],
  ['169.254.0.0/16 stays on its link', web([admits('tcp/22', '169.254.0.0/16')]), []],
  [
    'GRE is no SSH, and neither is ESP nor AH',
    web(['47', '50', '51'].map((protocol) => admits(protocol, '0.0.0.0/0'))),
    ['medium unintended-exposure: protocol 47,50-51 on web is open to the whole internet'],
  ],
  [
    'an ACL that denies first keeps closed what it denies',
    web([admits('tcp/22', '0.0.0.0/0')], {
      entries: [sshEntry(90, 'deny', '0.0.0.0/0'), ...ALL_PASS],
    }),
    [],
  ],
  [
    'an ACL that denies two halves first does, too',
    web([admits('tcp/22', '0.0.0.0/0')], {
      entries: [sshEntry(80, 'deny', '0.0.0.0/1'), sshEntry(90, 'deny', '128.0.0.0/1'), ...ALL_PASS],
    }),
    [],
  ],
  [
    'an ACL that denies later denies nothing',
    web([admits('tcp/22', '0.0.0.0/0')], {
      entries: [...ALL_PASS, sshEntry(200, 'deny', '0.0.0.0/0')],
    }),
    [SSH],
  ],
  ['a /22 of a company is named addresses', web([admits('tcp/22', '203.0.112.0/22')]), []],
  ['a single address is a named one', web([admits('tcp/22', '198.51.100.7/32')]), []],
];

function sshEntry(number: number, RuleAction: 'allow' | 'deny', CidrBlock: string): Bodies {
  return entry(number, { RuleAction, Protocol: '6', PortRange: { From: 22, To: 22 }, CidrBlock });
}

describe('what counts as open to the internet', () => {
  it.each(ROWS)('%s', (_, scene, expected) => {
    const found = findings(scene);
    // of long lists of ports only the check is written down
    expect(
      found.map((line, i) => (expected[i]?.includes(': ') === false ? line.split(': ')[0] : line)),
    ).toEqual(expected);
  });
});
