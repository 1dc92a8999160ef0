import { describe, expect, it } from 'vitest';
import type { AclEntry, NatGateway, Route } from './responses.ts';
import { draw, entry, groupPair, outcome, peering } from './sketch.ts';
import type { Sketch } from './sketch.ts';

/** The client's subnet `s`, the NAT gateway's `n`, and the server's `t` in the same VPC. */
const VIA_NAT = { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-n' };
const OUT = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-a' };
const X = '8.8.8.8';
const ADDRESS = { PrivateIp: '10.0.9.5', PublicIp: '54.0.0.5', Status: 'succeeded' };

type Change = {
  nat?: Partial<NatGateway>;
  client?: Partial<Route>[];
  beyond?: Partial<Route>[];
  entries?: Record<string, AclEntry[]>;
  server?: Sketch['cards'][string];
  groups?: Sketch['groups'];
};

function world({ nat = {}, client = [VIA_NAT], beyond = [OUT], entries = {}, server, groups }: Change) {
  const own = (subnet: string) => (entries[subnet] === undefined ? {} : { entries: entries[subnet] });
  return draw({
    subnets: { s: { routes: client, ...own('s') }, n: { routes: beyond, ...own('n') }, t: own('t') },
    groups: groups ?? {},
    cards: {
      client: { subnet: 's', ip: '10.0.0.10', ip6: '2001:db8:a::10' },
      server: server ?? { subnet: 't', ip: '10.0.1.20' },
      nat: { subnet: 'n', ip: '10.0.9.5', publicIp: '54.0.0.5', InterfaceType: 'nat_gateway', groups: [] },
    },
    nats: { n: { SubnetId: 'n', NatGatewayAddresses: [ADDRESS], ...nat } },
  });
}

describe('RT6 towards the internet', () => {
  it.each<[line: string, change: Change, expected: string]>([
    ['a public one', {}, 'session'],
    ['a type that is not said is public', { nat: { ConnectivityType: undefined as never } }, 'session'],
    [
      'a private one',
      { nat: { ConnectivityType: 'private', NatGatewayAddresses: [{ PrivateIp: '10.0.9.5' }] } },
      'not routed',
    ],
    [
      'an address without a public one',
      { nat: { NatGatewayAddresses: [{ PrivateIp: '10.0.9.5' }] } },
      'not routed',
    ],
    [
      'an address that is still being associated',
      { nat: { NatGatewayAddresses: [{ ...ADDRESS, Status: 'associating' }] } },
      'not routed',
    ],
    [
      'a record without a status',
      { nat: { NatGatewayAddresses: [{ PrivateIp: '10.0.9.5', PublicIp: '54.0.0.5' }] } },
      'session',
    ],
    ['pending', { nat: { State: 'pending' } }, 'not routed'],
    ['deleted', { nat: { State: 'deleted' } }, 'not routed'],
    ['of another VPC', { nat: { VpcId: 'vpc-b' } }, 'not routed'],
    ['no route of its own', { beyond: [] }, 'not routed'],
    ['in its own loop', { beyond: [VIA_NAT] }, 'not routed'],
    ['in the client’s own subnet', { nat: { SubnetId: 's' } }, 'not routed'],
  ])('%s', (_, change, expected) => {
    expect(outcome(world(change), 'client', X)).toBe(expected);
  });

  it.each([
    ['tcp/443', 'session'],
    ['udp/53', 'session'],
    ['icmp/8/0', 'session'],
    ['proto/47', 'not routed'],
    ['proto/50', 'not routed'],
  ])('%s: %s', (packet, expected) => {
    expect(outcome(world({}), 'client', X, packet)).toBe(expected);
  });

  it('carries no IPv6, and lets nothing in', () => {
    const routes = [{ DestinationIpv6CidrBlock: '::/0', NatGatewayId: 'nat-n' }];
    expect(outcome(world({ client: routes }), 'client@2001:db8:a::10', '2606:4700::1')).toBe('not routed');
    expect(outcome(world({}), X, 'client')).toBe('not routed');
    expect(outcome(world({}), X, 'nat')).toBe('routed');
  });
});

const CLIENT = '10.0.0.10/32';
const TRANSLATED = '10.0.9.5/32';
const REMOTE = '8.8.8.8/32';
const all = (direction: 'in' | 'out') => entry(100, direction, 'allow');
const deny = (direction: 'in' | 'out', CidrBlock: string) => entry(10, direction, 'deny', { CidrBlock });

describe('NA4 the ACLs on either side of the NAT gateway', () => {
  it.each<[line: string, subnet: string, denied: AclEntry[], expected: string]>([
    ['out of the client’s subnet, to the remote address', 's', deny('out', REMOTE), 'routed'],
    ['into the NAT’s subnet, from the client', 'n', deny('in', CLIENT), 'routed'],
    ['out of the NAT’s subnet, to the remote address', 'n', deny('out', REMOTE), 'routed'],
    ['back into the NAT’s subnet, from the remote address', 'n', deny('in', REMOTE), 'forward'],
    ['back out of the NAT’s subnet, to the client', 'n', deny('out', CLIENT), 'forward'],
    ['back into the client’s subnet, from the remote address', 's', deny('in', REMOTE), 'forward'],
    ['the NAT’s own address is no source for its ACL', 'n', deny('in', TRANSLATED), 'session'],
    ['nor for the client’s', 's', deny('in', TRANSLATED), 'session'],
  ])('%s', (_, subnet, denied, expected) => {
    const entries = { [subnet]: [...denied, ...all('in'), ...all('out')] };
    expect(outcome(world({ entries }), 'client', X)).toBe(expected);
  });

  it('the NAT has ports of its own: the client’s need not pass on the far side', () => {
    const ports = (From: number, To: number) => ({ Protocol: '6', PortRange: { From, To } });
    const entries = {
      n: [
        ...entry(10, 'in', 'allow', { CidrBlock: CLIENT }),
        ...entry(20, 'in', 'allow', { CidrBlock: REMOTE, ...ports(1024, 1024) }),
        ...all('out'),
      ],
      s: [...entry(10, 'in', 'allow', { CidrBlock: REMOTE, ...ports(50000, 50000) }), ...all('out')],
    };
    expect(outcome(world({ entries }), 'client', X)).toBe('session');
  });

  it('but they are from 1024 on', () => {
    const low = { Protocol: '6', PortRange: { From: 0, To: 1023 } };
    const entries = {
      n: [
        ...entry(10, 'in', 'allow', { CidrBlock: CLIENT }),
        ...entry(20, 'in', 'allow', low),
        ...all('out'),
      ],
    };
    expect(outcome(world({ entries }), 'client', X)).toBe('forward');
  });

  it('RT13 the NAT’s subnet needs a way back to the client', () => {
    const gone = { DestinationCidrBlock: '10.0.0.0/24', NetworkInterfaceId: 'eni-gone', State: 'blackhole' };
    expect(outcome(world({ beyond: [OUT, gone] }), 'client', X)).toBe('forward');
  });
});

/** A more specific route leads to the NAT gateway, which then delivers by its own subnet's local route. */
const INWARD = { DestinationCidrBlock: '10.0.1.0/24', NatGatewayId: 'nat-n' };

describe('RT6 towards a private address', () => {
  const PRIVATE = { ConnectivityType: 'private', NatGatewayAddresses: [{ PrivateIp: '10.0.9.5' }] };
  const inward = (change: Change) => world({ client: [INWARD], nat: PRIVATE, beyond: [], ...change });

  it.each<[line: string, change: Change, expected: string]>([
    ['a private one delivers', {}, 'session'],
    ['so does a public one', { nat: {} }, 'session'],
    ['pending', { nat: { State: 'pending' } }, 'not routed'],
    ['no address', { nat: { NatGatewayAddresses: [] } }, 'not routed'],
    ['its subnet has no way on', { beyond: [INWARD] }, 'not routed'],
    ['the server in the NAT’s subnet', { server: { subnet: 'n', ip: '10.0.1.20' } }, 'session'],
    [
      'SG7 groups see the NAT’s address',
      {
        groups: { guard: { in: [{ IpRanges: [{ CidrIp: TRANSLATED }] }] } },
        server: { subnet: 't', ip: '10.0.1.20', groups: ['guard'] },
      },
      'session',
    ],
    [
      'SG7 not the client’s',
      {
        groups: { guard: { in: [{ IpRanges: [{ CidrIp: CLIENT }] }] } },
        server: { subnet: 't', ip: '10.0.1.20', groups: ['guard'] },
      },
      'routed',
    ],
    [
      'SG7 nor its groups',
      {
        groups: { guard: { in: [{ UserIdGroupPairs: [groupPair('open')] }] } },
        server: { subnet: 't', ip: '10.0.1.20', groups: ['guard'] },
      },
      'routed',
    ],
  ])('%s', (_, change, expected) => {
    expect(outcome(inward(change), 'client', 'server')).toBe(expected);
  });

  const SERVER = '10.0.1.20/32';
  it.each<[line: string, subnet: string, denied: AclEntry[], expected: string]>([
    ['out of the client’s subnet', 's', deny('out', SERVER), 'routed'],
    ['into the NAT’s', 'n', deny('in', CLIENT), 'routed'],
    ['out of the NAT’s', 'n', deny('out', SERVER), 'routed'],
    ['into the server’s, from the NAT', 't', deny('in', TRANSLATED), 'routed'],
    ['the server’s never sees the client', 't', [...deny('in', CLIENT), ...deny('out', CLIENT)], 'session'],
    ['back out of the server’s, to the NAT', 't', deny('out', TRANSLATED), 'forward'],
    ['back into the NAT’s, from the server', 'n', deny('in', SERVER), 'forward'],
    ['back out of the NAT’s, to the client', 'n', deny('out', CLIENT), 'forward'],
    ['back into the client’s, from the server', 's', deny('in', SERVER), 'forward'],
  ])('NA4 %s', (_, subnet, denied, expected) => {
    const entries = { [subnet]: [...denied, ...all('in'), ...all('out')] };
    expect(outcome(inward({ entries }), 'client', 'server')).toBe(expected);
  });

  it('any of several addresses will do', () => {
    const two = { ...PRIVATE, NatGatewayAddresses: [{ PrivateIp: '10.0.9.5' }, { PrivateIp: '10.0.9.6' }] };
    const entries = { t: [...deny('in', TRANSLATED), ...all('in'), ...all('out')] };
    expect(outcome(inward({ entries }), 'client', 'server')).toBe('routed');
    expect(outcome(inward({ entries, nat: two }), 'client', 'server')).toBe('session');
  });

  it('but one for both ways', () => {
    const two = { ...PRIVATE, NatGatewayAddresses: [{ PrivateIp: '10.0.9.5' }, { PrivateIp: '10.0.9.6' }] };
    const entries = {
      t: [...deny('in', TRANSLATED), ...deny('out', '10.0.9.6/32'), ...all('in'), ...all('out')],
    };
    expect(outcome(inward({ entries, nat: two }), 'client', 'server')).toBe('forward');
  });

  it('the server’s subnet is asked for the NAT’s address on the way back', () => {
    const account = (gone: string) =>
      draw({
        subnets: {
          s: { routes: [INWARD] },
          n: {},
          t: { routes: [{ DestinationCidrBlock: gone, NetworkInterfaceId: 'eni-gone', State: 'blackhole' }] },
        },
        cards: { client: { subnet: 's', ip: '10.0.0.10' }, server: { subnet: 't', ip: '10.0.1.20' } },
        nats: { n: { SubnetId: 'n', ...PRIVATE } },
      });
    expect(outcome(account('10.0.9.0/24'), 'client', 'server')).toBe('forward');
    expect(outcome(account('10.0.0.0/24'), 'client', 'server')).toBe('session');
  });

  it('a direct flow has no answers by a NAT gateway', () => {
    const back = { DestinationCidrBlock: '10.0.1.0/24', NatGatewayId: 'nat-n' };
    const account = world({ client: [back], nat: PRIVATE, beyond: [] });
    expect(outcome(account, 'server', 'client')).toBe('forward');
  });
});

describe('RT6, RT8 a private NAT gateway before a peering', () => {
  const peered = { DestinationCidrBlock: '10.0.0.0/8', VpcPeeringConnectionId: 'pcx-vpc-b' };
  const account = (onward: Partial<Route>[], back: Partial<Route>[], status = 'active') =>
    draw({
      subnets: {
        s: { routes: [{ DestinationCidrBlock: '10.1.0.0/16', NatGatewayId: 'nat-n' }] },
        n: { routes: onward },
        t: { vpc: 'b', routes: back },
      },
      cards: { client: { subnet: 's', ip: '10.0.0.10' }, server: { subnet: 't', ip: '10.1.0.20' } },
      nats: {
        n: { SubnetId: 'n', ConnectivityType: 'private', NatGatewayAddresses: [{ PrivateIp: '10.0.9.5' }] },
      },
      peerings: [peering(status)],
    });

  it.each<[line: string, onward: Partial<Route>[], back: Partial<Route>[], status: string, expected: string]>(
    [
      ['routes on both sides', [peered], [peered], 'active', 'session'],
      ['no route on', [], [peered], 'active', 'not routed'],
      ['no route back', [peered], [], 'active', 'forward'],
      [
        'back to the NAT’s address is enough',
        [peered],
        [{ ...peered, DestinationCidrBlock: TRANSLATED }],
        'active',
        'session',
      ],
      [
        'back to the client’s is not',
        [peered],
        [{ ...peered, DestinationCidrBlock: CLIENT }],
        'active',
        'forward',
      ],
      ['no peering', [peered], [peered], 'deleted', 'not routed'],
    ],
  )('%s', (_, onward, back, status, expected) => {
    expect(outcome(account(onward, back, status), 'client', 'server')).toBe(expected);
  });
});
