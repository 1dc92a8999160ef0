import { describe, expect, it } from 'vitest';
import { idOf, type Gateway } from '#model';
import { analyse, connectivity, HostGraph } from '#engine';
import { between, explained, shown } from '../../support/ask.ts';
import { natGateway, networkOf, peering, sourceOf, type NetworkSpec } from '../../support/network.ts';

const SSH = { ssh: ['in tcp/22 from any', 'out all to any'] };
const TWO_NETWORKS = {
  networks: { other: '10.9.0.0/16' },
  subnets: {
    far: { cidr: '10.9.0.0/24', network: 'other', table: 'far' },
    farther: { cidr: '10.9.1.0/24', network: 'other', table: 'far' },
  },
};

/** From `a` in one network to `b` in the other, with these routes on each side. */
function across(near: readonly string[], far: readonly string[], more: Partial<NetworkSpec> = {}): string {
  return between(
    networkOf({
      hosts: { a: { at: '10.0.1.10', groups: ['ssh'] }, b: { at: '10.9.0.10', groups: ['ssh'] } },
      groups: SSH,
      ...TWO_NETWORKS,
      gateways: [peering('peer', ['vpc', 'other'])],
      tables: { private: ['10.0.0.0/16 local', ...near], far: ['10.9.0.0/16 local', ...far] },
      ...more,
    }),
    'a',
    'b',
  );
}

/** A way to a vendor's service out of that network. */
function serviceOf(network: string): Gateway {
  return {
    kind: 'service',
    id: idOf('service'),
    name: 'service',
    network: idOf(network),
    isAvailable: true,
    at: sourceOf('service'),
  };
}

const BACK = ['10.0.0.0/16 peer'];

describe('routes: the longest prefix wins', () => {
  it.each([
    [['10.9.0.0/16 peer'], BACK, 'tcp 22'],
    [[], BACK, 'no traffic'],
    [['10.9.0.0/16 peer'], [], 'no traffic'],
    [['10.0.0.0/8 blackhole', '10.9.0.0/24 peer'], BACK, 'tcp 22'],
    [['10.0.0.0/8 peer', '10.9.0.0/24 blackhole'], BACK, 'no traffic'],
    // equal prefixes: the earlier in the list
    [['10.9.0.0/24 blackhole', '10.9.0.0/24 peer'], BACK, 'no traffic'],
    [['10.9.0.0/24 peer', '10.9.0.0/24 blackhole'], BACK, 'tcp 22'],
    // somewhere that was not read
    [['10.9.0.0/16 unknown'], BACK, '? tcp 22'],
    [['10.9.0.0/16 peer'], ['10.0.0.0/16 unknown'], '? tcp 22'],
    [['10.0.0.0/8 unknown', '10.9.0.0/24 peer'], BACK, 'tcp 22'],
    [['10.0.0.0/8 peer', '10.9.0.0/24 unknown'], BACK, '? tcp 22'],
    // a route whose destinations were not read may take any packet, or none
    [['10.9.0.0/16 peer', 'unread blackhole'], BACK, '? tcp 22'],
    [['unread peer'], BACK, '? tcp 22'],
    [['unread blackhole'], BACK, 'no traffic'],
    [['10.9.0.0/16 peer', 'unread peer'], BACK, 'tcp 22'],
  ])('%j and back %j: %s', (near, far, expected) => {
    expect(across(near, far)).toBe(expected);
  });

  it('a peering leads to the other network only', () => {
    expect(across(['10.9.0.0/16 peer'], BACK, { gateways: [peering('peer', ['vpc', 'vpc'])] })).toBe(
      'no traffic',
    );
  });

  it.each([
    ['is not active', { ...peering('peer', ['vpc', 'other']), isActive: false } as Gateway],
    ['joins others', peering('peer', ['other', 'third'])],
  ])('a peering that %s leads nowhere', (_, gateway) => {
    const networks = { other: '10.9.0.0/16', third: '10.8.0.0/16' };
    expect(across(['10.9.0.0/16 peer'], BACK, { networks, gateways: [gateway] })).toBe('no traffic');
  });

  it('a service takes public addresses only, so that an unread list of its addresses diverts nothing else', () => {
    const gateways = [peering('peer', ['vpc', 'other']), serviceOf('vpc')];
    expect(across(['10.9.0.0/16 peer', 'unread service'], BACK, { gateways })).toBe('tcp 22');
  });

  it('one subnet needs no route at all', () => {
    const network = networkOf({
      hosts: { a: { at: '10.0.1.10', groups: ['ssh'] }, b: { at: '10.0.1.11', groups: ['ssh'] } },
      groups: SSH,
      tables: { private: [] },
    });
    expect(between(network, 'a', 'b')).toBe('tcp 22');
  });
});

describe('NAT: somebody in between sends it on', () => {
  /** `a` reaches `b` in the other network by a private NAT gateway, whose address is all that `b` admits. */
  const byNat = (rule: string, nat: Partial<NetworkSpec> = {}) =>
    networkOf({
      hosts: { a: { at: '10.0.1.10', groups: ['all'] }, b: { at: '10.9.0.10', groups: ['b'] } },
      groups: { all: ['in all from any', 'out all to any'], b: [rule, 'out all to any'] },
      ...TWO_NETWORKS,
      gateways: [peering('peer', ['vpc', 'other']), natGateway('nat', 'public', '10.0.0.200')],
      tables: {
        private: ['10.0.0.0/16 local', '10.9.0.0/16 nat'],
        public: ['10.0.0.0/16 local', '10.9.0.0/16 peer', '0.0.0.0/0 igw'],
        far: ['10.9.0.0/16 local', '10.0.0.0/24 peer'],
      },
      ...nat,
    });

  it.each([
    ['in tcp/22 from 10.0.0.200', 'tcp 22'],
    ['in tcp/22 from 10.0.1.10', 'no traffic'],
    ['in tcp/22 from 10.0.0.0/16', 'tcp 22'],
    // a NAT gateway carries TCP, UDP and ICMP
    ['in proto/47 from any', 'no traffic'],
    ['in udp/53 from 10.0.0.200', 'udp 53'],
  ])('the far end sees the address of the gateway: %s lets in %s', (rule, expected) => {
    expect(between(byNat(rule), 'a', 'b')).toBe(expected);
  });

  it('a gateway that is not available carries nothing', () => {
    const broken = { ...natGateway('nat', 'public', '10.0.0.200'), isAvailable: false } as ReturnType<
      typeof natGateway
    >;
    expect(
      between(
        byNat('in tcp/22 from any', { gateways: [peering('peer', ['vpc', 'other']), broken] }),
        'a',
        'b',
      ),
    ).toBe('no traffic');
  });

  it('is among the connections and the paths, though the far end sees nobody but the gateway', () => {
    const hosts = {
      a: { at: '10.0.1.10', groups: ['all'] },
      c: { at: '10.0.1.11', groups: ['all'] },
      b: { at: '10.9.0.10', groups: ['b'] },
    };
    const analysis = analyse(byNat('in tcp/22 from 10.0.0.200', { hosts }));
    const found = [...connectivity(analysis)].map(({ from, to, sure }) => `${from} ${to} ${sure.toString()}`);
    expect(found).toEqual(expect.arrayContaining(['a b tcp 22', 'c b tcp 22']));
    const paths = new HostGraph(analysis).pathsTo({ kind: 'host', host: idOf('a') }, idOf('b'));
    expect(paths.map(({ hops }) => hops.length)).toEqual([1, 2]);
  });

  it('any of its addresses may be the one that is admitted', () => {
    const nat = natGateway('nat', 'public', '10.0.0.200');
    const second = natGateway('nat', 'public', '10.0.0.201');
    if (nat.kind !== 'nat' || second.kind !== 'nat') throw new Error('not NAT gateways');
    const both = { ...nat, addresses: [...nat.addresses, ...second.addresses] };
    const gateways = [peering('peer', ['vpc', 'other']), both];
    expect(between(byNat('in tcp/22 from 10.0.0.201', { gateways }), 'a', 'b')).toBe('tcp 22');
  });

  it('its own border is asked too', () => {
    const shut = {
      acls: { shut: ['in allow all from any', 'out allow udp to any'] },
      subnets: { ...TWO_NETWORKS.subnets, public: { cidr: '10.0.0.0/24', table: 'public', acl: 'shut' } },
    };
    expect(between(byNat('in tcp/22 from 10.0.0.200', shut), 'a', 'b')).toBe('no traffic');
  });

  it.each([
    ['out allow tcp to 10.0.0.200', 'tcp 22'],
    ['out allow tcp to 10.0.1.10', 'no traffic'],
  ])('the far end answers to the address of the gateway: %s', (rule, expected) => {
    const far = {
      acls: { far: ['in allow all from any', rule] },
      subnets: {
        ...TWO_NETWORKS.subnets,
        far: { cidr: '10.9.0.0/24', network: 'other', table: 'far', acl: 'far' },
      },
    };
    expect(between(byNat('in tcp/22 from any', far), 'a', 'b')).toBe(expected);
  });

  it('lets nobody in from the internet', () => {
    const network = networkOf({
      hosts: { a: { at: '10.0.1.10', groups: ['ssh'] } },
      groups: SSH,
      gateways: [natGateway('nat', 'public', '10.0.0.200', '203.0.113.200')],
      tables: { private: ['10.0.0.0/16 local', '0.0.0.0/0 nat'] },
    });
    expect(shown(network)).toEqual([]);
    expect(explained(network, 'a', '8.8.8.8', 'tcp/443').verdict).toBe('allowed');
  });
});

describe('the way out', () => {
  const EGRESS_ONLY = (network: string): Gateway => ({
    kind: 'egress-only',
    id: idOf('eigw'),
    name: 'eigw',
    network: idOf(network),
    at: sourceOf('eigw'),
  });
  const NAT = natGateway('nat', 'public', '10.0.0.200', '203.0.113.200');

  it.each<[string, string[], Gateway, string, string]>([
    ['half by half through one NAT gateway', ['0.0.0.0/1 nat', '128.0.0.0/1 nat'], NAT, '8.8.8.8', 'allowed'],
    ['the other half', ['0.0.0.0/1 nat', '128.0.0.0/1 nat'], NAT, '200.0.0.1', 'allowed'],
    [
      'NAT, unless an unread route takes it',
      ['0.0.0.0/0 nat', 'unread blackhole'],
      NAT,
      '8.8.8.8',
      'unknown',
    ],
    ['NAT by an unread route', ['unread nat'], NAT, '8.8.8.8', 'unknown'],
    ['NAT whichever route takes it', ['0.0.0.0/0 nat', 'unread nat'], NAT, '8.8.8.8', 'allowed'],
    ['an unread list of a service', ['unread service'], serviceOf('vpc'), '8.8.8.8', 'unknown'],
    ['a service', ['0.0.0.0/0 service'], serviceOf('vpc'), '8.8.8.8', 'allowed'],
    ['a service of another network', ['0.0.0.0/0 service'], serviceOf('other'), '8.8.8.8', 'denied'],
    ['an egress-only gateway, IPv4', ['0.0.0.0/0 eigw'], EGRESS_ONLY('vpc'), '8.8.8.8', 'denied'],
    ['an egress-only gateway', ['::/0 eigw'], EGRESS_ONLY('vpc'), '2600:9::1', 'allowed'],
    ['one of another network', ['::/0 eigw'], EGRESS_ONLY('other'), '2600:9::1', 'denied'],
  ])('%s: %j', (_, routes, gateway, to, verdict) => {
    const network = networkOf({
      hosts: { a: { at: ['10.0.1.10=203.0.113.10', '2600:1:0:1::10=2600:1:0:1::10'], groups: ['all'] } },
      groups: { all: ['in all from any', 'out all to any'] },
      networks: { other: '10.9.0.0/16' },
      subnets: { private: { cidr: '10.0.1.0/24, 2600:1:0:1::/64', table: 'private' } },
      gateways: [gateway],
      tables: { private: ['10.0.0.0/16 local', ...routes] },
    });
    expect(explained(network, 'a', to, 'tcp/443').verdict).toBe(verdict);
  });
});

describe('the internet', () => {
  const world = (more: Partial<NetworkSpec> & { at?: string | string[] }) =>
    shown(
      networkOf({
        groups: SSH,
        ...more,
        hosts: { a: { at: more.at ?? '10.0.0.10=203.0.113.10', groups: ['ssh'] } },
      }),
    );

  it.each<[string, Parameters<typeof world>[0], string[]]>([
    ['a public address behind a gateway', {}, ['a v4 tcp 22 from 1.0.0.0']],
    ['no public address', { at: '10.0.0.10' }, []],
    ['a public address, no gateway to return by', { tables: { public: ['10.0.0.0/16 local'] } }, []],
    [
      'a gateway that was not read',
      { tables: { public: ['10.0.0.0/16 local', '0.0.0.0/0 unknown'] } },
      ['a v4 ? tcp 22 from 1.0.0.0'],
    ],
    [
      'an IPv6 address of its own',
      { at: ['10.0.0.10', '2600:1::10=2600:1::10'] },
      ['a v6 tcp 22 from 2000::'],
    ],
    [
      'a return route for half of it',
      { tables: { public: ['10.0.0.0/16 local', '128.0.0.0/1 igw'] } },
      ['a v4 tcp 22 from 128.0.0.0'],
    ],
    [
      'rules in two halves',
      { groups: { ssh: ['in tcp/22 from 0.0.0.0/1', 'in tcp/22 from 128.0.0.0/1', 'out all to any'] } },
      ['a v4 tcp 22 from 1.0.0.0'],
    ],
    [
      'an ACL in doubt',
      { acls: { open: ['in allow all from any ?', 'out allow all to any'] } },
      ['a v4 ? tcp 22 from 1.0.0.0'],
    ],
  ])('%s', (_, spec, expected) => {
    expect(world(spec)).toEqual(expected);
  });

  it('is unknown while nobody read whether a gateway is attached', () => {
    const network = networkOf({
      hosts: { a: { at: '10.9.0.10=203.0.113.10', groups: ['ssh'] } },
      groups: SSH,
      ...TWO_NETWORKS,
      tables: { far: ['10.9.0.0/16 local', '0.0.0.0/0 unknown'] },
      internetUnknown: ['other'],
    });
    expect(shown(network)).toEqual(['a v4 ? tcp 22 from 1.0.0.0']);
  });

  it('a side door lets in what nobody read, public address or not', () => {
    const spec = {
      hosts: { a: { at: '10.0.1.10', groups: ['ssh'] } },
      groups: SSH,
      tables: { private: ['10.0.0.0/16 local', '0.0.0.0/0 unknown'] },
    };
    expect(explained(networkOf(spec), '172.16.0.1', 'a', 'tcp/22').verdict).toBe('denied');
    const opened = explained(networkOf({ ...spec, sideDoors: ['vpc'] }), '172.16.0.1', 'a', 'tcp/22');
    expect(opened.verdict).toBe('unknown');
    expect([...opened.because].sort()).toEqual(['side door', 'unread']);
  });
});
