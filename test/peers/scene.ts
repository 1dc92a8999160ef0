import { translate, type AwsSnapshot } from '#sources/aws';
import { analyseWithHairpins } from '../../lib/app/hairpins.ts';
import type { Analysis } from '#engine';
import {
  ACCOUNT,
  acl,
  card,
  group,
  mainTable,
  snapshot,
  subnet,
  vpc,
  type Bodies,
} from '../unit/sources/aws/translate/account.ts';

export { ACCOUNT } from '../unit/sources/aws/translate/account.ts';
export {
  acl,
  card,
  group,
  mainTable,
  snapshot,
  subnet,
  table,
  vpc,
} from '../unit/sources/aws/translate/account.ts';
export type { Bodies } from '../unit/sources/aws/translate/account.ts';

/**
 * A small account drawn by hand. VPC `vpc-1` is 10.0.0.0/16 and 2600:1f00::/56, and has `subnet-a` (10.0.0.0/24, 2600:1f00::/64) and
 * `subnet-b` (10.0.1.0/24, 2600:1f00:0:1::/64); one table leads both to the internet, one ACL lets all pass. What a scene does not say is open.
 */
export type Scene = {
  /** What each group admits; it lets everything out unless `out` says otherwise. */
  readonly groups?: Readonly<Record<string, readonly Permission[]>>;
  readonly out?: Readonly<Record<string, readonly Permission[]>>;
  readonly cards: Readonly<Record<string, CardSketch>>;
  /** Of the one table, besides the local ones. */
  readonly routes?: readonly Bodies[];
  /** Of the one ACL. */
  readonly entries?: readonly Bodies[];
  /** Answers that are as they are. */
  readonly more?: Bodies;
};

export type Permission = Bodies;

export type CardSketch = Bodies & {
  readonly ip: string;
  readonly publicIp?: string;
  readonly ip6?: string;
  /** Further private addresses. */
  readonly alsoAt?: readonly string[];
  readonly groups?: readonly string[];
  /** The state of its instance, which is called as the card is; `none` for a card of a service. */
  readonly instance?: string;
};

const ANYWHERE = { IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [{ CidrIpv6: '::/0' }] };
export const OPEN: Permission = { IpProtocol: '-1', ...ANYWHERE };

export const TO_INTERNET: readonly Bodies[] = [
  { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' },
  { DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-1' },
];

const LOCAL_6 = {
  DestinationIpv6CidrBlock: '2600:1f00::/56',
  GatewayId: 'local',
  Origin: 'CreateRouteTable',
};

/** A permission for `tcp/22`, `udp/53` or `-1`, from blocks of both families, groups and prefix lists. */
export function admits(flows: string, ...sources: readonly string[]): Permission {
  const [protocol = '-1', port] = flows.split('/');
  const [from, to = from] = (port ?? '').split('-');
  const of = (test: RegExp) => sources.filter((source) => test.test(source));
  return {
    IpProtocol: protocol,
    ...(port !== undefined && { FromPort: Number(from), ToPort: Number(to) }),
    IpRanges: of(/^[\d.]+\/\d+$/).map((CidrIp) => ({ CidrIp })),
    Ipv6Ranges: of(/:.*\/\d+$/).map((CidrIpv6) => ({ CidrIpv6 })),
    UserIdGroupPairs: of(/^sg-/).map((GroupId) => ({ GroupId, UserId: ACCOUNT })),
    PrefixListIds: of(/^pl-/).map((PrefixListId) => ({ PrefixListId })),
  };
}

export function entry(number: number, more: Bodies): Bodies {
  return { RuleNumber: number, RuleAction: 'allow', Egress: false, Protocol: '-1', ...more };
}

/** An entry each way and family that lets everything pass. */
export const ALL_PASS: readonly Bodies[] = [
  entry(100, { CidrBlock: '0.0.0.0/0' }),
  entry(100, { CidrBlock: '0.0.0.0/0', Egress: true }),
  entry(101, { Ipv6CidrBlock: '::/0' }),
  entry(101, { Ipv6CidrBlock: '::/0', Egress: true }),
];

/** The answers of AWS about a scene. */
export function account(scene: Scene, meta: Bodies = {}): AwsSnapshot {
  const { groups = {}, out = {}, cards, routes = TO_INTERNET, entries = ALL_PASS, more = {} } = scene;
  const drawn = Object.entries({ 'sg-open': [OPEN], ...groups });
  return snapshot(
    {
      DescribeVpcs: { Vpcs: [twoFamilies(vpc('vpc-1', '10.0.0.0/16'), '2600:1f00::/56')] },
      DescribeSubnets: {
        Subnets: [
          twoFamilies(subnet('subnet-a', '10.0.0.0/24'), '2600:1f00::/64'),
          twoFamilies(subnet('subnet-b', '10.0.1.0/24'), '2600:1f00:0:1::/64'),
        ],
      },
      DescribeSecurityGroups: {
        SecurityGroups: drawn.map(([id, permissions]) =>
          group(id, { IpPermissions: permissions, IpPermissionsEgress: out[id] ?? [OPEN] }),
        ),
      },
      DescribeNetworkInterfaces: { NetworkInterfaces: drawnCards(cards) },
      DescribeInstances: { Reservations: [{ Instances: instancesOf(cards) }] },
      DescribeRouteTables: { RouteTables: [mainTable([LOCAL_6, ...routes])] },
      DescribeNetworkAcls: { NetworkAcls: [acl('acl-1', ['subnet-a', 'subnet-b'], entries)] },
      ...more,
    },
    meta,
  );
}

export function twoFamilies<T extends object>(thing: T, block: string): T & Bodies {
  const association = { Ipv6CidrBlock: block, Ipv6CidrBlockState: { State: 'associated' } };
  return { ...thing, Ipv6CidrBlockAssociationSet: [association] };
}

export function analysed(...accounts: readonly (Scene | AwsSnapshot)[]): Analysis {
  return analyseWithHairpins(translate(accounts.map((each) => ('cards' in each ? account(each) : each))));
}

export function drawnCards(cards: Scene['cards']): Bodies[] {
  return Object.entries(cards).map(([name, sketch]) => {
    const { ip, publicIp, ip6, alsoAt = [], groups = ['sg-open'], instance = 'running', ...more } = sketch;
    return card(`eni-${name}`, {
      SubnetId: ip.startsWith('10.0.1.') ? 'subnet-b' : 'subnet-a',
      Groups: groups.map((id) => ({ GroupId: id, GroupName: id })),
      PrivateIpAddresses: [
        {
          PrivateIpAddress: ip,
          Primary: true,
          ...(publicIp !== undefined && { Association: { PublicIp: publicIp } }),
        },
        ...alsoAt.map((PrivateIpAddress) => ({ PrivateIpAddress, Primary: false })),
      ],
      Ipv6Addresses: ip6 === undefined ? [] : [{ Ipv6Address: ip6 }],
      ...(instance !== 'none' && {
        Attachment: { InstanceId: `i-${name}`, InstanceOwnerId: ACCOUNT, Status: 'attached' },
      }),
      ...more,
    });
  });
}

function instancesOf(cards: Scene['cards']): Bodies[] {
  return Object.entries(cards)
    .filter(([, { instance }]) => instance !== 'none')
    .map(([name, { instance = 'running' }]) => ({
      InstanceId: `i-${name}`,
      State: { Name: instance },
      Tags: [{ Key: 'Name', Value: name }],
    }));
}
