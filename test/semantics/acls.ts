import type { Rule } from './rule.ts';

export const ACL_RULES: readonly Rule[] = [
  {
    id: 'NA1',
    rule: 'The entry with the lowest number that matches decides; if none does, nothing passes.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html',
    tests: [
      [
        'test/unit/sources/aws/translate/acls.test.ts',
        'NA1: rules stand in the order of their numbers, whatever the order of the answer',
      ],
      ['test/unit/engine/rules.test.ts', 'ACLs: the first rule that matches decides'],
    ],
  },
  {
    id: 'NA2',
    rule: 'ACLs are stateless: an answer needs an entry of its own, for the port that the client picked.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html',
    tests: [
      ['test/unit/engine/rules.test.ts', 'replies: an ACL judges them by themselves'],
      ['test/unit/engine/rules.test.ts', 'the client ports that get replies'],
      ['test/unit/report/replies.test.ts', 'NA2: what gets there and what comes back are told apart'],
      ['test/unit/report/replies.test.ts', 'NA2: what the internet reaches'],
      ['test/unit/findings/remarks.test.ts', 'answers that a border stops'],
      ['test/laws/oracle/acls.test.ts', 'NA2 the way back'],
    ],
  },
  {
    id: 'NA3',
    rule: 'Within a subnet no ACL is asked.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html',
    tests: [
      ['test/unit/engine/rules.test.ts', 'within one subnet no ACL is asked'],
      ['test/laws/oracle/acls.test.ts', 'NA3 they are not asked within a subnet'],
    ],
  },
  {
    id: 'NA4',
    rule: "An ACL sees an interface's private address and the far end's real one; a NAT gateway's subnet is asked both ways.",
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html',
    tests: [
      ['test/laws/oracle/nat.test.ts', 'NA4 the ACLs on either side of the NAT gateway'],
      ['test/unit/engine/routes.test.ts', 'its own border is asked too'],
    ],
  },
  {
    id: 'NA5',
    rule: 'What comes by a peering or a gateway passes the ACL of its subnet; by a transit gateway also that of the attachment.',
    page: 'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html',
    tests: [
      ['test/laws/oracle/routes.test.ts', 'RT8 peering'],
      ['test/laws/oracle/transit.test.ts', 'NA5 instances and the attachment in different subnets'],
      ['test/laws/oracle/transit.test.ts', 'NA5 instances and the attachment in one subnet'],
      ['test/laws/oracle/sites.test.ts', 'NA5 the ACL of the interface’s subnet alone: %s'],
    ],
  },
  {
    id: 'NA6',
    rule: 'Protocols are numbers, no ports are all ports, and an entry is for one family.',
    page: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkAclEntry.html',
    tests: [['test/unit/sources/aws/translate/acls.test.ts', 'NA6: an entry of IPv6 has only an IPv6 block']],
    unknown: { what: 'an entry that is not understood', codes: ['rule-not-understood'] },
  },
  {
    id: 'NA7',
    rule: 'A subnet has one ACL.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html',
    tests: [['test/unit/sources/aws/translate/acls.test.ts', 'NA7: which ACL a subnet has']],
    unknown: {
      what: 'the ACL of a subnet for which none, or more than one, was read',
      codes: ['not-collected', 'dangling'],
    },
  },
  {
    id: 'NA8',
    rule: "Nor do ACLs filter Amazon's own services in the network.",
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html',
    tests: [
      ['test/unit/engine/inner-services.test.ts', 'SG18 and NA8: what Amazon answers inside every network'],
    ],
  },
];
