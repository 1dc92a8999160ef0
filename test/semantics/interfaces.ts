import type { Rule } from './rule.ts';

export const INTERFACE_RULES: readonly Rule[] = [
  {
    id: 'EN1',
    rule: 'The interface is what groups, routes and ACLs are about.',
    page: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html',
    tests: [
      [
        'test/unit/sources/aws/translate/interfaces.test.ts',
        'reads the interfaces of instances where the interfaces themselves were not collected',
      ],
    ],
  },
  {
    id: 'EN2',
    rule: 'A host that is stopped keeps its interface, and answers nobody until it starts: what would then be open is told apart.',
    page: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html',
    tests: [
      [
        'test/unit/findings/latent.test.ts',
        'a machine that is off, behind a load balancer that the internet reaches',
      ],
      ['test/unit/sources/aws/translate/interfaces.test.ts', 'EN2 and EN3: liveness'],
      [
        'test/unit/sources/aws/translate/waking.test.ts',
        'EN5: whether starting it gives it a public address',
      ],
      ['test/unit/findings/latent.test.ts', 'what is off and would be open'],
    ],
    unknown: { what: 'which instances run, where they were not read', codes: ['not-collected'] },
  },
  {
    id: 'EN3',
    rule: 'An interface that is attached to nothing sends and hears nothing, and its addresses are members all the same.',
    page: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html',
    tests: [
      ['test/unit/sources/aws/translate/interfaces.test.ts', 'EN2 and EN3: liveness'],
      ['test/laws/oracle/interfaces.test.ts', 'what takes part'],
    ],
  },
  {
    id: 'EN4',
    rule: 'An interface has several addresses, and prefixes that were delegated to it.',
    page: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-prefix-eni.html',
    tests: [
      ['test/unit/sources/aws/translate/interfaces.test.ts', 'EN4 to EN6: addresses'],
      ['test/laws/oracle/interfaces.test.ts', 'EN4 the addresses of one interface'],
    ],
  },
  {
    id: 'EN5',
    rule: 'A public address is one that is associated with a private one; what the subnet gives to new interfaces says nothing.',
    page: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html',
    tests: [
      ['test/unit/sources/aws/translate/interfaces.test.ts', 'EN4 to EN6: addresses'],
      [
        'test/laws/oracle/interfaces.test.ts',
        'EN5 the record of an interface without a list of addresses counts',
      ],
    ],
  },
  {
    id: 'EN6',
    rule: 'An IPv6 address is public without any association, but for unique local ones.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html',
    tests: [
      ['test/unit/sources/aws/translate/interfaces.test.ts', 'EN4 to EN6: addresses'],
      ['test/laws/oracle/beyond.test.ts', 'EN6 unique local IPv6 addresses'],
    ],
  },
  {
    id: 'EN7',
    rule: 'An interface whose source/destination check is off may pass on what is not its own.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html',
    tests: [
      ['test/unit/sources/aws/translate/inspection.test.ts', 'EN7, RT13: a route to an interface'],
      ['test/laws/oracle/edges.test.ts', 'RT14, EN7, RT18 routes through something that looks at packets'],
    ],
    unknown: {
      what: 'what an appliance whose check is off does with a packet',
      codes: ['route-not-modelled'],
    },
    unconfirmed:
      'whether a peering or a private gateway takes what an appliance sends under an address from outside its network; it counts as possible',
  },
  {
    id: 'EN8',
    rule: 'Type, requester and description tell what stands behind an interface.',
    page: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html',
    tests: [
      ['test/unit/sources/aws/translate/interfaces.test.ts', 'EN8: what stands behind an interface'],
      ['test/unit/sources/aws/translate/service-table.test.ts', 'EN8 and EN9: each service by its interface'],
      ['test/laws/oracle/interfaces.test.ts', 'EN8, EN9 what sends and listens'],
    ],
    unconfirmed: 'what most services write into the description',
  },
  {
    id: 'EN9',
    rule: 'Functions, NAT gateways and transit gateways listen to nothing; a public database has a public address.',
    page: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html',
    more: ['https://docs.aws.amazon.com/lambda/latest/dg/foundation-networking.html'],
    tests: [
      [
        'test/unit/sources/aws/translate/interfaces.test.ts',
        'EN9: a public database without a public address to be seen',
      ],
      [
        'test/unit/sources/aws/translate/service-filters.test.ts',
        'EN9: a database that is $status answers: $isUsable',
      ],
      ['test/unit/sources/aws/translate/service-table.test.ts', 'EN8 and EN9: each service by its interface'],
      ['test/laws/oracle/interfaces.test.ts', 'EN8, EN9 what sends and listens'],
    ],
    unknown: {
      what: 'the public address of a database whose interface does not show it',
      codes: ['not-collected'],
    },
    unconfirmed:
      'that nothing listens behind an interface of a function; the guide speaks of connections from it alone',
  },
  {
    id: 'EN10',
    rule: 'In a shared subnet whoever takes part sees tables, ACLs and internet gateways; NAT gateways, egress-only gateways and what else leads out, only its owner.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html',
    tests: [
      [
        'test/unit/sources/aws/translate/shared-networks.test.ts',
        'EN10: an interface in a subnet that somebody shares',
      ],
      [
        'test/unit/sources/aws/translate/routes.test.ts',
        'EN10: a network of an account that was not collected is unknown where only its owner sees it',
      ],
    ],
    unknown: {
      what: 'ways in and out of a shared subnet whose owner was not read, and its table if that is the main one',
      codes: ['account-not-collected'],
    },
  },
  {
    id: 'EN11',
    isModelled: false,
    rule: 'Zones at the edge have gateways and addresses of their own.',
    page: 'https://docs.aws.amazon.com/wavelength/latest/developerguide/how-wavelengths-work.html',
    more: [
      'https://docs.aws.amazon.com/outposts/latest/userguide/manage-lgw-routes.html',
      'https://docs.aws.amazon.com/local-zones/latest/ug/local-zones-connectivity-transit-gateway-lzs.html',
    ],
    tests: [
      ['test/unit/sources/aws/translate/zones.test.ts', 'EN11: zones that are not of the Region'],
      ['test/unit/sources/aws/translate/routes.test.ts', 'is unknown: $rt'],
    ],
    unknown: {
      what: 'what carrier and local gateways bring and take, and how a Local Zone gets to a transit gateway',
      codes: ['route-not-modelled', 'not-collected'],
    },
  },
];
