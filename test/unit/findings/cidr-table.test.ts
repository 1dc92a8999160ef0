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
      'critical admin-port-exposed: SSH, Telnet and 16 more services on web are open to the whole internet',
      'critical database-exposed: NetBIOS, LDAP and 26 more services on web are open to the whole internet',
      'high all-traffic-group: group sg-web lets all traffic in from anywhere: 1 interface open on every port to whoever can route there',
      'high high-risk-port-exposed',
      'medium unintended-exposure',
    ],
  ],
  [
    'ports 20 to 25 hold 22, and each port is told once',
    web([admits('tcp/20-25', '0.0.0.0/0')]),
    [
      'critical admin-port-exposed: SSH and Telnet on web are open to the whole internet',
      'high high-risk-port-exposed: tcp 20-21,25 (FTP and SMTP) on web is open to the whole internet',
      'medium unintended-exposure: tcp 24 on web is open to the whole internet',
    ],
  ],
  [
    'tcp 1 to 65535 is not one port less than all of them',
    web([admits('tcp/1-65535', '0.0.0.0/0')]),
    [
      'critical admin-port-exposed: SSH, Telnet and 14 more services on web are open to the whole internet',
      'critical database-exposed: NetBIOS, LDAP and 26 more services on web are open to the whole internet',
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

/** More of them, written down before they were run. */
const MORE: readonly Row[] = [
  // all of it, in other words
  ['four quarters', web([admits('tcp/22', '0.0.0.0/2', '64.0.0.0/2', '128.0.0.0/2', '192.0.0.0/2')]), [SSH]],
  ['a half and a quarter are wide', web([admits('tcp/22', '0.0.0.0/1', '128.0.0.0/2')]), [SSH_WIDE]],
  [
    'a half written twice is one half',
    web([admits('tcp/22', '0.0.0.0/1'), admits('tcp/22', '0.0.0.0/1')]),
    [SSH_WIDE],
  ],
  [
    'everything but a /8, in eight blocks, is the internet',
    web([
      admits(
        'tcp/22',
        '0.0.0.0/5',
        '8.0.0.0/7',
        '11.0.0.0/8',
        '12.0.0.0/6',
        '16.0.0.0/4',
        '32.0.0.0/3',
        '64.0.0.0/2',
        '128.0.0.0/1',
      ),
    ]),
    [SSH],
  ],
  [
    'halves in two groups of one host are the internet',
    web([], {
      groups: { 'sg-web': [admits('tcp/22', '0.0.0.0/1')], 'sg-more': [admits('tcp/22', '128.0.0.0/1')] },
      cards: { web: { ip: '10.0.0.10', publicIp: '198.51.100.10', groups: ['sg-web', 'sg-more'] } },
    }),
    [SSH],
  ],
  [
    'halves on two ports are two wide parts',
    web([admits('tcp/22', '0.0.0.0/1'), admits('tcp/23', '128.0.0.0/1')]),
    ['critical admin-port-exposed: SSH and Telnet on web are open to a wide part of the internet'],
  ],
  [
    'a list within a rule and a block are one set',
    web([admits('tcp/22', 'pl-1', '128.0.0.0/1')], prefixList('pl-1', '0.0.0.0/1')),
    [SSH],
  ],
  [
    'a list of 256 /8s is the internet',
    web([admits('tcp/22', 'pl-1')], prefixList('pl-1', ...blocks(256, 8))),
    [SSH],
  ],
  ['an empty list is nobody', web([admits('tcp/22', 'pl-1')], prefixList('pl-1')), []],
  [
    'a block with bits to the right of its length is the block',
    web([admits('tcp/22', '203.0.113.7/0')]),
    [SSH],
  ],
  // how wide is wide
  ['a /8 of a cloud is wide', web([admits('tcp/22', '3.0.0.0/8')]), [SSH_WIDE]],
  [
    'two /9s of different corners are as wide',
    web([admits('tcp/22', '3.0.0.0/9', '52.0.0.0/9')]),
    [SSH_WIDE],
  ],
  [
    '256 /16s are as wide, however they lie',
    web([
      admits(
        'tcp/22',
        ...Array.from({ length: 256 }, (_, i) => `${String(11 + (i % 64))}.${String(i)}.0.0/16`),
      ),
    ]),
    [SSH_WIDE],
  ],
  ['one /9 is named addresses', web([admits('tcp/22', '3.0.0.0/9')]), []],
  [
    'the ranges of a service of AWS are named addresses',
    web(
      [admits('tcp/22', 'pl-1')],
      prefixList('pl-1', '13.32.0.0/15', '52.84.0.0/15', '54.230.0.0/16', '99.84.0.0/16'),
    ),
    [],
  ],
  ["an old company's own /8 is a /8 all the same", web([admits('tcp/22', '12.0.0.0/8')]), [SSH_WIDE]],
  // nobody on the internet
  ['172.16.0.0/12 and 192.168.0.0/16', web([admits('tcp/22', '172.16.0.0/12', '192.168.0.0/16')]), []],
  ["the own network's blocks", web([admits('tcp/22', '10.0.0.0/16')]), []],
  ['loopback, and the old class E', web([admits('tcp/22', '127.0.0.0/8', '240.0.0.0/4')]), []],
  ['multicast calls nobody', web([admits('tcp/22', '224.0.0.0/4')]), []],
  ['0.0.0.0/8 is this network', web([admits('tcp/22', '0.0.0.0/8')]), []],
  ['link-local and unique local, of IPv6', web([admits('tcp/22', 'fe80::/10', 'fd00::/8')]), []],
  // IPv6
  ['4000::/2 is given to nobody', web([admits('tcp/22', '4000::/2')]), []],
  ['two halves of 2000::/3', web([admits('tcp/22', '2000::/4', '3000::/4')]), [SSH]],
  ["a registry's block is a continent", web([admits('tcp/22', '2600::/12')]), [SSH_WIDE]],
  ['a /16 of IPv6 is as much as a /8 of IPv4', web([admits('tcp/22', '2a01::/16')]), [SSH_WIDE]],
  ['half of 2000::/3 is all of it that anybody has', web([admits('tcp/22', '2000::/4')]), [SSH]],
  ['and in the other half is nobody', web([admits('tcp/22', '3000::/4')]), []],
  ['a /32 of a provider is named addresses', web([admits('tcp/22', '2a02:8100::/32')]), []],
  ['::ffff:0:0/96 is no IPv6 that anybody sends', web([admits('tcp/22', '::ffff:0:0/96')]), []],
  [
    '::/0 on a host without IPv6 is nobody',
    web([admits('tcp/22', '::/0')], {
      cards: { web: { ip: '10.0.0.10', publicIp: '198.51.100.10', groups: ['sg-web'] } },
    }),
    [],
  ],
  [
    '0.0.0.0/0 on a host without a public address is nobody',
    web([admits('tcp/22', '0.0.0.0/0')], { cards: { web: { ip: '10.0.0.10', groups: ['sg-web'] } } }),
    [],
  ],
  // what the list of the subnet makes of it
  [
    'an ACL that lets an office in leaves an office',
    web([admits('tcp/22', '0.0.0.0/0')], {
      entries: [sshEntry(80, 'allow', '203.0.113.0/24'), sshEntry(90, 'deny', '0.0.0.0/0'), ...ALL_PASS],
    }),
    [],
  ],
  [
    'an ACL that denies one half leaves the other',
    web([admits('tcp/22', '0.0.0.0/0')], { entries: [sshEntry(90, 'deny', '0.0.0.0/1'), ...ALL_PASS] }),
    [SSH_WIDE],
  ],
  [
    'an ACL that denies what the group does not admit denies nothing',
    web([admits('tcp/22', '0.0.0.0/1')], { entries: [sshEntry(90, 'deny', '128.0.0.0/1'), ...ALL_PASS] }),
    [SSH_WIDE],
  ],
  [
    'an ACL with halves the other way round is all',
    web([admits('tcp/22', '0.0.0.0/0')], {
      entries: [
        sshEntry(80, 'allow', '128.0.0.0/1'),
        sshEntry(85, 'allow', '0.0.0.0/1'),
        sshEntry(90, 'deny', '0.0.0.0/0'),
        ...ALL_PASS,
      ],
    }),
    [SSH],
  ],
];

function sshEntry(number: number, RuleAction: 'allow' | 'deny', CidrBlock: string): Bodies {
  return entry(number, { RuleAction, Protocol: '6', PortRange: { From: 22, To: 22 }, CidrBlock });
}

describe('what counts as open to the internet', () => {
  it.each([...ROWS, ...MORE])('%s', (_, scene, expected) => {
    const found = findings(scene);
    // of long lists of ports only the check is written down
    expect(
      found.map((line, i) => (expected[i]?.includes(': ') === false ? line.split(': ')[0] : line)),
    ).toEqual(expected);
  });
});
