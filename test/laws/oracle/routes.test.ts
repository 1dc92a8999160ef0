import { describe, expect, it } from 'vitest';
import type { Account, Route } from './responses.ts';
import { draw, outcome, peering } from './sketch.ts';

const IGW = { GatewayId: 'igw-a' };
const GONE = { State: 'blackhole', NetworkInterfaceId: 'eni-gone' };
const CLIENT = { subnet: 's', ip: '10.0.0.10', ip6: '2001:db8:a::10', publicIp: '54.0.0.1' };
const SERVER = { subnet: 't', ip: '10.0.1.20', ip6: '2001:db8:a:1::20' };
const STATIC = { Origin: 'CreateRoute' };
const LEARNT = { Origin: 'EnableVgwRoutePropagation', GatewayId: 'vgw-a' };
const LISTS = {
  GetManagedPrefixListEntries: { 'pl-1': { Entries: [{ Cidr: '8.8.8.0/24' }, { Cidr: '8.8.9.0/25' }] } },
};

describe('RT2 which route wins', () => {
  const toGoogle = (routes: Partial<Route>[], to = '8.8.8.8') =>
    outcome(
      draw({ subnets: { s: { routes }, t: {} }, cards: { client: CLIENT }, more: LISTS }),
      'client',
      to,
    );

  it.each<[line: string, routes: Partial<Route>[], expected: string]>([
    ['none', [], 'not routed'],
    ['one that covers it', [{ DestinationCidrBlock: '8.8.8.0/29', ...IGW }], 'not routed'],
    ['one that covers it just', [{ DestinationCidrBlock: '8.8.8.8/29', ...IGW }], 'session'],
    ['IPv6 does not count', [{ DestinationIpv6CidrBlock: '::/0', ...IGW }], 'not routed'],
    [
      'the longest prefix',
      [
        { DestinationCidrBlock: '0.0.0.0/0', ...IGW },
        { DestinationCidrBlock: '8.8.8.0/24', ...GONE },
      ],
      'not routed',
    ],
    [
      'the longest prefix, listed first',
      [
        { DestinationCidrBlock: '8.8.8.0/24', ...IGW },
        { DestinationCidrBlock: '0.0.0.0/0', ...GONE },
      ],
      'session',
    ],
    [
      'static over propagated',
      [
        { DestinationCidrBlock: '8.8.8.0/24', ...LEARNT },
        { DestinationCidrBlock: '8.8.8.0/24', ...IGW, ...STATIC },
      ],
      'session',
    ],
    [
      'a static blackhole over a propagated route',
      [
        { DestinationCidrBlock: '8.8.8.0/24', ...IGW, Origin: 'EnableVgwRoutePropagation' },
        { DestinationCidrBlock: '8.8.8.0/24', ...GONE },
      ],
      'not routed',
    ],
    [
      'static over a prefix list',
      [
        { DestinationPrefixListId: 'pl-1', ...GONE },
        { DestinationCidrBlock: '8.8.8.0/24', ...IGW },
      ],
      'session',
    ],
    [
      'a prefix list over propagated',
      [
        { DestinationCidrBlock: '8.8.8.0/24', ...LEARNT },
        { DestinationPrefixListId: 'pl-1', ...IGW },
      ],
      'session',
    ],
    [
      'a prefix-list entry over a shorter route',
      [
        { DestinationCidrBlock: '0.0.0.0/0', ...GONE },
        { DestinationPrefixListId: 'pl-1', ...IGW },
      ],
      'session',
    ],
    ['a list that is not known is no route', [{ DestinationPrefixListId: 'pl-9', ...IGW }], 'not routed'],
  ])('%s', (_, routes, expected) => {
    expect(toGoogle(routes)).toBe(expected);
  });

  it('each entry of a list is a route, and nothing beside them', () => {
    const routes = [{ DestinationPrefixListId: 'pl-1', ...IGW }];
    expect(toGoogle(routes, '8.8.9.127')).toBe('session');
    expect(toGoogle(routes, '8.8.9.128')).toBe('not routed');
  });
});

describe('within a VPC', () => {
  const cards = { client: CLIENT, server: SERVER };
  const local = (routes: Partial<Route>[], back: Partial<Route>[] = []) =>
    outcome(draw({ subnets: { s: { routes }, t: { routes: back } }, cards }), 'client', 'server');

  it('RT15 the local route delivers', () => {
    expect(local([])).toBe('session');
  });

  it('RT2 a more specific route to a gone appliance drops', () => {
    expect(local([{ DestinationCidrBlock: '10.0.1.0/24', ...GONE }])).toBe('not routed');
  });

  it('RT13 the same on the way back loses the answers only', () => {
    expect(local([], [{ DestinationCidrBlock: '10.0.0.0/24', ...GONE }])).toBe('forward');
  });

  it('RT2 the local route yields to no propagated one', () => {
    expect(local([{ DestinationCidrBlock: '10.0.1.0/24', ...LEARNT }])).toBe('session');
  });

  it('RT15 an address of the VPC that no interface holds is not delivered', () => {
    const account = draw({ subnets: { s: {}, t: {} }, cards });
    expect(outcome(account, 'client', '10.0.1.99')).toBe('not routed');
  });

  it('RT15 an equal address in an overlapping VPC is another', () => {
    const account = draw({
      subnets: { s: {}, t: {}, u: { vpc: 'c' } },
      cards: {
        ...cards,
        stranger: { subnet: 'u', ip: '10.0.1.20' },
        other: { subnet: 'u', ip: '10.0.1.30' },
      },
    });
    expect(outcome(account, 'client', 'server')).toBe('session');
    expect(outcome(account, 'client', 'stranger')).toBe('not routed');
    expect(outcome(account, 'client', 'other')).toBe('not routed');
  });

  it('RT17 a public address of the own VPC is outside', () => {
    const routes = [{ DestinationCidrBlock: '0.0.0.0/0', ...IGW }];
    const account = draw({
      subnets: { s: { routes }, t: {} },
      cards: { client: CLIENT, server: { ...SERVER, publicIp: '54.0.0.9' } },
    });
    expect(outcome(account, 'client', '54.0.0.9')).toBe('session');
  });
});

describe('RT1 which table counts', () => {
  const withTables = (state: string, main = true): Account => {
    const account = draw({ cards: { client: CLIENT } });
    const base = { VpcId: 'vpc-a', OwnerId: '111122223333', PropagatingVgws: [] };
    const association = { RouteTableAssociationId: 'x', RouteTableId: 'x' };
    const out = {
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: 'igw-a',
      Origin: 'CreateRoute',
      State: 'active',
    };
    return {
      ...account,
      DescribeRouteTables: {
        RouteTables: [
          {
            ...base,
            RouteTableId: 'rtb-main',
            Associations: [{ ...association, Main: main }],
            Routes: [out],
          },
          {
            ...base,
            RouteTableId: 'rtb-own',
            Associations: [
              { ...association, Main: false, SubnetId: 's', AssociationState: { State: state } },
            ],
            Routes: [],
          },
        ],
      },
    };
  };

  it.each([
    ['the associated one', 'associated', true, 'not routed'],
    ['the main one if the association failed', 'failed', true, 'session'],
    ['none without a main one', 'failed', false, 'not routed'],
  ])('%s', (_, state, main, expected) => {
    expect(outcome(withTables(state, main), 'client', '8.8.8.8')).toBe(expected);
  });
});

describe('RT8 peering', () => {
  const peered = { DestinationCidrBlock: '10.0.0.0/8', VpcPeeringConnectionId: 'pcx-vpc-b' };
  const six = { DestinationIpv6CidrBlock: '2001:db8::/32', VpcPeeringConnectionId: 'pcx-vpc-b' };
  const between = (there: Partial<Route>[], back: Partial<Route>[], status = 'active') =>
    draw({
      subnets: { s: { routes: there }, t: { vpc: 'b', routes: back } },
      cards: { client: CLIENT, server: { subnet: 't', ip: '10.1.0.20', ip6: '2001:db8:b::20' } },
      peerings: [peering(status)],
    });

  it.each<[line: string, there: Partial<Route>[], back: Partial<Route>[], status: string, expected: string]>([
    ['routes on both sides', [peered], [peered], 'active', 'session'],
    ['no route there', [], [peered], 'active', 'not routed'],
    ['no route back', [peered], [], 'active', 'forward'],
    ['a blackhole back', [peered], [{ ...peered, State: 'blackhole' }], 'active', 'forward'],
    ['not accepted', [peered], [peered], 'pending-acceptance', 'not routed'],
    ['deleted', [{ ...peered, State: 'blackhole' }], [peered], 'deleted', 'not routed'],
    ['rejected', [peered], [peered], 'rejected', 'not routed'],
  ])('%s', (_, there, back, status, expected) => {
    expect(outcome(between(there, back, status), 'client', 'server')).toBe(expected);
  });

  it('carries IPv6 by its own routes', () => {
    const [from, to] = ['client@2001:db8:a::10', 'server@2001:db8:b::20'];
    expect(outcome(between([peered, six], [peered, six]), from, to)).toBe('session');
    expect(outcome(between([peered], [peered]), from, to)).toBe('not routed');
  });

  it('is not transitive, and does not lead back', () => {
    const account = draw({
      subnets: {
        s: { routes: [peered] },
        t: { vpc: 'b', routes: [peered] },
        u: { vpc: 'c', routes: [peered] },
      },
      cards: {
        client: CLIENT,
        server: { subnet: 't', ip: '10.1.0.20' },
        third: { subnet: 'u', ip: '10.2.0.20' },
      },
      peerings: [peering()],
    });
    expect(outcome(account, 'client', 'third')).toBe('not routed');
    expect(outcome(account, 'third', 'server')).toBe('not routed');
  });

  it('leads to no internet gateway of the other side', () => {
    const account = draw({
      subnets: {
        s: { routes: [{ DestinationCidrBlock: '0.0.0.0/0', VpcPeeringConnectionId: 'pcx-vpc-b' }] },
      },
      cards: { client: CLIENT },
      peerings: [peering()],
    });
    expect(outcome(account, 'client', '8.8.8.8')).toBe('not routed');
  });

  it('is known from either account', () => {
    const here = between([peered], [peered]);
    const silent = { ...here, DescribeVpcPeeringConnections: { VpcPeeringConnections: [] } };
    const only = { DescribeVpcPeeringConnections: { VpcPeeringConnections: [peering()] } };
    expect(outcome([silent, only], 'client', 'server')).toBe('session');
    expect(outcome(silent, 'client', 'server')).toBe('not routed');
  });
});

describe('RT14 targets that are not modelled', () => {
  it('drop, and are never skipped for a shorter route', () => {
    const routes = [
      { DestinationCidrBlock: '0.0.0.0/0', ...IGW },
      { DestinationCidrBlock: '8.8.8.0/24', NetworkInterfaceId: 'eni-client' },
    ];
    const account = draw({ subnets: { s: { routes } }, cards: { client: CLIENT } });
    expect(outcome(account, 'client', '8.8.8.8')).toBe('not routed');
    expect(outcome(account, 'client', '8.8.9.8')).toBe('session');
  });
});
