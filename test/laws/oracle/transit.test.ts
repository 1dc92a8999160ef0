import { describe, expect, it } from 'vitest';
import type { AclEntry } from './responses.ts';
import { draw, entry, groupPair, outcome, peering } from './sketch.ts';
import type { Sketch } from './sketch.ts';
import { drawTransit } from './sketch-transit.ts';
import type { RouteSketch, TransitSketch } from './sketch-transit.ts';

const SIX = { DestinationIpv6CidrBlock: '::/0', TransitGatewayId: 'tgw-t' };
const OVER = { DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: 'tgw-t' };
const ROUTES: readonly RouteSketch[] = [
  { to: '10.0.0.0/16', via: 'a', type: 'propagated' },
  { to: '10.1.0.0/16', via: 'b', type: 'propagated' },
  { to: '2001:db8:a::/56', via: 'a', type: 'propagated' },
  { to: '2001:db8:b::/56', via: 'b', type: 'propagated' },
];
const SIDES = { a: { subnets: ['p'] }, b: { subnets: ['q'] } };

type Change = {
  readonly subnets?: NonNullable<Sketch['subnets']>;
  readonly attachments?: TransitSketch['attachments'];
  readonly tables?: TransitSketch['tables'];
  readonly referring?: readonly string[];
  readonly entries?: Record<string, AclEntry[]>;
  readonly groups?: Sketch['groups'];
  readonly guarded?: readonly string[];
  readonly peerings?: Sketch['peerings'];
  readonly at?: readonly [client: string, server: string];
};

/** The client in `s`, the server in `t`; the gateway is attached to `p` and `q`; all in zone `az1`. */
function world(change: Change = {}) {
  const { entries = {}, at = ['s', 't'] } = change;
  const base: NonNullable<Sketch['subnets']> = {
    s: { routes: [OVER, SIX] },
    p: { routes: [OVER, SIX] },
    q: { vpc: 'b', routes: [OVER, SIX] },
    t: { vpc: 'b', routes: [OVER, SIX] },
    ...change.subnets,
  };
  const subnets = Object.fromEntries(
    Object.entries(base).map(([name, each]) => [
      name,
      entries[name] === undefined ? each : { ...each, entries: entries[name] },
    ]),
  );
  return draw({
    subnets,
    groups: change.groups ?? {},
    peerings: change.peerings ?? [],
    cards: {
      client: { subnet: at[0], ip: '10.0.0.10', ip6: '2001:db8:a::10' },
      server: {
        subnet: at[1],
        ip: '10.1.0.20',
        ip6: '2001:db8:b::20',
        groups: change.guarded ?? ['open'],
      },
    },
    more: drawTransit({
      attachments: { ...SIDES, ...change.attachments },
      tables: change.tables ?? { main: ROUTES },
      ...(change.referring === undefined ? {} : { referring: change.referring }),
    }),
  });
}

describe('RT9 association, propagation and routes', () => {
  const table = (...routes: RouteSketch[]): Change => ({ tables: { main: routes } });
  const [toA, toB] = ROUTES as [RouteSketch, RouteSketch];

  it.each<[line: string, change: Change, expected: string]>([
    ['both announce', {}, 'session'],
    ['only the server’s side does', table(toB), 'forward'],
    ['only the client’s side does', table(toA), 'not routed'],
    ['a static blackhole beats an announced route', table(toA, toB, { to: '10.1.0.0/16' }), 'not routed'],
    ['a longer blackhole beats a shorter route', table(toA, toB, { to: '10.1.0.16/28' }), 'not routed'],
    ['a shorter one does not', table(toA, toB, { to: '10.0.0.0/8' }), 'session'],
    ['a blackhole for the way back', table(toA, toB, { to: '10.0.0.10/32' }), 'forward'],
    ['static over announced', table(toA, { ...toB, via: 'a' }, { to: '10.1.0.0/16', via: 'b' }), 'session'],
    [
      'static over a prefix list',
      table(toA, { to: '10.1.0.0/16', list: 'pl-1' }, { to: '10.1.0.0/16', via: 'b' }),
      'session',
    ],
    ['a prefix list over announced', table(toA, toB, { to: '10.1.0.0/16', list: 'pl-1' }), 'not routed'],
    ['no association', { attachments: { a: { subnets: ['p'], table: null } } }, 'not routed'],
    ['none of the server’s', { attachments: { b: { subnets: ['q'], table: null } } }, 'forward'],
    [
      'the attachment waits',
      { attachments: { a: { subnets: ['p'], state: 'pendingAcceptance' } } },
      'not routed',
    ],
    [
      'the VPC has no attachment to it',
      { attachments: { a: { subnets: ['p'], gateway: 'tgw-u' } } },
      'not routed',
    ],
    ['a table that was not read', { tables: {} }, 'not routed to session'],
    [
      'each side looks in the table of its own association',
      {
        attachments: { a: { subnets: ['p'], table: 'one' }, b: { subnets: ['q'], table: 'two' } },
        tables: { one: [toB], two: [toA] },
      },
      'session',
    ],
    [
      'not in the other’s',
      {
        attachments: { a: { subnets: ['p'], table: 'one' }, b: { subnets: ['q'], table: 'two' } },
        tables: { one: [toA], two: [toB] },
      },
      'not routed',
    ],
    ['shared out among two attachments', table(toA, { ...toB, via: ['a', 'b'] }), 'not routed to session'],
    ['an attachment that is not listed', table(toA, { ...toB, via: 'z' }), 'not routed to session'],
  ])('%s', (_, change, expected) => {
    expect(outcome(world(change), 'client', 'server')).toBe(expected);
  });

  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayVpcAttachmentRequestOptions.html
  it('carries IPv6 by its own routes; what the attachments support decides only what they announce', () => {
    const [from, to] = ['client@2001:db8:a::10', 'server@2001:db8:b::20'];
    expect(outcome(world(), from, to)).toBe('session');
    expect(outcome(world({ tables: { main: ROUTES.slice(0, 2) } }), from, to)).toBe('not routed');
    const without = { b: { subnets: ['q'], options: { Ipv6Support: 'disable' } } };
    expect(outcome(world({ attachments: without }), from, to)).toBe('session');
  });

  it('is routed by the VPC’s own tables on both sides', () => {
    expect(outcome(world({ subnets: { s: {} } }), 'client', 'server')).toBe('not routed');
    expect(outcome(world({ subnets: { t: { vpc: 'b' } } }), 'client', 'server')).toBe('forward');
  });
});

describe('RT9 zones', () => {
  const two = { b: { subnets: ['q', 'r'] } };
  const away = { vpc: 'b', zone: 'az2', routes: [OVER] };
  const gone = { DestinationCidrBlock: '10.1.0.0/24', NetworkInterfaceId: 'eni-z', State: 'blackhole' };

  it.each<[line: string, change: Change, expected: string]>([
    [
      'the client’s zone has no attachment subnet',
      { subnets: { s: { zone: 'az2', routes: [OVER] } } },
      'not routed',
    ],
    ['the server’s has none: it is reached, and cannot answer', { subnets: { t: away } }, 'forward'],
    [
      'nor does the far side’s only one stand in the client’s zone',
      { subnets: { q: away, t: away } },
      'session',
    ],
    [
      'packets stay in the client’s zone',
      { attachments: two, subnets: { r: { ...away, routes: [gone] } } },
      'session',
    ],
    [
      'and so depend on that zone’s attachment subnet',
      { attachments: two, subnets: { q: { vpc: 'b', routes: [gone] }, r: away } },
      'not routed',
    ],
    [
      'in appliance mode either zone’s',
      {
        attachments: { b: { subnets: ['q', 'r'], options: { ApplianceModeSupport: 'enable' } } },
        subnets: { r: { ...away, routes: [gone] } },
      },
      'not routed to session',
    ],
    [
      'from a zone that the far side has not, either zone’s',
      {
        attachments: { a: { subnets: ['p', 'o'] }, ...two },
        subnets: {
          s: { zone: 'az3', routes: [OVER] },
          o: { zone: 'az3', routes: [OVER] },
          r: { ...away, routes: [gone] },
        },
      },
      'not routed to session',
    ],
  ])('%s', (_, change, expected) => {
    expect(outcome(world(change), 'client', 'server')).toBe(expected);
  });
});

const CLIENT = '10.0.0.10/32';
const SERVER = '10.1.0.20/32';
const deny = (direction: 'in' | 'out', CidrBlock: string) => [
  ...entry(10, direction, 'deny', { CidrBlock }),
  ...entry(100, 'in', 'allow'),
  ...entry(100, 'out', 'allow'),
];

/** https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html, each sentence from both ends of the gateway. */
describe('NA5 instances and the attachment in different subnets', () => {
  it.each<[line: string, subnet: string, direction: 'in' | 'out', cidr: string, expected: string]>([
    ['instance subnet: outbound, by destination, towards the gateway', 's', 'out', SERVER, 'routed'],
    ['instance subnet: inbound, by source, from the gateway', 't', 'in', CLIENT, 'routed'],
    ['the same on the way back: outbound', 't', 'out', CLIENT, 'forward'],
    ['the same on the way back: inbound', 's', 'in', SERVER, 'forward'],
    ['gateway subnet: outbound, by destination, from the gateway', 'q', 'out', SERVER, 'routed'],
    ['the same on the way back', 'p', 'out', CLIENT, 'forward'],
    ['gateway subnet: outbound is not asked towards the gateway', 'p', 'out', SERVER, 'session'],
    ['nor on the way back', 'q', 'out', CLIENT, 'session'],
    ['gateway subnet: inbound, by source, towards the gateway', 'p', 'in', CLIENT, 'routed'],
    ['the same on the way back', 'q', 'in', SERVER, 'forward'],
    ['gateway subnet: inbound is not asked from the gateway', 'q', 'in', CLIENT, 'session'],
    ['nor on the way back', 'p', 'in', SERVER, 'session'],
  ])('%s', (_, subnet, direction, cidr, expected) => {
    const entries = { [subnet]: deny(direction, cidr) };
    expect(outcome(world({ entries }), 'client', 'server')).toBe(expected);
  });
});

describe('NA5 instances and the attachment in one subnet', () => {
  it.each<[line: string, subnet: string, direction: 'in' | 'out', cidr: string, expected: string]>([
    ['towards the gateway: outbound, by destination', 'p', 'out', SERVER, 'routed'],
    ['towards the gateway: inbound, by source', 'p', 'in', CLIENT, 'routed'],
    ['the same on the way back: outbound', 'q', 'out', CLIENT, 'forward'],
    ['the same on the way back: inbound', 'q', 'in', SERVER, 'forward'],
    ['from the gateway: outbound is not asked', 'q', 'out', SERVER, 'session'],
    ['from the gateway: inbound is not asked', 'q', 'in', CLIENT, 'session'],
    ['nor on the way back: outbound', 'p', 'out', CLIENT, 'session'],
    ['nor on the way back: inbound', 'p', 'in', SERVER, 'session'],
  ])('%s', (_, subnet, direction, cidr, expected) => {
    const entries = { [subnet]: deny(direction, cidr) };
    expect(outcome(world({ entries, at: ['p', 'q'] }), 'client', 'server')).toBe(expected);
  });
});

describe('SG9 groups named over a transit gateway', () => {
  const named = { UserIdGroupPairs: [groupPair('open')] };
  const guard = { guard: { vpc: 'b', in: [named] } };
  const off = { subnets: ['q'], options: { SecurityGroupReferencingSupport: 'disable' } };

  it.each<[line: string, change: Change, expected: string]>([
    ['enabled everywhere', { referring: ['tgw-t'] }, 'session'],
    ['not on the gateway', {}, 'routed'],
    ['not on the server’s attachment', { referring: ['tgw-t'], attachments: { b: off } }, 'routed'],
    [
      'not on the client’s attachment',
      { referring: ['tgw-t'], attachments: { a: { ...off, subnets: ['p'] } } },
      'routed',
    ],
    ['the VPCs are peered as well', { peerings: [peering()] }, 'routed to session'],
  ])('in an ingress rule, %s', (_, change, expected) => {
    const account = world({ ...change, groups: guard, guarded: ['guard'] });
    expect(outcome(account, 'client', 'server')).toBe(expected);
  });

  it('never in an egress rule', () => {
    const account = world({
      referring: ['tgw-t'],
      groups: { shy: { vpc: 'b', out: [named] } },
      guarded: ['shy'],
    });
    expect(outcome(account, 'server', 'client')).toBe('routed');
  });
});

describe('RT9 two gateways joined by a peering', () => {
  const joined = (there: RouteSketch[], back: RouteSketch[], referring: string[] = []): Change => ({
    attachments: {
      a: { subnets: ['p'], table: 'near' },
      b: { subnets: ['q'], gateway: 'tgw-u', table: 'far' },
      x: { kind: 'peering', resource: 'tgw-u', table: 'near' },
      y: { kind: 'peering', gateway: 'tgw-u', resource: 'tgw-t', table: 'far' },
    },
    subnets: {
      q: { vpc: 'b', routes: [{ ...OVER, TransitGatewayId: 'tgw-u' }] },
      t: { vpc: 'b', routes: [{ ...OVER, TransitGatewayId: 'tgw-u' }] },
    },
    tables: { near: there, far: back },
    referring,
  });
  const near = [ROUTES[0], { to: '10.1.0.0/16', via: 'x' }] as RouteSketch[];
  const far = [ROUTES[1], { to: '10.0.0.0/16', via: 'y' }] as RouteSketch[];

  it.each<[line: string, change: Change, expected: string]>([
    ['routes in both tables', joined(near, far), 'session'],
    ['none back', joined(near, far.slice(0, 1)), 'forward'],
    ['none there', joined(near.slice(0, 1), far), 'not routed'],
    ['the far table sends it back', joined(near, [{ to: '10.0.0.0/8', via: 'y' }]), 'not routed'],
    [
      'the far side was not read',
      {
        ...joined(near, far),
        attachments: { ...joined(near, far).attachments, y: { kind: 'peering', state: 'deleted' } },
      },
      'not routed to session',
    ],
  ])('%s', (_, change, expected) => {
    expect(outcome(world(change), 'client', 'server')).toBe(expected);
  });

  it('SG9 no group is named over two gateways', () => {
    const change = joined(near, far, ['tgw-t', 'tgw-u']);
    const guard = { guard: { vpc: 'b', in: [{ UserIdGroupPairs: [groupPair('open')] }] } };
    expect(outcome(world({ ...change, groups: guard, guarded: ['guard'] }), 'client', 'server')).toBe(
      'routed',
    );
  });
});

describe('the attachment subnet’s own table', () => {
  it.each<[line: string, routes: object[], expected: string]>([
    ['delivers by the local route', [], 'session'],
    ['drops', [{ DestinationCidrBlock: '10.1.0.20/32', State: 'blackhole' }], 'not routed'],
    [
      'leads through an appliance',
      [{ DestinationCidrBlock: '10.1.0.20/32', NetworkInterfaceId: 'eni-box' }],
      'not routed to session',
    ],
    [
      'leads to an interface that checks',
      [{ DestinationCidrBlock: '10.1.0.20/32', NetworkInterfaceId: 'eni-plain' }],
      'not routed',
    ],
    [
      'leads on to a peering, which takes nothing from edge to edge',
      [{ DestinationCidrBlock: '10.1.0.20/32', VpcPeeringConnectionId: 'pcx-vpc-b' }],
      'not routed',
    ],
  ])('%s', (_, routes, expected) => {
    const account = draw({
      subnets: {
        s: { routes: [OVER] },
        p: {},
        q: { vpc: 'b', routes },
        t: { vpc: 'b', routes: [OVER] },
        m: { vpc: 'b' },
      },
      cards: {
        client: { ip: '10.0.0.10' },
        server: { subnet: 't', ip: '10.1.0.20' },
        box: { subnet: 'm', ip: '10.1.2.5', SourceDestCheck: false },
        plain: { subnet: 'm', ip: '10.1.2.6' },
      },
      peerings: [peering()],
      more: drawTransit({ attachments: SIDES, tables: { main: ROUTES } }),
    });
    expect(outcome(account, 'client', 'server')).toBe(expected);
  });
});

/** https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-nat-igw.html */
describe('RT6, RT9 out through the NAT gateway of another VPC', () => {
  const egress = (change: {
    out?: RouteSketch[];
    back?: object[];
    entry?: object[];
    entries?: Record<string, AclEntry[]>;
  }) =>
    draw({
      subnets: {
        s: { vpc: 'b', routes: [{ DestinationCidrBlock: '0.0.0.0/0', TransitGatewayId: 'tgw-t' }] },
        q: { vpc: 'b' },
        p: {
          routes: change.entry ?? [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-n' }],
          ...(change.entries?.['p'] === undefined ? {} : { entries: change.entries['p'] }),
        },
        n: {
          routes: [
            { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-a' },
            ...(change.back ?? [{ DestinationCidrBlock: '10.1.0.0/16', TransitGatewayId: 'tgw-t' }]),
          ],
          ...(change.entries?.['n'] === undefined ? {} : { entries: change.entries['n'] }),
        },
      },
      cards: { client: { subnet: 's', ip: '10.1.0.10' } },
      nats: { n: { SubnetId: 'n', NatGatewayAddresses: [{ PrivateIp: '10.0.9.5', PublicIp: '54.0.0.5' }] } },
      more: drawTransit({
        attachments: SIDES,
        tables: { main: [...(change.out ?? [{ to: '0.0.0.0/0', via: 'a' }]), ...ROUTES] },
      }),
    });

  it.each<[line: string, change: Parameters<typeof egress>[0], expected: string]>([
    ['as AWS draws it', {}, 'session'],
    ['no default route in the transit gateway', { out: [] }, 'not routed'],
    ['the NAT gateway’s subnet has no way back', { back: [] }, 'forward'],
    [
      'the attachment subnet leads to an internet gateway straight',
      { entry: [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-a' }] },
      'not routed',
    ],
    ['the attachment subnet’s ACL on the way out', { entries: { p: deny('out', '8.8.8.8/32') } }, 'routed'],
    [
      'the NAT gateway’s subnet’s ACL on the way in',
      { entries: { n: deny('in', '10.1.0.10/32') } },
      'routed',
    ],
    ['and on the way back', { entries: { n: deny('out', '10.1.0.10/32') } }, 'forward'],
    ['the attachment subnet’s ACL on the way back', { entries: { p: deny('in', '8.8.8.8/32') } }, 'forward'],
  ])('%s', (_, change, expected) => {
    expect(outcome(egress(change), 'client', '8.8.8.8')).toBe(expected);
    expect(outcome(egress(change), 'client', '8.8.8.8', 'proto/47')).toBe('not routed');
  });
});
