import type { Rule } from './rule.ts';

export const GROUP_RULES: readonly Rule[] = [
  {
    id: 'SG1',
    rule: 'Groups are stateful: an answer passes whatever the other direction says, and a connection that is up outlives the rule that let it in.',
    page: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html',
    tests: [
      ['test/unit/engine/explain.test.ts', 'within one subnet asks no border and no route'],
      ['test/laws/oracle/groups.test.ts', 'groups together'],
    ],
    note: 'Connections that are up are no question here: an answer is about new ones, and they outlast a change of the rules.',
  },
  {
    id: 'SG2',
    rule: 'All groups of an interface count together, and any rule that admits is enough.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
    tests: [
      ['test/unit/engine/rules.test.ts', 'groups: any rule that allows, allows'],
      ['test/laws/oracle/groups.test.ts', 'groups together'],
    ],
  },
  {
    id: 'SG3',
    rule: 'What leaves is what egress rules say; no egress rule, nothing leaves.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
    tests: [
      [
        'test/unit/sources/aws/translate/security-groups.test.ts',
        'SG3: no egress permission means no egress rule',
      ],
      [
        'test/unit/sources/aws/translate/security-groups.test.ts',
        'SG3: egress permissions that were not read are unknown, not none',
      ],
    ],
  },
  {
    id: 'SG4',
    rule: 'Members of one group reach each other only by a rule that names the group.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html',
    tests: [['test/unit/engine/rules.test.ts', 'groups: any rule that allows, allows']],
  },
  {
    id: 'SG5',
    rule: 'A rule that names a group means the private addresses of all interfaces that carry it.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
    tests: [
      ['test/laws/oracle/groups.test.ts', 'SG5 an egress reference admits towards a member that lets it in'],
      [
        'test/unit/sources/aws/translate/interfaces.test.ts',
        'SG5: an interface whose groups cannot be read may be a member of any',
      ],
      ['test/unit/sources/aws/translate/shared-networks.test.ts', 'SG5, SG6: members of a group'],
    ],
  },
  {
    id: 'SG6',
    rule: 'So also their IPv6 addresses and the prefixes that were delegated to them.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
    tests: [
      [
        'test/unit/sources/aws/translate/shared-networks.test.ts',
        'SG6: are named by their IPv6 addresses and delegated prefixes too',
      ],
      ['test/laws/oracle/interfaces.test.ts', 'EN4 the addresses of one interface'],
    ],
    unconfirmed: 'it speaks of private addresses and names neither IPv6 nor prefixes',
  },
  {
    id: 'SG7',
    rule: 'A member whose packets arrive under the address of somebody in between is none at the far end. A target that names the group of the Network Load Balancer before it admits what comes through.',
    page: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html',
    more: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
    tests: [
      ['test/unit/engine/routes.test.ts', 'NAT: somebody in between sends it on'],
      ['test/unit/sources/aws/translate/load-balancers.test.ts', 'LB2, LB3, SG7: a Network Load Balancer'],
    ],
  },
  {
    id: 'SG8',
    rule: 'A group of a peered network of the Region counts while the peering is active.',
    page: 'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html',
    tests: [
      ['test/unit/sources/aws/translate/security-groups.test.ts', 'SG8 and SG10: rules that name a group'],
      [
        'test/unit/sources/aws/translate/shared-networks.test.ts',
        'SG8: names members across $what: $expected',
      ],
      ['test/laws/oracle/groups.test.ts', 'SG8 references across a peering'],
    ],
  },
  {
    id: 'SG9',
    rule: 'A group across a transit gateway counts for what comes in, where the gateway and both attachments support it.',
    page: 'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html#vpc-attachment-security',
    tests: [
      [
        'test/unit/sources/aws/translate/security-groups.test.ts',
        'SG9: across a transit gateway whose group referencing is $support: $rules',
      ],
      ['test/laws/oracle/transit.test.ts', 'SG9 groups named over a transit gateway'],
      ['test/laws/oracle/transit.test.ts', 'SG9 no group is named over two gateways'],
    ],
    unknown: {
      what: 'whether a member is one where the gateway or an attachment was not read',
      codes: ['account-not-collected', 'not-collected'],
    },
  },
  {
    id: 'SG10',
    rule: 'Members in an account that was not read may be any address.',
    page: 'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html',
    tests: [
      [
        'test/unit/engine/rules.test.ts',
        'a member that was never read may be any private address outside, never the internet',
      ],
    ],
    unknown: { what: 'who the members are', codes: ['account-not-collected', 'dangling'] },
  },
  {
    id: 'SG11',
    rule: "A prefix list, one's own or AWS's, stands for its entries.",
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html',
    tests: [['test/unit/sources/aws/translate/security-groups.test.ts', 'SG11: prefix lists']],
    unknown: { what: 'a list whose entries were not read', codes: ['not-collected', 'call-failed'] },
  },
  {
    id: 'SG12',
    rule: 'IPv4 and IPv6 ranges are judged each for its family.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
    tests: [
      [
        'test/unit/sources/aws/translate/security-groups.test.ts',
        'SG16: each source of a permission is a rule, and a permission without sources is none',
      ],
    ],
  },
  {
    id: 'SG13',
    rule: 'A protocol is a name or a number; -1 is all of them, and those without ports have none.',
    page: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html',
    tests: [
      ['test/unit/sources/aws/translate/transport.test.ts', 'SG13-15: $protocol $from to $to is $means'],
    ],
    unknown: { what: 'a protocol or a range that is none', codes: ['rule-not-understood'] },
  },
  {
    id: 'SG14',
    rule: 'Ports are those of the destination, both ends included.',
    page: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html',
    tests: [
      [
        'test/unit/sources/aws/translate/security-groups.test.ts',
        'keeps a rule whose ports are odd, in doubt and at its widest',
      ],
    ],
    unknown: { what: 'ports that are no range', codes: ['rule-not-understood'] },
  },
  {
    id: 'SG15',
    rule: 'For ICMP the two ports are type and code, and -1 is any.',
    page: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html',
    tests: [
      ['test/unit/sources/aws/translate/transport.test.ts', 'SG13-15: $protocol $from to $to is $means'],
    ],
    unknown: { what: 'a code without a type', codes: ['rule-not-understood'] },
  },
  {
    id: 'SG16',
    rule: 'One permission may have many sources of every kind; with none it admits nothing.',
    page: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html',
    tests: [
      [
        'test/unit/sources/aws/translate/security-groups.test.ts',
        'SG16: each source of a permission is a rule, and a permission without sources is none',
      ],
    ],
  },
  {
    id: 'SG17',
    rule: 'A group may be carried in other networks, and in other accounts with which it is shared.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html',
    more: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-sharing.html'],
    tests: [
      [
        'test/unit/sources/aws/translate/security-groups.test.ts',
        'SG17: a group is found whichever network it is in',
      ],
      [
        'test/unit/sources/aws/translate/shared-networks.test.ts',
        'SG17: a group that is associated with a further network',
      ],
      [
        'test/unit/sources/aws/translate/shared-networks.test.ts',
        'SG17: may carry a group that the owner shares',
      ],
      ['test/laws/oracle/groups.test.ts', 'SG17 a group of another VPC'],
    ],
    unknown: { what: 'a group that was not read', codes: ['dangling'] },
  },
  {
    id: 'SG18',
    rule: "Neither groups nor ACLs filter Amazon's own DNS, DHCP, metadata, time and licences.",
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
    tests: [
      ['test/unit/engine/inner-services.test.ts', 'SG18 and NA8: what Amazon answers inside every network'],
      ['test/unit/sources/aws/translate/zones.test.ts', 'SG18: a closed way out'],
    ],
  },
  {
    id: 'SG19',
    rule: 'What one interface sends to itself passes no group; two interfaces of one host do.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
    tests: [['test/unit/engine/paths.test.ts', 'take the interfaces of a host together']],
  },
  {
    id: 'SG20',
    rule: 'Groups filter interfaces of instances and of most services, and not those of NAT gateways, transit gateways and Gateway Load Balancers.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
    tests: [
      ['test/unit/sources/aws/translate/interfaces.test.ts', 'EN8: what stands behind an interface'],
      [
        'test/unit/engine/rules.test.ts',
        'no group at all admits nothing, and one without filters everything',
      ],
    ],
  },
];
