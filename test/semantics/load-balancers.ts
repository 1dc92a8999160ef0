import type { Rule } from './rule.ts';

export const LOAD_BALANCER_RULES: readonly Rule[] = [
  {
    id: 'LB1',
    isModelled: false,
    rule: 'An Application Load Balancer ends the connection and opens its own to a target.',
    page: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/introduction.html',
    tests: [
      [
        'test/unit/sources/aws/translate/interfaces.test.ts',
        'LB1: a load balancer hands on to its targets, one blind spot for each',
      ],
      [
        'test/unit/sources/aws/translate/interfaces.test.ts',
        'LB1: also where only its interfaces tell of it',
      ],
    ],
    unknown: { what: 'what a load balancer hands on to', codes: ['load-balancer-targets'] },
  },
  {
    id: 'LB2',
    rule: 'A Network Load Balancer without groups is open.',
    page: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html',
    tests: [['test/unit/sources/aws/translate/interfaces.test.ts', 'EN8: what stands behind an interface']],
  },
  {
    id: 'LB3',
    isModelled: false,
    rule: "Whether a target sees the client's address depends on target type, protocol and an attribute.",
    page: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html',
    tests: [],
    unknown: { what: 'what a load balancer hands on to', codes: ['load-balancer-targets'] },
  },
  {
    id: 'LB4',
    isModelled: false,
    rule: 'Targets that are not healthy may be asked, and are if none is.',
    page: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html',
    tests: [],
    unknown: { what: 'what a load balancer hands on to', codes: ['load-balancer-targets'] },
  },
  {
    id: 'LB5',
    isModelled: false,
    rule: 'A private host behind an internet-facing load balancer is exposed on its target port.',
    page: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/introduction.html',
    tests: [],
    unknown: { what: 'what a load balancer hands on to', codes: ['load-balancer-targets'] },
  },
  {
    id: 'LB6',
    isModelled: false,
    rule: 'Classic and Gateway Load Balancers, accelerators, connect endpoints and further front doors bring the internet to private hosts.',
    page: 'https://docs.aws.amazon.com/global-accelerator/latest/dg/secure-vpc-connections.html',
    tests: [
      ['test/unit/sources/aws/translate/interfaces.test.ts', 'LB6: a Global Accelerator in the network'],
    ],
    unknown: { what: 'what an accelerator brings in', codes: ['gateway-not-modelled'] },
  },
];
