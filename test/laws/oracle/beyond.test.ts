import { describe, expect, it } from 'vitest';
import type { Account, Route } from './responses.ts';
import { draw, entry, groupPair, outcome } from './sketch.ts';

const ANYWHERE = '0.0.0.0/0';
const OUT4 = { DestinationCidrBlock: ANYWHERE, GatewayId: 'igw-a' };
const OUT6 = { DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-a' };
const OUTWARDS6 = { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-a' };
const CARD = { ip: '10.0.0.10', ip6: '2001:db8:a::10', publicIp: '54.0.0.1' };
const CARD6 = 'card@2001:db8:a::10';
const X = '8.8.8.8';
const X6 = '2606:4700::1111';

function gateway(state: string | undefined, vpc = 'vpc-a'): Account {
  const attachments = state === undefined ? [] : [{ State: state, VpcId: vpc }];
  return {
    DescribeInternetGateways: {
      InternetGateways: [{ InternetGatewayId: 'igw-a', OwnerId: '111122223333', Attachments: attachments }],
    },
  };
}

function outwards(state: string, vpc = 'vpc-a'): Account {
  return {
    DescribeEgressOnlyInternetGateways: {
      EgressOnlyInternetGateways: [
        { EgressOnlyInternetGatewayId: 'eigw-a', Attachments: [{ State: state, VpcId: vpc }] },
      ],
    },
  };
}

function endpoint(state: string, vpc = 'vpc-a', type = 'Gateway'): Account {
  return {
    DescribeVpcEndpoints: {
      VpcEndpoints: [
        {
          VpcEndpointId: 'vpce-a',
          VpcEndpointType: type,
          VpcId: vpc,
          OwnerId: '111122223333',
          ServiceName: 's3',
          State: state,
          RouteTableIds: [],
        },
      ],
    },
    GetManagedPrefixListEntries: { 'pl-s3': { Entries: [{ Cidr: '8.8.8.0/24' }] } },
  };
}

describe.each<
  [
    line: string,
    card: typeof CARD | object,
    route: Partial<Route>[],
    more: Account,
    out: string,
    into: string,
  ]
>([
  ['RT3 a public subnet', CARD, [OUT4], {}, 'session', 'session'],
  ['RT3 no route: what comes in is not answered', CARD, [], {}, 'not routed', 'forward'],
  ['RT13 a blackhole', CARD, [{ ...OUT4, State: 'blackhole' }], {}, 'not routed', 'forward'],
  ['RT4 the gateway is detached', CARD, [OUT4], gateway(undefined), 'not routed', 'not routed'],
  ['RT4 the gateway is being detached', CARD, [OUT4], gateway('detaching'), 'not routed', 'not routed'],
  ['RT4 the gateway is attached, in other words', CARD, [OUT4], gateway('attached'), 'session', 'session'],
  [
    'RT4 the gateway is another VPC’s',
    CARD,
    [OUT4],
    gateway('available', 'vpc-b'),
    'not routed',
    'not routed',
  ],
  ['EN5 no public address', { publicIp: undefined }, [OUT4], {}, 'not routed', 'not routed'],
])('IPv4: %s', (_, card, routes, more, out, into) => {
  const account = draw({ subnets: { s: { routes } }, cards: { card: { ip: '10.0.0.10', ...card } }, more });

  it(`out: ${out}`, () => {
    expect(outcome(account, 'card', X)).toBe(out);
  });

  it(`in: ${into}`, () => {
    expect(outcome(account, X, 'card')).toBe(into);
  });
});

describe.each<[line: string, routes: Partial<Route>[], more: Account, out: string, into: string]>([
  ['EN6 an internet gateway', [OUT6], {}, 'session', 'session'],
  ['EN6 an IPv4 route does not count', [OUT4], {}, 'not routed', 'forward'],
  [
    'RT5 an egress-only gateway',
    [OUTWARDS6],
    { ...outwards('attached'), ...gateway(undefined) },
    'session',
    'not routed',
  ],
  ['RT5 beside an internet gateway', [OUTWARDS6], outwards('attached'), 'session', 'forward'],
  ['RT5 detached', [OUTWARDS6], outwards('detached'), 'not routed', 'forward'],
  ['RT5 of another VPC', [OUTWARDS6], outwards('attached', 'vpc-b'), 'not routed', 'forward'],
])('IPv6: %s', (_, routes, more, out, into) => {
  const account = draw({ subnets: { s: { routes } }, cards: { card: CARD }, more });

  it(`out: ${out}`, () => {
    expect(outcome(account, CARD6, X6)).toBe(out);
  });

  it(`in: ${into}`, () => {
    expect(outcome(account, X6, CARD6)).toBe(into);
  });
});

describe('EN6 unique local IPv6 addresses', () => {
  it.each([
    ['an internet gateway', OUT6],
    ['an egress-only gateway', OUTWARDS6],
  ])('pass no gateway: %s', (_, route) => {
    const account = draw({
      subnets: { s: { routes: [route] } },
      cards: { card: { ip: '10.0.0.10', ip6: 'fd00::10' } },
      more: outwards('attached'),
    });
    expect(outcome(account, 'card@fd00::10', X6)).toBe('not routed');
    expect(outcome(account, X6, 'card@fd00::10')).toBe('not routed');
  });
});

describe('RT11 gateway endpoints', () => {
  const ROUTE = { DestinationPrefixListId: 'pl-s3', GatewayId: 'vpce-a' };

  it.each<[line: string, more: Account, to: string, expected: string]>([
    ['need no public address', endpoint('available'), X, 'session'],
    ['carry the list’s addresses only', endpoint('available'), '8.8.9.8', 'not routed'],
    ['pending', endpoint('pending'), X, 'not routed'],
    ['of another VPC', endpoint('available', 'vpc-b'), X, 'not routed'],
    ['of another type', endpoint('available', 'vpc-a', 'Interface'), X, 'not routed'],
  ])('%s', (_, more, to, expected) => {
    const account = draw({ subnets: { s: { routes: [ROUTE] } }, cards: { card: { ip: '10.0.0.10' } }, more });
    expect(outcome(account, 'card', to)).toBe(expected);
  });

  it('win over the default route by length, and let nothing in', () => {
    const account = draw({
      subnets: { s: { routes: [ROUTE, OUT4] } },
      cards: { bare: { ip: '10.0.0.11' }, card: CARD },
      more: endpoint('available'),
    });
    expect(outcome(account, 'bare', X)).toBe('session');
    expect(outcome(account, 'bare', '1.1.1.1')).toBe('not routed');
    expect(outcome(account, X, 'bare')).toBe('not routed');
    // The answer to what came in by the internet gateway leaves by the endpoint, and is lost
    expect(outcome(account, X, 'card')).toBe('forward');
  });
});

describe('filters towards the outside', () => {
  const guarded = (
    permission: object,
    entries = [...entry(100, 'in', 'allow'), ...entry(100, 'out', 'allow')],
  ) =>
    draw({
      subnets: { s: { routes: [OUT4], entries } },
      groups: { guard: { in: [permission], out: [permission] } },
      cards: { card: { ...CARD, groups: ['guard'] }, other: { ip: '10.0.0.11', publicIp: '54.0.0.2' } },
    });

  it.each<[line: string, permission: object, x: string, expected: string]>([
    ['a CIDR that holds the address', { IpRanges: [{ CidrIp: '8.8.8.0/24' }] }, X, 'session'],
    ['and one that does not', { IpRanges: [{ CidrIp: '8.8.9.0/24' }] }, X, 'routed'],
    ['SG5 a group reference is not matched', { UserIdGroupPairs: [groupPair('open')] }, X, 'routed'],
    [
      'SG5 not even by a member’s public address',
      { UserIdGroupPairs: [groupPair('open')] },
      '54.0.0.2',
      'routed',
    ],
  ])('%s', (_, permission, x, expected) => {
    expect(outcome(guarded(permission), 'card', x)).toBe(expected);
    expect(outcome(guarded(permission), x, 'card')).toBe(expected);
  });

  const ANY = { IpRanges: [{ CidrIp: ANYWHERE }] };
  const web = { Protocol: '6', PortRange: { From: 22, To: 22 } };
  const high = { Protocol: '6', PortRange: { From: 1024, To: 65535 } };

  it('NA2, NA4 the ACL sees the remote address both ways', () => {
    const there = entry(10, 'out', 'allow', { ...web, CidrBlock: '8.8.8.8/32' });
    const back = entry(10, 'in', 'allow', { ...high, CidrBlock: '8.8.8.8/32' });
    expect(outcome(guarded(ANY, [...there, ...back]), 'card', X)).toBe('session');
    expect(outcome(guarded(ANY, [...there, ...back]), 'card', '8.8.8.9')).toBe('routed');
    expect(outcome(guarded(ANY, there), 'card', X)).toBe('forward');
  });

  it('NA2 the same inbound', () => {
    const there = entry(10, 'in', 'allow', { ...web, CidrBlock: '8.8.8.8/32' });
    const back = entry(10, 'out', 'allow', { ...high, CidrBlock: '8.8.8.8/32' });
    expect(outcome(guarded(ANY, [...there, ...back]), X, 'card')).toBe('session');
    expect(outcome(guarded(ANY, [...there, ...back]), '8.8.8.9', 'card')).toBe('routed');
    expect(outcome(guarded(ANY, there), X, 'card')).toBe('forward');
  });
});

describe('addresses that are not public', () => {
  it.each(['10.200.0.1', '100.64.0.1', '169.254.169.254', '224.0.0.1'])('%s is not routed', (x) => {
    const account = draw({ subnets: { s: { routes: [OUT4] } }, cards: { card: CARD } });
    expect(outcome(account, 'card', x)).toBe('not routed');
    expect(outcome(account, x, 'card')).toBe('not routed');
  });

  it('a public address in the VPC’s own CIDR stays within the VPC', () => {
    const routes = [OUT4, { DestinationCidrBlock: '198.51.100.0/24', GatewayId: 'local' }];
    const account = draw({ subnets: { s: { routes } }, cards: { card: CARD } });
    expect(outcome(account, 'card', '198.51.100.7')).toBe('not routed');
    expect(outcome(account, '198.51.100.7', 'card')).toBe('forward');
  });
});
