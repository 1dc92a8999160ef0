import { describe, expect, it } from 'vitest';
import type { AclEntry } from './responses.ts';
import { ask, draw, entry, outcome } from './sketch.ts';

const CARDS = {
  client: { subnet: 's', ip: '10.0.0.10', ip6: '2001:db8:a::10' },
  server: { subnet: 't', ip: '10.0.1.20', ip6: '2001:db8:a:1::20' },
  mate: { subnet: 't', ip: '10.0.1.21' },
};
const OPEN = [entry(100, 'in', 'allow'), entry(100, 'out', 'allow')].flat();

/** The server's subnet has these entries inbound, and lets everything out. */
function admits(inbound: readonly AclEntry[], packet: string, six = false): boolean {
  const entries = [...inbound, ...entry(100, 'out', 'allow')];
  const account = draw({ subnets: { s: {}, t: { entries } }, cards: CARDS });
  const [from, to] = six ? ['client@2001:db8:a::10', 'server@2001:db8:a:1::20'] : ['client', 'server'];
  return ask(account, from, to, packet).forward;
}

const TCP = { Protocol: '6' };

describe('the entries of one list', () => {
  it.each<[line: string, entries: AclEntry[], packet: string, expected: boolean]>([
    ['NA1 none denies', [], 'tcp/22', false],
    [
      'NA1 the lower number wins',
      [...entry(10, 'in', 'deny', TCP), ...entry(20, 'in', 'allow')],
      'tcp/22',
      false,
    ],
    [
      'NA1 whatever the order in the response',
      [...entry(20, 'in', 'allow'), ...entry(10, 'in', 'deny', TCP)],
      'tcp/22',
      false,
    ],
    [
      'NA1 an allow before a deny',
      [...entry(20, 'in', 'deny'), ...entry(10, 'in', 'allow', TCP)],
      'tcp/22',
      true,
    ],
    [
      'NA1 the deny that comes last',
      [...entry(10, 'in', 'allow', TCP), ...entry(32767, 'in', 'deny')],
      'udp/22',
      false,
    ],
    ['NA1 egress entries do not count inbound', entry(10, 'out', 'allow'), 'tcp/22', false],
    ['NA6 ports', entry(10, 'in', 'allow', { ...TCP, PortRange: { From: 20, To: 22 } }), 'tcp/22', true],
    [
      'NA6 above the range',
      entry(10, 'in', 'allow', { ...TCP, PortRange: { From: 20, To: 22 } }),
      'tcp/23',
      false,
    ],
    [
      'NA6 below the range',
      entry(10, 'in', 'allow', { ...TCP, PortRange: { From: 20, To: 22 } }),
      'tcp/19',
      false,
    ],
    ['NA6 null is all ports', entry(10, 'in', 'allow', { ...TCP, PortRange: null }), 'tcp/23', true],
    ['NA6 absent is all ports', entry(10, 'in', 'allow', TCP), 'tcp/65535', true],
    ['NA6 "6" is tcp only', entry(10, 'in', 'allow', TCP), 'udp/22', false],
    [
      'NA6 47 has no ports',
      entry(10, 'in', 'allow', { Protocol: '47', PortRange: { From: 1, To: 1 } }),
      'proto/47',
      true,
    ],
    [
      'NA6 ICMP type',
      entry(10, 'in', 'allow', { Protocol: '1', IcmpTypeCode: { Type: 8, Code: -1 } }),
      'icmp/8/3',
      true,
    ],
    [
      'NA6 ICMP code',
      entry(10, 'in', 'allow', { Protocol: '1', IcmpTypeCode: { Type: 8, Code: 0 } }),
      'icmp/8/3',
      false,
    ],
    [
      'NA6 any ICMP',
      entry(10, 'in', 'allow', { Protocol: '1', IcmpTypeCode: { Type: -1, Code: -1 } }),
      'icmp/5/5',
      true,
    ],
    ['NA6 no ICMP type is any', entry(10, 'in', 'allow', { Protocol: '1' }), 'icmp/5/5', true],
    ['NA6 ICMPv6 is apart', entry(10, 'in', 'allow', { Protocol: '58' }), 'icmp/8/0', false],
    ['NA4 the source as it is', entry(10, 'in', 'allow', { CidrBlock: '10.0.0.10/32' }), 'tcp/22', true],
    ['NA4 a neighbour', entry(10, 'in', 'allow', { CidrBlock: '10.0.0.11/32' }), 'tcp/22', false],
    [
      'NA6 an IPv6 entry says nothing of IPv4',
      entry(10, 'in', 'allow', { Ipv6CidrBlock: '::/0' }),
      'tcp/22',
      false,
    ],
  ])('%s', (_, entries, packet, expected) => {
    expect(admits(entries, packet)).toBe(expected);
  });

  it.each<[line: string, entries: AclEntry[], expected: boolean]>([
    ['NA6 an IPv6 entry', entry(10, 'in', 'allow', { Ipv6CidrBlock: '2001:db8:a::/64' }), true],
    ['NA6 an IPv4 entry says nothing of IPv6', entry(10, 'in', 'allow', { CidrBlock: '0.0.0.0/0' }), false],
  ])('%s', (_, entries, expected) => {
    expect(admits(entries, 'tcp/22', true)).toBe(expected);
  });
});

describe('where ACLs stand', () => {
  const closed = draw({ subnets: { s: {}, t: { entries: [] } }, cards: CARDS });

  it('NA3 they are not asked within a subnet', () => {
    expect(outcome(closed, 'mate', 'server')).toBe('session');
  });

  it('they are asked on the way into another subnet, which changes nothing about routing', () => {
    expect(outcome(closed, 'client', 'server')).toBe('routed');
  });

  it('they are asked on the way out, by the destination address', () => {
    const entries = [...entry(10, 'out', 'deny', { CidrBlock: '10.0.1.20/32' }), ...OPEN];
    const account = draw({ subnets: { s: { entries }, t: {} }, cards: CARDS });
    expect(outcome(account, 'client', 'server')).toBe('routed');
    expect(outcome(account, 'client', 'mate')).toBe('session');
  });
});

describe('NA2 the way back', () => {
  const CLIENT = '10.0.0.10/32';
  const replies = (range: { From: number; To: number } | undefined, protocol = '6') =>
    draw({
      subnets: {
        s: {},
        t: {
          entries: [
            ...entry(10, 'in', 'allow'),
            ...(range === undefined
              ? []
              : entry(10, 'out', 'allow', { Protocol: protocol, PortRange: range })),
          ],
        },
      },
      cards: CARDS,
    });

  it.each([
    ['all ports', { From: 0, To: 65535 }, 'session'],
    ['the usual range of Linux', { From: 32768, To: 60999 }, 'session'],
    ['one port', { From: 5000, To: 5000 }, 'session'],
    ['the first client port', { From: 0, To: 1024 }, 'session'],
    ['only ports below those of clients', { From: 0, To: 1023 }, 'forward'],
    ['nothing', undefined, 'forward'],
  ])('replies to %s', (_, range, expected) => {
    expect(outcome(replies(range), 'client', 'server')).toBe(expected);
  });

  it.each([
    [5000, false],
    [5001, true],
    [5002, true],
    [5003, false],
  ])('client port %i gets its answer: %s', (port, expected) => {
    const answer = ask(replies({ From: 5001, To: 5002 }), 'client', 'server', 'tcp/22');
    expect(answer.reply(port)).toBe(expected);
  });

  it('the same client port must pass both ACLs', () => {
    const entries = (range: { From: number; To: number }) => [
      ...entry(10, 'in', 'allow', { Protocol: '6', PortRange: range }),
      ...entry(10, 'out', 'allow', { Protocol: '6', PortRange: range }),
      ...entry(20, 'in', 'allow', { Protocol: '6', PortRange: { From: 22, To: 22 } }),
      ...entry(20, 'out', 'allow', { Protocol: '6', PortRange: { From: 22, To: 22 } }),
    ];
    const low = entries({ From: 1024, To: 2000 });
    const apart = draw({
      subnets: { s: { entries: low }, t: { entries: entries({ From: 2001, To: 3000 }) } },
      cards: CARDS,
    });
    const touching = draw({
      subnets: { s: { entries: low }, t: { entries: entries({ From: 2000, To: 3000 }) } },
      cards: CARDS,
    });
    expect(outcome(apart, 'client', 'server')).toBe('forward');
    expect(outcome(touching, 'client', 'server')).toBe('session');
    expect(ask(touching, 'client', 'server', 'tcp/22').reply(2000)).toBe(true);
  });

  it('a udp reply needs udp', () => {
    expect(outcome(replies({ From: 0, To: 65535 }), 'client', 'server', 'udp/53')).toBe('forward');
    expect(outcome(replies({ From: 0, To: 65535 }, '17'), 'client', 'server', 'udp/53')).toBe('session');
  });

  it.each<[line: string, packet: string, entries: AclEntry[], expected: string]>([
    ['an echo request is answered by type 0', 'icmp/8/0', icmp('1', 0), 'session'],
    ['not by type 8', 'icmp/8/0', icmp('1', 8), 'forward'],
    ['a timestamp request by type 14', 'icmp/13/0', icmp('1', 14), 'session'],
    ['not by type 0', 'icmp/13/0', icmp('1', 0), 'forward'],
    ['an echo reply is not answered', 'icmp/0/0', [], 'session'],
    ['nor is an error', 'icmp/3/4', [], 'session'],
    [
      'another protocol answers by itself',
      'proto/47',
      entry(10, 'out', 'allow', { Protocol: '47' }),
      'session',
    ],
    ['and needs to be let out', 'proto/47', entry(10, 'out', 'allow', { Protocol: '50' }), 'forward'],
  ])('%s', (_, packet, outbound, expected) => {
    const account = draw({
      subnets: { s: {}, t: { entries: [...entry(10, 'in', 'allow'), ...outbound] } },
      cards: CARDS,
    });
    expect(outcome(account, 'client', 'server', packet)).toBe(expected);
  });

  it.each<[line: string, packet: string, type: number, expected: string]>([
    ['an ICMPv6 echo request is answered by type 129', 'icmpv6/128/0', 129, 'session'],
    ['not by type 128', 'icmpv6/128/0', 128, 'forward'],
    ['other ICMPv6 messages are not answered', 'icmpv6/1/0', 128, 'session'],
  ])('%s', (_, packet, type, expected) => {
    const account = draw({
      subnets: { s: {}, t: { entries: [...entry(10, 'in', 'allow'), ...icmp('58', type)] } },
      cards: CARDS,
    });
    const [from, to] = ['client@2001:db8:a::10', 'server@2001:db8:a:1::20'];
    expect(outcome(account, from, to, packet)).toBe(expected);
  });

  it('the answer goes to the client, so its address is what counts', () => {
    const entries = [...entry(10, 'in', 'allow'), ...entry(10, 'out', 'allow', { CidrBlock: CLIENT })];
    const account = draw({ subnets: { s: {}, t: { entries } }, cards: CARDS });
    expect(outcome(account, 'client', 'server')).toBe('session');
  });

  it('a session from one client port asks for that port alone', () => {
    const account = replies({ From: 5001, To: 5002 });
    expect(ask(account, 'client', 'server', 'tcp/22', 5001).session).toBe(true);
    expect(ask(account, 'client', 'server', 'tcp/22', 40000).session).toBe(false);
  });
});

function icmp(protocol: string, type: number): AclEntry[] {
  return entry(10, 'out', 'allow', { Protocol: protocol, IcmpTypeCode: { Type: type, Code: -1 } });
}
