import { describe, expect, it } from 'vitest';
import { INTERNET, IpSet, TransportSet } from '#netset';
import { analyse, breadthOf, egress, exposures, ipsFor, openTo, type OutsideReach } from '#engine';
import { natGateway, networkOf } from '../../support/network.ts';

const INTERNET4 = INTERNET.intersect(IpSet.parse('0.0.0.0/0'));
const INTERNET6 = INTERNET.intersect(IpSet.parse('::/0'));

describe('how much of the internet is it', () => {
  it.each([
    ['all of it', INTERNET4, 4, 'whole'],
    ['all but a /8', INTERNET4.subtract(IpSet.parse('52.0.0.0/8')), 4, 'whole'],
    ['half of it', INTERNET4.intersect(IpSet.parse('0.0.0.0/1')), 4, 'wide'],
    ['a /8', IpSet.parse('52.0.0.0/8'), 4, 'wide'],
    ['a /9', IpSet.parse('52.0.0.0/9'), 4, 'limited'],
    ['an office', IpSet.parse('198.51.100.0/24'), 4, 'limited'],
    ['all of IPv6', INTERNET6, 6, 'whole'],
    ['all of IPv6 that anybody has', IpSet.parse('2000::/4'), 6, 'whole'],
    ['half of that', IpSet.parse('2000::/5'), 6, 'wide'],
    ['one registry', IpSet.parse('2600::/12'), 6, 'wide'],
    ['one provider', IpSet.parse('2600::/32'), 6, 'limited'],
  ] as const)('%s', (_, ips, family, expected) => {
    expect(breadthOf(ips, family)).toBe(expected);
  });
});

describe('what a wide part of the internet can reach', () => {
  const reach: readonly OutsideReach[] = [
    { ips: INTERNET4.intersect(IpSet.parse('0.0.0.0/1')), transport: TransportSet.tcp(20, 30) },
    { ips: INTERNET4.intersect(IpSet.parse('128.0.0.0/1')), transport: TransportSet.tcp(25, 80) },
  ];

  it('is the union of what enough addresses share', () => {
    expect(openTo(reach, 4, 'wide').toString()).toBe('tcp 20-80');
    expect(openTo(reach, 4, 'whole').toString()).toBe('tcp 25-30');
    expect(openTo([], 4, 'limited').isEmpty).toBe(true);
  });

  it('many limited ranges together are wide', () => {
    const pieces = Array.from({ length: 64 }, (_, i) => ({
      ips: IpSet.parse(`${String(64 + i)}.0.0.0/14`),
      transport: TransportSet.tcp(22).union(TransportSet.udp(i)),
    }));
    expect(openTo(pieces, 4, 'wide').toString()).toBe('tcp 22');
  });

  it('says from where a flow is possible', () => {
    expect(ipsFor(reach, TransportSet.tcp(22)).equals(reach[0]!.ips)).toBe(true);
    expect(ipsFor(reach, TransportSet.tcp(26)).equals(INTERNET4)).toBe(true);
    expect(ipsFor(reach, TransportSet.udp()).isEmpty).toBe(true);
  });
});

describe('what reaches the internet', () => {
  it('goes by public address or by NAT, as far as groups let it', () => {
    const network = networkOf({
      hosts: {
        a: { at: '10.0.0.10=203.0.113.10', groups: ['web'] },
        b: { at: '10.0.0.11', groups: ['web'] },
        c: { at: '10.0.1.10', groups: ['web'] },
      },
      groups: { web: ['out tcp/443 to any'] },
    });
    const found = egress(analyse(network)).map(
      ({ endpoint: { name }, family, sure }) =>
        `${name} v${String(family)} ${sure.map(({ transport }) => transport.toString()).join()}`,
    );
    expect(found).toEqual(['a v4 tcp 443']);
  });

  it('an endpoint with several addresses reaches what any of them does', () => {
    const network = networkOf({
      hosts: { a: { at: ['10.0.0.10=203.0.113.10', '10.0.0.11'], groups: ['web'] } },
      groups: { web: ['out all to any'] },
      gateways: [natGateway('nat', 'private', '10.0.1.200', '203.0.113.200')],
      tables: {
        public: ['10.0.0.0/16 local', '0.0.0.0/1 igw', '128.0.0.0/2 nat'],
        private: ['10.0.0.0/16 local', '0.0.0.0/0 igw'],
      },
    });
    const [found] = egress(analyse(network));
    expect(found?.sure.map(({ ips, transport }) => [ips.size4(), transport.toString()])).toEqual([
      [INTERNET4.intersect(IpSet.parse('0.0.0.0/1')).size4(), 'all traffic'],
      [INTERNET4.intersect(IpSet.parse('128.0.0.0/2')).size4(), 'tcp; udp; icmp'],
    ]);
  });

  it('tells neighbours of one class apart where the border of the NAT gateway does', () => {
    const network = networkOf({
      hosts: { c: { at: '10.0.1.10', groups: ['web'] }, d: { at: '10.0.1.11', groups: ['web'] } },
      groups: { web: ['out tcp/443 to any'] },
      gateways: [natGateway('nat', 'public', '10.0.0.200', '203.0.113.200')],
      acls: { nat: ['in deny all from 10.0.1.10', 'in allow all from any', 'out allow all to any'] },
      subnets: { public: { cidr: '10.0.0.0/24', table: 'public', acl: 'nat' } },
      tables: { private: ['10.0.0.0/16 local', '0.0.0.0/0 nat'] },
    });
    expect(egress(analyse(network)).map(({ endpoint: { name } }) => name)).toEqual(['d']);
  });
});

describe('who is exposed to the internet', () => {
  it('comes widest first, in both families', () => {
    const network = networkOf({
      hosts: { a: { at: ['10.0.0.10=203.0.113.10', '2600:1::10=2600:1::10'], groups: ['a'] } },
      groups: {
        a: [
          'in tcp/80 from 8.8.8.0/24,2600:7::/48',
          'in tcp/443 from 52.0.0.0/8,2600:8::/32',
          'in tcp/22 from any',
          'out all to any',
        ],
      },
    });
    const found = exposures(analyse(network)).map(({ family, sure }) => [
      family,
      ...sure.map(({ transport }) => transport.toString()),
    ]);
    expect(found).toEqual([
      [4, 'tcp 22', 'tcp 22,443', 'tcp 22,80'],
      [6, 'tcp 22', 'tcp 22,443', 'tcp 22,80'],
    ]);
  });
});
