import type { Rule } from './rule.ts';

export const ROUTING_RULES: readonly Rule[] = [
  {
    id: 'RT1',
    rule: 'A subnet has its own table, else the main one; a gateway may have one for what comes in.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html',
    more: ['https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html'],
    tests: [
      ['test/unit/sources/aws/translate/routes.test.ts', 'RT1: which table a subnet has'],
      [
        'test/unit/sources/aws/translate/inspection.test.ts',
        'RT1, RT18: a route table of an internet gateway',
      ],
      ['test/laws/oracle/routes.test.ts', 'RT1 which table counts'],
      ['test/laws/oracle/edges.test.ts', 'RT1 edge associations'],
    ],
    unknown: {
      what: 'what a firewall or an appliance that the table of a gateway leads to lets through, and what comes by a virtual private gateway that has a table',
      codes: ['route-not-modelled', 'gateway-not-modelled'],
    },
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
      [
        'test/unit/sources/aws/translate/inspection.test.ts',
        'between two subnets of one network narrows the local route',
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
    more: ['https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html'],
    tests: [
      ['test/unit/sources/aws/translate/gateways.test.ts', 'RT6: a NAT gateway'],
      ['test/unit/sources/aws/translate/zones.test.ts', 'RT6: a regional NAT gateway'],
      ['test/laws/oracle/nat.test.ts', 'RT6 towards the internet'],
      ['test/unit/sources/aws/translate/unread-hops.test.ts', 'RT6: a NAT gateway'],
      ['test/laws/oracle/nat.test.ts', 'RT6, RT8 a private NAT gateway before a peering'],
      ['test/laws/oracle/transit.test.ts', 'RT6, RT9 out through the NAT gateway of another VPC'],
    ],
    unknown: {
      what: 'where a regional NAT gateway, which has no subnet, sends on to',
      codes: ['route-not-modelled'],
    },
  },
  {
    id: 'RT7',
    rule: 'A NAT gateway takes IPv6 to IPv4 for 64:ff9b::/96.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html',
    tests: [
      ['test/unit/app/nat64.test.ts', 'RT7: IPv4 by NAT64'],
      [
        'test/unit/sources/aws/translate/routes.test.ts',
        'RT7: what a NAT gateway translates from IPv6 is not modelled',
      ],
    ],
    unknown: {
      what: 'what comes of IPv6 at a NAT gateway but TCP and UDP to one address of the internet, which `explain` and `assert` follow: private addresses, ICMP, lists and ways through several hosts',
      codes: ['route-not-modelled'],
    },
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
    rule: 'A transit gateway forwards by the table that the attachment is associated with, within the zones that it stands in.',
    page: 'https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html',
    more: [
      'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html',
      'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayVpcAttachmentRequestOptions.html',
    ],
    tests: [
      ['test/unit/sources/aws/translate/transit-gateways.test.ts', 'RT9: a transit gateway'],
      ['test/unit/sources/aws/translate/transit-gateways.test.ts', 'the tables of a transit gateway'],
      ['test/laws/oracle/transit.test.ts', 'RT9 association, propagation and routes'],
      ['test/laws/oracle/transit.test.ts', 'RT9 zones'],
      [
        'test/unit/sources/aws/translate/transit-landings.test.ts',
        'RT9: an attachment that stands in several subnets',
      ],
      [
        'test/unit/sources/aws/translate/unread-hops.test.ts',
        'RT9: an attachment that stands in a subnet that was not read',
      ],
      ['test/unit/sources/aws/translate/transit-gateways.test.ts', 'a peer in another Region'],
      ['test/laws/oracle/transit.test.ts', 'RT9 two gateways joined by a peering'],
      [
        'test/laws/oracle/transit.test.ts',
        'carries IPv6 by its own routes; what the attachments support decides only what they announce',
      ],
    ],
    unknown: {
      what: 'tables of a gateway whose owner was not read, peers that were not read (the blind spot says in which account and Region one stands), attachments of other kinds, and what only some of the subnets let through by which a gateway may come in',
      codes: ['account-not-collected', 'route-not-modelled', 'not-collected'],
    },
    unconfirmed:
      'whether packets get to the gateway from every subnet of an attached zone: newer texts of one page name the subnets of the attachment alone, and the zone as well',
  },
  {
    id: 'RT10',
    rule: 'A virtual private gateway brings a site into every subnet of its network.',
    page: 'https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNRoutingTypes.html',
    tests: [
      ['test/unit/sources/aws/translate/transit-gateways.test.ts', 'RT10: a virtual private gateway'],
      ['test/unit/engine/sites.test.ts', 'from a private site'],
      ['test/unit/engine/sites.test.ts', 'to a private site'],
      ['test/laws/oracle/sites.test.ts', 'RT10 by a virtual private gateway'],
      ['test/laws/oracle/sites.test.ts', 'RT9, RT10 by a VPN connection of a transit gateway'],
    ],
    unknown: { what: 'what lies behind a site', codes: ['site-not-seen'] },
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
    more: ['https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-share-your-services.html'],
    tests: [
      ['test/unit/sources/aws/translate/interfaces.test.ts', 'EN8: what stands behind an interface'],
      [
        'test/unit/sources/aws/translate/service-table.test.ts',
        'RT12: an endpoint service lets other accounts in',
      ],
      [
        'test/unit/sources/aws/translate/front-doors.test.ts',
        'may be reached from other accounts by an endpoint service, and not from the internet',
      ],
    ],
    unknown: {
      what: 'who asks from other accounts by an endpoint service, or by VPC Lattice',
      codes: ['gateway-not-modelled'],
    },
  },
  {
    id: 'RT13',
    rule: 'A route whose target is gone drops what it takes.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html',
    tests: [
      ['test/unit/sources/aws/translate/routes.test.ts', '$rt: $leads'],
      ['test/unit/sources/aws/translate/inspection.test.ts', 'EN7, RT13: a route to an interface'],
      ['test/laws/oracle/routes.test.ts', 'RT2 a more specific route to a gone appliance drops'],
    ],
  },
  {
    id: 'RT14',
    rule: 'A route to anything else takes its packets from shorter ones all the same.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html',
    tests: [
      ['test/unit/sources/aws/translate/routes.test.ts', 'is unknown: $rt'],
      ['test/laws/oracle/routes.test.ts', 'RT14 targets that are not modelled'],
    ],
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
    more: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html'],
    tests: [
      ['test/unit/sources/aws/translate/block-public-access.test.ts', 'RT16: VPC Block Public Access'],
      ['test/laws/oracle/public-access.test.ts', 'RT16 blocked: %s'],
    ],
    unknown: {
      what: 'a change that is under way, exclusions that were not read, and NAT gateways in an excluded subnet for those that are not',
      codes: ['gateway-not-modelled', 'not-collected'],
    },
    unconfirmed: 'whether a NAT gateway in an excluded subnet serves subnets that are not',
  },
  {
    id: 'RT17',
    rule: 'A public address that is dialled from inside is reached by way of the gateway, under a public address.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html',
    tests: [
      ['test/unit/app/hairpins.test.ts', 'RT17: a public address that is dialled from inside'],
      ['test/laws/oracle/routes.test.ts', 'RT17 a public address of the own VPC is outside'],
    ],
    unknown: {
      what: 'ways that leave by the internet and come back, in lists and in ways through several hosts',
      codes: ['public-hairpin'],
    },
    note: '`explain` and `assert` follow them',
  },
  {
    id: 'RT18',
    isModelled: false,
    rule: 'A firewall in the path, or a resolver rule, may drop more.',
    page: 'https://docs.aws.amazon.com/network-firewall/latest/developerguide/route-tables.html',
    more: [
      'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSNetworkFirewallServiceRolePolicy.html',
    ],
    tests: [
      ['test/unit/sources/aws/translate/inspection.test.ts', 'RT18: a route to a firewall'],
      [
        'test/unit/sources/aws/translate/inspection.test.ts',
        'RT18: whatever the firewall does, the answer holds',
      ],
      ['test/laws/oracle/edges.test.ts', 'RT14, EN7, RT18 routes through something that looks at packets'],
    ],
    unknown: { what: 'what a firewall endpoint lets through', codes: ['route-not-modelled'] },
    note: 'Resolver rules and VPC Encryption Controls are not read; they could only close more',
    unconfirmed:
      "that appliances of others behind a Gateway Load Balancer may lead to the internet by a second interface; a post of AWS's says so",
  },
];
