import { describe, expect, it } from 'vitest';
import type { Gateway, Network } from '#model';
import { analyse, cellOf, egress, planeOf, POSSIBLE, SURE } from '#engine';
import { between, explained, inWords, shown } from '../../support/ask.ts';
import { endpoint, ipOf, networkOf, peering, type NetworkSpec } from '../../support/network.ts';
import { steps } from '../../support/steps.ts';
import { BEYOND, transitGateway, vpnGateway, type AttachmentSpec } from '../../support/wide.ts';

const SSH = { ssh: ['in tcp/22 from any', 'out all to any'] };
const HOME = '172.16.0.1';
const INTERNET = '8.8.8.8';

/** What gets from one end to another, and what of it comes up as a session. */
function asked(network: Network, from: string, to: string): string {
  const plane = planeOf(analyse(network), 4);
  const at = (text: string): number =>
    network.endpoints.has(endpoint(text))
      ? plane.axis.positionsOf(endpoint(text))[0]!
      : plane.axis.positionOf(ipOf(text))!;
  const { sets } = plane.rows;
  const [sure, possible] = [SURE, POSSIBLE].map((bound) => cellOf(plane, at(from), at(to), bound));
  const words = (part: 'forward' | 'session') =>
    inWords(sets.valueOf(sure![part]), sets.valueOf(possible![part]));
  return `${words('forward')} / ${words('session')}`;
}

/** `a` in a network with a private gateway. */
function withSite(
  routes: readonly string[],
  gateway: Gateway = vpnGateway('vgw', 'vpc'),
  more: Partial<NetworkSpec> = {},
) {
  return networkOf({
    hosts: { a: { at: '10.0.1.10', groups: ['ssh'] } },
    groups: SSH,
    gateways: [gateway],
    tables: { private: ['10.0.0.0/16 local', ...routes] },
    ...more,
  });
}

const IN = 'tcp 22 / tcp 22';
const ONE_WAY = 'tcp 22 / no traffic';
const MAYBE = '? tcp 22 / ? tcp 22';
const NO = 'no traffic / no traffic';
const OUT = 'all traffic / all traffic';
/** Some messages of ICMP ask for no answer. */
const UNANSWERED = 'all traffic / icmp 0-7,9-12,14-255; icmpv6 0-127,129-255';

describe('from a private site', () => {
  it.each([
    ['any private address, where the replies find back', ['172.16.0.0/12 vgw'], HOME, IN],
    ['RT10: also without a way back, but then no session', [], HOME, ONE_WAY],
    ['whatever the route back, it may have another source', ['172.16.0.0/12 vgw'], '192.168.7.7', ONE_WAY],
    // what the site lets in from the internet cannot be known
    ['an internet address perhaps', ['0.0.0.0/0 vgw'], INTERNET, MAYBE],
    ['an internet address without a way back', ['172.16.0.0/12 vgw'], INTERNET, '? tcp 22 / no traffic'],
  ])('%s', (_, routes, from, expected) => {
    expect(asked(withSite(routes), from, 'a')).toBe(expected);
  });

  it.each([
    [true, IN],
    ['unread' as const, MAYBE],
    [false, NO],
  ])('connected %s', (isConnected, expected) => {
    const gateway = vpnGateway('vgw', 'vpc', isConnected);
    expect(asked(withSite(['172.16.0.0/12 vgw'], gateway), HOME, 'a')).toBe(expected);
  });

  it('filters are asked', () => {
    const groups = { ssh: ['in tcp/22 from 172.16.0.0/16', 'out all to any'] };
    const network = withSite(['172.16.0.0/12 vgw'], undefined, { groups });
    expect(asked(network, HOME, 'a')).toBe(IN);
    expect(asked(network, '172.17.0.1', 'a')).toBe(NO);
  });

  it('it comes into its own network only', () => {
    const more = { networks: { other: '10.9.0.0/16' } };
    expect(asked(withSite(['172.16.0.0/12 vgw'], vpnGateway('vgw', 'other'), more), HOME, 'a')).toBe(NO);
  });

  it('an answer to the internet by the site is no sure session with what came in by an internet gateway', () => {
    const network = withSite([], undefined, {
      hosts: { a: { at: '10.0.0.10=54.0.0.1', groups: ['ssh'] } },
      tables: { public: ['10.0.0.0/16 local', '0.0.0.0/0 vgw'] },
    });
    expect(asked(network, INTERNET, 'a')).toBe('tcp 22 / ? tcp 22');
  });

  it('exposes to the internet at most perhaps', () => {
    expect(shown(withSite(['0.0.0.0/0 vgw']))).toEqual(['a v4 ? tcp 22 from 1.0.0.0']);
    expect(shown(withSite(['172.16.0.0/12 vgw']))).toEqual([]);
  });
});

describe('to a private site', () => {
  it.each([
    ['what is routed there has left', ['172.16.0.0/12 vgw'], HOME, OUT],
    ['whatever address it is', ['0.0.0.0/0 vgw'], INTERNET, OUT],
    ['what is not routed there stays', ['172.16.0.0/12 vgw'], '192.168.7.7', NO],
    ['nor what a longer prefix takes', ['172.16.0.0/12 vgw', '172.16.0.0/16 blackhole'], HOME, NO],
  ])('%s', (_, routes, to, expected) => {
    expect(asked(withSite(routes), 'a', to)).toBe(expected);
  });

  it.each([
    ['unread' as const, '? all traffic / ? all traffic'],
    [false, NO],
  ])('connected %s', (isConnected, expected) => {
    const gateway = vpnGateway('vgw', 'vpc', isConnected);
    expect(asked(withSite(['172.16.0.0/12 vgw'], gateway), 'a', HOME)).toBe(expected);
  });

  it('another network behind the site may be reached through it, but nobody can tell', () => {
    const spec = (far: readonly Gateway[]): Partial<NetworkSpec> => ({
      hosts: { a: { at: '10.0.1.10', groups: ['ssh'] }, b: { at: '10.9.0.10', groups: ['ssh'] } },
      networks: { other: '10.9.0.0/16' },
      subnets: { far: { cidr: '10.9.0.0/24', network: 'other', table: 'far' } },
      tables: {
        private: ['10.0.0.0/16 local', '10.0.0.0/8 vgw'],
        far: ['10.9.0.0/16 local', '10.0.0.0/8 vgw2'],
      },
      gateways: [vpnGateway('vgw', 'vpc'), ...far],
    });
    const both = withSite([], undefined, spec([vpnGateway('vgw2', 'other')]));
    expect(between(both, 'a', 'b')).toBe('? tcp 22');
    expect(explained(both, 'a', 'b', 'tcp/22').because).toEqual([BEYOND]);
    const near = withSite([], undefined, {
      ...spec([]),
      tables: { private: ['10.0.0.0/16 local', '10.0.0.0/8 vgw'], far: ['10.9.0.0/16 local'] },
    });
    expect(between(near, 'a', 'b')).toBe('no traffic');
  });
});

describe('sites behind a transit gateway', () => {
  const attachments: Readonly<Record<string, AttachmentSpec>> = {
    net: { to: 'vpc', subnets: ['door'], table: 'nets' },
    home: { to: 'site', table: 'sites' },
  };
  const hub = (
    tables: Readonly<Record<string, readonly string[]>> = {
      nets: ['172.16.0.0/12 home'],
      sites: ['10.0.0.0/16 net'],
    },
    attached = attachments,
  ) => transitGateway('tgw', attached, tables);

  const network = (
    gateway: Gateway,
    acl = ['in allow all from any', 'out allow all to any'],
    inDoor = false,
  ) =>
    withSite([], gateway, {
      acls: { odd: acl },
      subnets: {
        private: { cidr: '10.0.1.0/24', table: 'private', zone: 'z1', ...(inDoor && { acl: 'odd' }) },
        door: { cidr: '10.0.255.0/28', table: 'private', zone: 'z1', acl: 'odd' },
      },
      tables: { private: ['10.0.0.0/16 local', '0.0.0.0/0 tgw'] },
    });

  it.each([
    ['by the table of its attachment', { nets: ['172.16.0.0/12 home'], sites: ['10.0.0.0/16 net'] }, IN, OUT],
    // no answer comes back from a site whose table does not lead here
    ['without a route there', { nets: ['172.16.0.0/12 home'], sites: [] }, NO, UNANSWERED],
    ['without a route back', { nets: [], sites: ['10.0.0.0/16 net'] }, ONE_WAY, NO],
    [
      'to a part of the network',
      { nets: ['172.16.0.0/12 home'], sites: ['10.0.2.0/24 net'] },
      NO,
      UNANSWERED,
    ],
  ])('%s', (_, tables, inwards, outwards) => {
    expect(asked(network(hub(tables)), HOME, 'a')).toBe(inwards);
    expect(asked(network(hub(tables)), 'a', HOME)).toBe(outwards);
  });

  it('what comes in by an internet gateway is not answered by a site that never leads here', () => {
    const open = withSite([], hub({ nets: ['8.0.0.0/8 home'], sites: [] }), {
      hosts: { a: { at: '10.0.0.10=54.0.0.1', groups: ['ssh'] } },
      subnets: {
        public: { cidr: '10.0.0.0/24', table: 'public', zone: 'z1' },
        door: { cidr: '10.0.255.0/28', table: 'private', zone: 'z1' },
      },
      tables: { public: ['10.0.0.0/16 local', '8.0.0.0/8 tgw'] },
    });
    expect(asked(open, INTERNET, 'a')).toBe(ONE_WAY);
  });

  it('a site that answers by another gateway than a call came by may be another site', () => {
    const both = withSite([], hub({ nets: ['172.16.0.0/12 home'], sites: [] }), {
      gateways: [hub({ nets: ['172.16.0.0/12 home'], sites: [] }), vpnGateway('vgw', 'vpc')],
      subnets: {
        private: { cidr: '10.0.1.0/24', table: 'private', zone: 'z1' },
        door: { cidr: '10.0.255.0/28', table: 'private', zone: 'z1' },
      },
      tables: { private: ['10.0.0.0/16 local', '0.0.0.0/0 tgw'] },
    });
    expect(asked(both, HOME, 'a')).toBe('tcp 22 / ? tcp 22');
  });

  it('equal ways to sites are one way', () => {
    const gateway = hub(
      { nets: ['172.16.0.0/12 home,home2'], sites: ['10.0.0.0/16 net'] },
      { ...attachments, home2: { to: 'site', table: 'sites' } },
    );
    expect(asked(network(gateway), 'a', HOME)).toBe(OUT);
  });

  it.each([
    ['site?', MAYBE],
    ['no site', NO],
    ['unknown', MAYBE],
  ])('behind %s', (to, expected) => {
    expect(asked(network(hub(undefined, { ...attachments, home: { to, table: 'sites' } })), HOME, 'a')).toBe(
      expected,
    );
  });

  it('an internet address perhaps, if it finds back', () => {
    const open = hub({ nets: ['0.0.0.0/0 home'], sites: ['10.0.0.0/16 net'] });
    expect(asked(network(open), INTERNET, 'a')).toBe(MAYBE);
    expect(asked(network(hub()), INTERNET, 'a')).toBe('? tcp 22 / no traffic');
    expect(explained(network(open), INTERNET, 'a', 'tcp/22').because).toEqual([BEYOND]);
  });

  const allow = ['in allow all from any', 'out allow all to any'];
  it.each([
    // out of the gateway's subnet by the target's address
    [['out deny all to 10.0.1.10/32', ...allow], NO],
    [['in deny all from 172.16.0.0/12', ...allow], IN],
    // replies into it by the sender's
    [['in deny all from 10.0.1.10/32', ...allow], ONE_WAY],
  ])('the ACL where the gateway stands: %j', (acl, expected) => {
    expect(asked(network(hub(), acl), HOME, 'a')).toBe(expected);
  });

  it('two subnets where it may come out, of which one is shut: it may be stopped on the way in', () => {
    const two = { ...attachments, net: { to: 'vpc', subnets: ['door', 'door2'], table: 'nets' } };
    const odd = withSite([], hub(undefined, two), {
      acls: { odd: ['in allow all from any', 'out deny all to any'] },
      subnets: {
        private: { cidr: '10.0.1.0/24', table: 'private', zone: 'z1' },
        door: { cidr: '10.0.255.0/28', table: 'private', zone: 'z1' },
        door2: { cidr: '10.0.255.16/28', table: 'private', zone: 'z2', acl: 'odd' },
      },
      tables: { private: ['10.0.0.0/16 local', '0.0.0.0/0 tgw'] },
    });
    const found = explained(odd, HOME, 'a', 'tcp/22');
    expect([found.verdict, steps(found)[1]]).toEqual(['unknown', '? way in to a']);
  });

  it('a target in the same subnet: no ACL looks at what comes out', () => {
    const here = hub(undefined, { ...attachments, net: { to: 'vpc', subnets: ['private'], table: 'nets' } });
    expect(asked(network(here, ['in deny all from 172.16.0.0/12', ...allow], true), HOME, 'a')).toBe(IN);
  });

  it('an answer from an internet address that comes out in the same subnet: no ACL is shown', () => {
    const stands = { ...attachments, net: { to: 'vpc', subnets: ['private'], table: 'nets' } };
    const acl = ['in deny all from 8.8.8.0/24', ...allow];
    const told = (back: readonly string[]) => {
      const here = network(hub({ nets: ['0.0.0.0/0 home'], sites: back }, stands), acl, true);
      const found = explained(here, 'a', INTERNET, 'tcp/22');
      return [found.verdict, ...steps(found).filter((text) => /way in|reply in/.test(text))];
    };
    expect(told(['10.0.0.0/16 net'])).toEqual(['allowed', '+ way in to a']);
    expect(told([])).toEqual(['denied', '- way in to a', '- reply in private']);
  });

  it('told with the table and the route', () => {
    expect(steps(explained(network(hub()), HOME, 'a', 'tcp/22'))).toEqual([
      '+ a takes part',
      '+ way in to a',
      '+ acl in private',
      '+ group in a: ssh#0',
      '+ return private: 0.0.0.0/0 tgw',
      '+ reply out private',
      '+ reply in door',
      '+ back tgw: 172.16.0.0/12 home',
    ]);
  });
});

describe('centralised egress', () => {
  type Hub = {
    readonly landing?: readonly string[];
    readonly natTable?: readonly string[];
    readonly acls?: NetworkSpec['acls'];
    readonly doorAcl?: string;
    readonly landingAcl?: string;
    readonly tables?: Readonly<Record<string, readonly string[]>>;
  };
  /** `a` in a spoke whose default route leads to an egress network with a NAT gateway. */
  const spoke = ({ landing, natTable, acls, doorAcl = 'open', landingAcl = 'open', tables }: Hub = {}) =>
    networkOf({
      hosts: { a: { at: '10.0.1.10', groups: ['ssh'] } },
      groups: SSH,
      acls: { ...acls },
      networks: { egress: '10.7.0.0/16' },
      subnets: {
        private: { cidr: '10.0.1.0/24', table: 'private', zone: 'z1' },
        door: { cidr: '10.0.255.0/28', table: 'door', zone: 'z1', acl: doorAcl },
        landing: { cidr: '10.7.255.0/28', network: 'egress', table: 'landing', zone: 'z1', acl: landingAcl },
        nat: { cidr: '10.7.0.0/28', network: 'egress', table: 'nat', zone: 'z1' },
      },
      tables: {
        private: ['10.0.0.0/16 local', '0.0.0.0/0 tgw'],
        door: ['10.0.0.0/16 local'],
        landing: landing ?? ['10.7.0.0/16 local', '0.0.0.0/0 natgw'],
        nat: natTable ?? ['10.7.0.0/16 local', '0.0.0.0/0 igw2', '10.0.0.0/16 tgw'],
      },
      gateways: [
        {
          kind: 'nat',
          id: 'natgw' as never,
          name: 'natgw',
          network: 'egress' as never,
          subnet: 'nat' as never,
          isAvailable: true,
          addresses: [{ ip: ipOf('10.7.0.5'), publicIp: ipOf('54.1.1.1') }],
          at: { source: 'aws', account: '', region: '', path: '', id: 'natgw' },
        },
        {
          kind: 'internet',
          id: 'igw2' as never,
          name: 'igw2',
          network: 'egress' as never,
          at: { source: 'aws', account: '', region: '', path: '', id: 'igw2' },
        },
        transitGateway(
          'tgw',
          {
            spoke: { to: 'vpc', subnets: ['door'], table: 'spokes' },
            hub: { to: 'egress', subnets: ['landing'], table: 'hubs' },
          },
          { spokes: ['0.0.0.0/0 hub'], hubs: ['10.0.0.0/16 spoke'], ...tables },
        ),
        peering('peer', ['vpc', 'egress']),
      ],
    });
  const allow = ['in allow all from any', 'out allow all to any'];
  const WEB = /tcp/;

  it('leads out and back', () => {
    const found = egress(analyse(spoke()));
    expect(found.map(({ endpoint: { name } }) => name)).toEqual(['a']);
    expect(found[0]?.sure[0]?.transport.toString()).toMatch(WEB);
    expect(asked(spoke(), 'a', INTERNET)).toBe('tcp; udp; icmp / tcp; udp; icmp');
  });

  const SAME = 'tcp; udp; icmp';
  it.each([
    [
      'no route from the NAT gateway back to the spoke',
      { natTable: ['10.7.0.0/16 local', '0.0.0.0/0 igw2'] },
      `${SAME} / no traffic`,
    ],
    [
      'RT8: a NAT gateway that answers by a peering',
      { natTable: ['10.7.0.0/16 local', '0.0.0.0/0 igw2', '10.0.0.0/16 peer'] },
      `${SAME} / ${SAME}`,
    ],
    ['no route in the hub’s table', { tables: { hubs: [] } }, `${SAME} / no traffic`],
    ['no default route in the spokes’ table', { tables: { spokes: ['10.7.0.0/16 hub'] } }, NO],
    [
      'an appliance before the NAT gateway',
      { landing: ['10.7.0.0/16 local', '0.0.0.0/0 unknown'] },
      '? all traffic / ? all traffic',
    ],
    [
      'straight to the internet gateway, which knows no such address',
      { landing: ['10.7.0.0/16 local', '0.0.0.0/0 igw2'] },
      NO,
    ],
    // the source of replies is the far end
    [
      'the landing’s ACL keeps internet addresses out',
      { acls: { odd: ['in deny all from 8.8.8.0/24', ...allow] }, landingAcl: 'odd' },
      `${SAME} / no traffic`,
    ],
    [
      'the landing’s ACL lets nothing out to the internet',
      { acls: { odd: ['out deny all to 8.8.8.0/24', ...allow] }, landingAcl: 'odd' },
      NO,
    ],
    [
      'the door’s ACL keeps the sender in',
      { acls: { odd: ['in deny all from 10.0.1.10/32', ...allow] }, doorAcl: 'odd' },
      NO,
    ],
    [
      'the door’s ACL lets nothing out to the client',
      { acls: { odd: ['out deny all to 10.0.1.10/32', ...allow] }, doorAcl: 'odd' },
      `${SAME} / no traffic`,
    ],
  ] as readonly (readonly [string, Hub, string])[])('%s', (_, spec, expected) => {
    const [forward = '', session] = asked(spoke(spec), 'a', INTERNET).split(' / ');
    // ICMP messages that expect no reply need no way back
    expect([forward, session?.replace(/^icmp .*$/, 'no traffic')].join(' / ')).toBe(expected);
  });
});
