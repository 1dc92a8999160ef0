import { alarms, isSilent, misses, type Case } from './case.ts';
import { BATFISH, NP_GUARD } from './peer.ts';
import { OTHER, peered } from './peered.ts';
import { verdict } from './questions.ts';
import { throughNat } from './private-nat.ts';
import { admits, type Scene } from './scene.ts';

const RULES = 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html';
const PEERED = 'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html';

/** `db` admits 5432 from whoever carries `sg-app`. */
const REFERENCE: Scene['groups'] = { 'sg-app': [], 'sg-db': [admits('tcp/5432', 'sg-app')] };
const DB = { ip: '10.0.1.10', groups: ['sg-db'] };

export const GROUP_REFERENCES: readonly Case[] = [
  {
    id: 'SG5',
    name: 'a client that dials from its second private address is a member of its group',
    page: RULES,
    mistakes: [
      misses(
        NP_GUARD,
        'pkg/awsvpc/parser.go',
        'Takes the primary private address of an interface for the only one, so that a group has no member at the others.',
      ),
    ],
    ask: () =>
      verdict(
        {
          groups: REFERENCE,
          cards: { db: DB, app: { ip: '10.0.0.10', alsoAt: ['10.0.0.11'], groups: ['sg-app'] } },
        },
        '10.0.0.11',
        'db',
        'tcp/5432',
      ),
    right: 'allowed',
  },
  {
    id: 'SG5',
    name: 'the interface of a function is a member of its group',
    page: RULES,
    mistakes: [
      misses(
        NP_GUARD,
        'pkg/awsvpc/parser.go',
        'Counts only the interfaces of running instances as members, so that functions, databases and load balancers are none.',
      ),
    ],
    ask: () =>
      verdict(
        {
          groups: REFERENCE,
          cards: {
            db: DB,
            fn: {
              ip: '10.0.0.20',
              groups: ['sg-app'],
              instance: 'none',
              InterfaceType: 'lambda',
              Description: 'AWS Lambda VPC ENI-thumbs-1',
            },
          },
        },
        'eni-fn',
        'db',
        'tcp/5432',
      ),
    right: 'allowed',
  },
  {
    id: 'SG5',
    name: 'the interface of a search domain is a member of its group',
    page: RULES,
    mistakes: [
      misses(
        BATFISH,
        'Region.java',
        'Looks search domains up by their ARN where the nodes are kept by another name, so that their groups seem to have no member.',
      ),
    ],
    ask: () =>
      verdict(
        {
          groups: REFERENCE,
          cards: {
            db: DB,
            es: {
              ip: '10.0.0.21',
              groups: ['sg-app'],
              instance: 'none',
              Description: 'ES logs',
              RequesterId: 'amazon-elasticsearch',
              RequesterManaged: true,
            },
          },
        },
        'eni-es',
        'db',
        'tcp/5432',
      ),
    right: 'allowed',
  },
  {
    id: 'SG6',
    name: 'a member is a member at its IPv6 address',
    page: RULES,
    mistakes: [
      isSilent(NP_GUARD, 'pkg/awsvpc/parser.go', 'Knows no IPv6 address, of members neither.'),
      isSilent(BATFISH, 'IpPermissions.java', 'Knows no IPv6 address, of members neither.'),
    ],
    ask: () =>
      verdict(
        {
          groups: REFERENCE,
          cards: {
            db: { ...DB, ip6: '2600:1f00:0:1::10' },
            app: { ip: '10.0.0.10', ip6: '2600:1f00::10', groups: ['sg-app'] },
          },
        },
        '2600:1f00::10',
        '2600:1f00:0:1::10',
        'tcp/5432',
      ),
    right: 'allowed',
  },
  {
    id: 'SG7',
    name: 'a client whose packets come through a NAT gateway is no member at the far end',
    page: RULES,
    mistakes: [
      isSilent(
        NP_GUARD,
        'pkg/awsvpc/parser.go',
        'Has no NAT gateway of AWS, so that nothing can be said of what a reference means behind one.',
      ),
      isSilent(
        BATFISH,
        'NatGateway.java',
        'Says nothing of what a reference means behind a hop that rewrites the source.',
      ),
    ],
    ask: () =>
      ['sg-app', '10.0.0.5/32'].map((source) => verdict(throughNat(source), 'app', 'far', 'tcp/5432')),
    right: ['denied', 'allowed'],
  },
  {
    id: 'SG8',
    name: 'a group of a peered network is a source',
    page: PEERED,
    mistakes: [
      misses(
        NP_GUARD,
        'pkg/awsvpc/sg_analysis.go',
        "Hands each group the groups of its own VPC alone, so that a peered VPC's group stands for nobody.",
      ),
    ],
    ask: () => verdict(peered({}), 'far', 'db', 'tcp/5432'),
    right: 'allowed',
  },
  {
    id: 'SG8',
    name: 'a group of a network whose peering is gone admits nobody',
    page: PEERED,
    mistakes: [
      alarms(
        BATFISH,
        'IpPermissions.java',
        'Honours a group of another VPC without a look at the peering, so that the filter is open and only a missing route closes it.',
      ),
    ],
    ask: () => verdict(peered({ status: 'deleted' }), 'far', 'db', 'tcp/5432'),
    right: 'denied',
  },
  {
    id: 'SG8',
    name: 'a group of a peered account that was read as well is a source',
    page: PEERED,
    mistakes: [
      misses(
        BATFISH,
        'IpPermissions.java',
        "Looks for a group in the same account and Region alone and drops another account's without a word.",
      ),
    ],
    ask: () => verdict(peered({ owner: OTHER }), 'far', 'db', 'tcp/5432'),
    right: 'allowed',
  },
  {
    id: 'SG10',
    name: 'a group of an account that was not read may be anybody of it',
    page: PEERED,
    mistakes: [
      misses(
        NP_GUARD,
        'pkg/awsvpc/sg_analysis.go',
        'Takes a group that it was not given for one without members.',
      ),
      misses(BATFISH, 'IpPermissions.java', 'Takes a group that it was not given for one without members.'),
    ],
    ask: () => verdict(peered({ owner: OTHER }).slice(0, 1), '10.1.0.10', 'db', 'tcp/5432'),
    right: 'unknown',
  },
];
