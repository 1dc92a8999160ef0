import { describe, expect, it } from 'vitest';
import type { Account, AclEntry, Route } from './responses.ts';
import { draw, entry, groupPair, outcome } from './sketch.ts';
import { drawTransit } from './sketch-transit.ts';
import type { RouteSketch, TransitSketch } from './sketch-transit.ts';

const LEARNT = {
  DestinationCidrBlock: '192.168.0.0/16',
  GatewayId: 'vgw-a',
  Origin: 'EnableVgwRoutePropagation',
};
const TYPED = { ...LEARNT, Origin: 'CreateRoute' };
const OUT = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-a' };
const SITE = '192.168.7.7';

function gateway(state = 'attached', vpc = 'vpc-a'): Account {
  return {
    DescribeVpnGateways: {
      VpnGateways: [
        {
          VpnGatewayId: 'vgw-a',
          State: 'available',
          Type: 'ipsec.1',
          VpcAttachments: [{ State: state, VpcId: vpc }],
        },
      ],
    },
  };
}

describe.each<[line: string, routes: Partial<Route>[], more: Account, out: string, into: string]>([
  ['a learnt route', [LEARNT], gateway(), 'session', 'session'],
  ['a typed route', [TYPED], gateway(), 'session', 'session'],
  ['no route: what comes in is not answered', [], gateway(), 'not routed', 'forward'],
  ['not attached', [{ ...LEARNT, State: 'blackhole' }], gateway('detached'), 'not routed', 'not routed'],
  ['attached to another VPC', [LEARNT], gateway('attached', 'vpc-b'), 'not routed', 'not routed'],
  [
    'RT2 a static route of the same length wins',
    [LEARNT, { ...OUT, DestinationCidrBlock: '192.168.0.0/16' }],
    gateway(),
    'not routed',
    'forward',
  ],
  ['RT2 a longer learnt route wins over a static one', [LEARNT, OUT], gateway(), 'session', 'session'],
])('RT10 by a virtual private gateway: %s', (_, routes, more, out, into) => {
  const account = draw({
    subnets: { s: { routes } },
    cards: { card: { ip: '10.0.0.10', publicIp: '54.0.0.1' } },
    more,
  });

  it(`out: ${out}`, () => {
    expect(outcome(account, 'card', SITE)).toBe(out);
  });

  it(`in: ${into}`, () => {
    expect(outcome(account, SITE, 'card')).toBe(into);
  });
});

describe('RT10 by a virtual private gateway', () => {
  it('RT2 a learnt route within the VPC loses to the local one', () => {
    const account = draw({
      subnets: { s: { routes: [{ ...LEARNT, DestinationCidrBlock: '10.0.1.0/24' }] }, t: {} },
      cards: { card: { ip: '10.0.0.10' }, other: { subnet: 't', ip: '10.0.1.20' } },
      more: gateway(),
    });
    expect(outcome(account, 'card', 'other')).toBe('session');
  });

  it('whether a site lets the internet in is not told', () => {
    const card = { card: { ip: '10.0.0.10', publicIp: '54.0.0.1' } };
    const routed = (routes: Partial<Route>[]) =>
      draw({ subnets: { s: { routes } }, cards: card, more: gateway() });
    expect(outcome(routed([OUT]), '8.8.8.8', 'card')).toBe('session');
    expect(outcome(routed([OUT, { ...LEARNT, DestinationCidrBlock: '8.8.8.0/24' }]), '8.8.8.8', 'card')).toBe(
      'forward to session',
    );
    expect(outcome(routed([]), '8.8.8.8', 'card')).toBe('forward');
  });

  const all = [...entry(100, 'in', 'allow'), ...entry(100, 'out', 'allow')];
  it.each<[line: string, denied: AclEntry[], out: string, into: string]>([
    ['into the subnet', entry(10, 'in', 'deny', { CidrBlock: '192.168.0.0/16' }), 'forward', 'routed'],
    ['out of it', entry(10, 'out', 'deny', { CidrBlock: '192.168.0.0/16' }), 'routed', 'forward'],
  ])('NA5 the ACL of the interface’s subnet alone: %s', (_, denied, out, into) => {
    const account = draw({
      subnets: { s: { routes: [LEARNT], entries: [...denied, ...all] } },
      cards: { card: { ip: '10.0.0.10' } },
      more: gateway(),
    });
    expect(outcome(account, 'card', SITE)).toBe(out);
    expect(outcome(account, SITE, 'card')).toBe(into);
  });

  it.each<[line: string, permission: object, expected: string]>([
    ['a CIDR admits', { IpRanges: [{ CidrIp: '192.168.7.0/24' }] }, 'session'],
    ['another does not', { IpRanges: [{ CidrIp: '192.168.8.0/24' }] }, 'routed'],
    ['SG5 a group does not', { UserIdGroupPairs: [groupPair('open')] }, 'routed'],
  ])('groups see the site’s address: %s', (_, permission, expected) => {
    const account = draw({
      subnets: { s: { routes: [LEARNT] } },
      groups: { guard: { in: [permission], out: [permission] } },
      cards: { card: { ip: '10.0.0.10', groups: ['guard'] } },
      more: gateway(),
    });
    expect(outcome(account, 'card', SITE)).toBe(expected);
    expect(outcome(account, SITE, 'card')).toBe(expected);
  });

  it('RT8 a peer’s is not for the VPC', () => {
    const routes = [{ DestinationCidrBlock: '192.168.0.0/16', VpcPeeringConnectionId: 'pcx-vpc-b' }];
    const account = draw({
      subnets: { s: { routes } },
      cards: { card: { ip: '10.0.0.10' } },
      more: gateway('attached', 'vpc-b'),
    });
    expect(outcome(account, 'card', SITE)).toBe('not routed');
    expect(outcome(account, SITE, 'card')).toBe('not routed');
  });
});

describe('RT9, RT10 by a VPN connection of a transit gateway', () => {
  const OVER = { DestinationCidrBlock: '192.168.0.0/16', TransitGatewayId: 'tgw-t' };
  const toA: RouteSketch = { to: '10.0.0.0/16', via: 'a', type: 'propagated' };
  const toSite: RouteSketch = { to: '192.168.0.0/16', via: 'site', type: 'propagated' };
  const world = (
    routes: Partial<Route>[],
    tables: TransitSketch['tables'],
    table: { near?: string | null; site?: string | null } = {},
  ) =>
    draw({
      subnets: { s: { routes }, p: {} },
      cards: { card: { ip: '10.0.0.10' } },
      more: drawTransit({
        attachments: {
          a: { subnets: ['p'], table: table.near ?? 'main' },
          site: { kind: 'vpn', resource: 'vpn-1', table: table.site === undefined ? 'main' : table.site },
        },
        tables,
      }),
    });

  it.each<[line: string, account: Account, out: string, into: string]>([
    ['routes both ways', world([OVER], { main: [toA, toSite] }), 'session', 'session'],
    ['the gateway has no way to the site', world([OVER], { main: [toA] }), 'not routed', 'forward'],
    ['nor from it', world([OVER], { main: [toSite] }), 'forward', 'not routed'],
    ['the VPC has no way to the gateway', world([], { main: [toA, toSite] }), 'not routed', 'forward'],
    [
      'the site’s table is another',
      world([OVER], { main: [toSite], far: [toA] }, { site: 'far' }),
      'session',
      'session',
    ],
    ['the site has none', world([OVER], { main: [toA, toSite] }, { site: null }), 'forward', 'not routed'],
  ])('%s', (_, account, out, into) => {
    expect(outcome(account, 'card', SITE)).toBe(out);
    expect(outcome(account, SITE, 'card')).toBe(into);
  });
});
