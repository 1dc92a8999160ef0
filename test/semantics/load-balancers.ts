import type { Rule } from './rule.ts';

export const LOAD_BALANCER_RULES: readonly Rule[] = [
  {
    id: 'LB1',
    rule: 'An Application Load Balancer ends the connection and opens its own to a target.',
    page: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/introduction.html',
    tests: [
      ['test/unit/sources/aws/translate/load-balancers.test.ts', 'LB1, LB5: an Application Load Balancer'],
      ['test/unit/sources/aws/translate/load-balancers.test.ts', 'listener rules'],
      ['test/laws/oracle/relays.test.ts', 'LB1, LB5 an application load balancer'],
      [
        'test/unit/sources/aws/translate/interfaces.test.ts',
        'LB1: also where only its interfaces tell of it',
      ],
    ],
    unknown: {
      what: 'what a load balancer hands on to whose listeners, rules, groups or interfaces were not read',
      codes: ['load-balancer-targets'],
    },
  },
  {
    id: 'LB2',
    rule: 'A Network Load Balancer without groups is open.',
    page: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html',
    tests: [
      [
        'test/unit/sources/aws/translate/interfaces.test.ts',
        'LB2, SG20: groups do not apply to $card: $unfiltered',
      ],
      ['test/unit/sources/aws/translate/load-balancers.test.ts', 'LB2, LB3, SG7: a Network Load Balancer'],
      ['test/laws/oracle/relays.test.ts', 'LB2, LB3 a network load balancer'],
      [
        'test/unit/engine/relayed.test.ts',
        'a load balancer that nothing filters answers on its listeners, whoever asks',
      ],
    ],
  },
  {
    id: 'LB3',
    rule: "Whether a target sees the client's address depends on target type, protocol and an attribute.",
    page: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html',
    tests: [
      ['test/unit/sources/aws/translate/load-balancers.test.ts', 'LB2, LB3, SG7: a Network Load Balancer'],
      ['test/unit/engine/relayed.test.ts', 'a kept address is the client’s, of the target’s family only'],
      [
        'test/unit/engine/relayed.test.ts',
        'a kept address goes no further than a peered network of the Region',
      ],
      ['test/laws/oracle/relays.test.ts', 'LB2, LB3 a network load balancer'],
    ],
    unknown: {
      what: 'whose address is seen where the attribute was not read',
      codes: ['load-balancer-targets'],
    },
  },
  {
    id: 'LB4',
    rule: 'Targets that are not healthy may be asked, and are if none is.',
    page: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html',
    tests: [['test/unit/sources/aws/translate/load-balancers.test.ts', 'LB4: the targets']],
    unknown: { what: 'targets that were not read', codes: ['load-balancer-targets'] },
    note: 'A target that is not healthy counts as one',
  },
  {
    id: 'LB5',
    rule: 'A private host behind an internet-facing load balancer is exposed on its target port.',
    page: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/introduction.html',
    tests: [
      ['test/unit/sources/aws/translate/load-balancers.test.ts', 'LB1, LB5: an Application Load Balancer'],
      ['test/unit/engine/relayed.test.ts', 'what the internet reaches through relays'],
      ['test/unit/engine/relayed.test.ts', 'between own hosts'],
      [
        'test/unit/findings/relayed-news.test.ts',
        'a way that a load balancer newly opens between own hosts is news',
      ],
      ['test/unit/engine/relayed.test.ts', 'ways through relays'],
      ['test/unit/findings/relayed-findings.test.ts', 'what is handed on'],
    ],
  },
  {
    id: 'LB6',
    rule: 'Classic and Gateway Load Balancers, accelerators, connect endpoints and further front doors bring the internet to private hosts.',
    page: 'https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints.sipp-caveats.html',
    more: [
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-listener-config.html',
      'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/eice-security-groups.html',
      'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/connect-using-eice.html',
      'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html',
    ],
    tests: [
      [
        'test/unit/sources/aws/translate/load-balancers.test.ts',
        'LB6: a Classic Load Balancer ends every connection, and every instance has the same port',
      ],
      [
        'test/unit/sources/aws/translate/service-table.test.ts',
        'LB6: front doors are named where they are, and nowhere else',
      ],
      ['test/unit/sources/aws/translate/front-door-paths.test.ts', 'LB6: a path that begins at a front door'],
      [
        'test/unit/sources/aws/translate/front-doors.test.ts',
        'LB6: an EC2 Instance Connect Endpoint opens SSH and RDP for whom IAM lets tunnel',
      ],
      [
        'test/unit/sources/aws/translate/front-doors.test.ts',
        'LB6: what the internet may come in by is unknown, and never denied',
      ],
      ['test/unit/sources/aws/translate/front-doors.test.ts', 'LB6: what stands behind a load balancer'],
      ['test/unit/engine/cost.test.ts', 'what comes by a front door, under the clients’ addresses'],
      [
        'test/unit/report/cloudfront.test.ts',
        'SG11: what CloudFront may ask is open to whoever asks CloudFront, and comes before an office',
      ],
    ],
    unknown: {
      what: 'what accelerators, API Gateway and CloudFront bring in, of all that their interfaces may open, and whom Verified Access and Client VPN let in',
      codes: ['gateway-not-modelled'],
    },
    note: 'What only those open whom IAM or a policy lets in is listed beside what the internet reaches, and no finding. What needs no way through the network, as Session Manager, is not told of. Where nothing shows them (an accelerator in front of an Elastic IP, a VPC link of a REST API), what they lead to is public or a load balancer anyway',
  },
];
