import type { Rule } from './rule.ts';

export const ROUTING_RULES: readonly Rule[] = [
  {
    id: 'RT1',
    rule: 'A subnet has its own table, else the main one; a gateway may have one for what comes in.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html',
    tests: [
      ['test/unit/sources/aws/translate/routes.test.ts', 'RT1: which table a subnet has'],
      [
        'test/unit/sources/aws/translate/gateways.test.ts',
        'RT1: whose own route table steers what comes in leaves that unknown',
      ],
      ['test/laws/oracle/routes.test.ts', 'RT1 which table counts'],
    ],
    unknown: { what: "the way in where a gateway's table leads elsewhere", codes: ['gateway-not-modelled'] },
  },
  {
    id: 'RT2',
    rule: 'The longest prefix wins; among equal ones local, then static, then prefix lists, then propagated.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html',
    tests: [
      [
        'test/unit/sources/aws/translate/routes.test.ts',
        'RT2: among equal prefixes local, then static, then prefix lists, then propagated',
      ],
      ['test/laws/oracle/routes.test.ts', 'RT2 which route wins'],
      ['test/unit/engine/routes.test.ts', 'routes: the longest prefix wins'],
    ],
  },
  {
    id: 'RT3',
    rule: 'A subnet is public where its table leads to an internet gateway; answers need that way as well.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html',
    tests: [['test/unit/engine/routes.test.ts', 'the internet']],
  },
  {
    id: 'RT4',
    rule: 'An internet gateway serves the network that it is attached to, and translates IPv4 one to one.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html',
    tests: [['test/unit/sources/aws/translate/gateways.test.ts', 'RT4: an internet gateway']],
    unknown: { what: 'whether the internet comes in where gateways were not read', codes: ['not-collected'] },
  },
  {
    id: 'RT5',
    rule: 'An egress-only gateway lets IPv6 out, and answers in.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html',
    tests: [['test/unit/engine/routes.test.ts', 'the way out']],
  },
  {
    id: 'RT6',
    rule: 'A NAT gateway sends on under an address of its own, by the table of its own subnet.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html',
    tests: [
      ['test/unit/sources/aws/translate/gateways.test.ts', 'RT6: a NAT gateway'],
      ['test/laws/oracle/nat.test.ts', 'RT6 towards the internet'],
      ['test/laws/oracle/nat.test.ts', 'RT6, RT8 a private NAT gateway before a peering'],
    ],
    unknown: {
      what: 'where a regional NAT gateway, which has no subnet, sends on to',
      codes: ['route-not-modelled'],
    },
  },
  {
    id: 'RT7',
    isModelled: false,
    rule: 'A NAT gateway takes IPv6 to IPv4 for 64:ff9b::/96.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html',
    tests: [
      [
        'test/unit/sources/aws/translate/routes.test.ts',
        'RT7: what a NAT gateway translates from IPv6 is not modelled',
      ],
    ],
    unknown: { what: 'what comes of IPv6 at a NAT gateway', codes: ['route-not-modelled'] },
  },
  {
    id: 'RT8',
    rule: 'A peering carries what both sides route to it, from network to network and no further.',
    page: 'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html',
    tests: [
      ['test/unit/sources/aws/translate/gateways.test.ts', 'RT8: a peering'],
      ['test/laws/oracle/routes.test.ts', 'RT8 peering'],
    ],
    unknown: {
      what: 'the far side of a peering that was not read',
      codes: ['account-not-collected', 'dangling'],
    },
  },
  {
    id: 'RT9',
    isModelled: false,
    rule: 'A transit gateway forwards by the table that the attachment is associated with, within the zones that it stands in.',
    page: 'https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html',
    tests: [
      ['test/unit/sources/aws/translate/routes.test.ts', 'is unknown: $rt'],
      ['test/unit/sources/aws/translate/gateways.test.ts', 'side doors'],
    ],
    unknown: { what: 'where transit gateways lead', codes: ['route-not-modelled'] },
  },
  {
    id: 'RT10',
    isModelled: false,
    rule: 'A virtual private gateway brings a site into every subnet of its network.',
    page: 'https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNRoutingTypes.html',
    tests: [
      ['test/unit/sources/aws/translate/routes.test.ts', 'is unknown: $rt'],
      ['test/unit/sources/aws/translate/gateways.test.ts', 'side doors'],
    ],
    unknown: { what: 'what comes from and goes to sites outside AWS', codes: ['route-not-modelled'] },
  },
  {
    id: 'RT11',
    rule: 'A gateway endpoint takes what its prefix list names.',
    page: 'https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html',
    tests: [
      ['test/unit/sources/aws/translate/routes.test.ts', '$rt: $leads'],
      ['test/laws/oracle/beyond.test.ts', 'RT11 gateway endpoints'],
    ],
  },
  {
    id: 'RT12',
    rule: 'An interface endpoint is an interface with groups; who offers a service by an endpoint may be asked from other accounts.',
    page: 'https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html',
    tests: [['test/unit/sources/aws/translate/interfaces.test.ts', 'EN8: what stands behind an interface']],
    unknown: {
      what: 'what a load balancer that other accounts may ask through an endpoint service hands on to',
      codes: ['load-balancer-targets'],
    },
  },
  {
    id: 'RT13',
    rule: 'A route whose target is gone drops what it takes.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html',
    tests: [
      ['test/unit/sources/aws/translate/routes.test.ts', '$rt: $leads'],
      ['test/laws/oracle/routes.test.ts', 'RT2 a more specific route to a gone appliance drops'],
    ],
  },
  {
    id: 'RT14',
    rule: 'A route to anything else takes its packets from shorter ones all the same.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html',
    tests: [['test/unit/sources/aws/translate/routes.test.ts', 'is unknown: $rt']],
    unknown: { what: 'where such a route leads', codes: ['route-not-modelled'] },
  },
  {
    id: 'RT15',
    rule: 'Every address block of a network is local; what no interface holds is not delivered.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html',
    tests: [
      [
        'test/unit/sources/aws/translate/routes.test.ts',
        'RT15: a network has all blocks that are associated',
      ],
      [
        'test/laws/oracle/routes.test.ts',
        'RT15 an address of the VPC that no interface holds is not delivered',
      ],
    ],
  },
  {
    id: 'RT16',
    rule: 'VPC Block Public Access closes internet gateways, one way or both, with exclusions.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html',
    tests: [['test/unit/sources/aws/translate/gateways.test.ts', 'RT16: VPC Block Public Access']],
    unknown: {
      what: 'one way closed, and subnets that are spared: the network counts as open',
      codes: ['gateway-not-modelled'],
    },
  },
  {
    id: 'RT17',
    rule: 'A public address that is dialled from inside is reached by way of the gateway, under a public address.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html',
    tests: [['test/laws/oracle/routes.test.ts', 'RT17 a public address of the own VPC is outside']],
    unknown: { what: 'ways that leave by the internet and come back', codes: ['public-hairpin'] },
  },
  {
    id: 'RT18',
    isModelled: false,
    rule: 'A firewall in the path, or a resolver rule, may drop more.',
    page: 'https://docs.aws.amazon.com/network-firewall/latest/developerguide/route-tables.html',
    tests: [['test/unit/sources/aws/translate/routes.test.ts', 'is unknown: $rt']],
    unknown: { what: 'what a firewall endpoint lets through', codes: ['route-not-modelled'] },
  },
];
