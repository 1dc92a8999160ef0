import { describe, expect, it } from 'vitest';
import {
  describePoint,
  icmpOfPoint,
  icmpPoint,
  icmpv6Point,
  parseTransport,
  portOfPoint,
  protocolOfPoint,
  protocolPoint,
  TransportSet,
} from '#netset';

const { ALL, NONE } = TransportSet;
const { tcp, udp, icmp, icmpv6, sctp, protocol } = {
  tcp: TransportSet.tcp.bind(TransportSet),
  udp: TransportSet.udp.bind(TransportSet),
  icmp: TransportSet.icmp.bind(TransportSet),
  icmpv6: TransportSet.icmpv6.bind(TransportSet),
  sctp: TransportSet.sctp.bind(TransportSet),
  protocol: TransportSet.protocol.bind(TransportSet),
};
const allOf = (...sets: TransportSet[]): TransportSet => TransportSet.unionOf(sets);

describe('making transport sets', () => {
  it.each([
    { made: 'all', set: ALL, spans: [0, 327_936] },
    { made: 'none', set: NONE, spans: [] },
    { made: 'tcp()', set: tcp(), spans: [0, 65_536] },
    { made: 'tcp(22)', set: tcp(22), spans: [22, 23] },
    { made: 'tcp(0)', set: tcp(0), spans: [0, 1] },
    { made: 'tcp(20, 25)', set: tcp(20, 25), spans: [20, 26] },
    { made: 'udp()', set: udp(), spans: [65_536, 131_072] },
    { made: 'udp(0)', set: udp(0), spans: [65_536, 65_537] },
    { made: 'udp(53)', set: udp(53), spans: [65_589, 65_590] },
    { made: 'icmp()', set: icmp(), spans: [131_072, 196_608] },
    { made: 'icmp(8)', set: icmp(8), spans: [133_120, 133_376] },
    { made: 'icmp(8, 0)', set: icmp(8, 0), spans: [133_120, 133_121] },
    { made: 'icmpv6()', set: icmpv6(), spans: [196_608, 262_144] },
    { made: 'icmpv6(128, 0)', set: icmpv6(128, 0), spans: [229_376, 229_377] },
    { made: 'protocol(6)', set: protocol(6), spans: [0, 65_536] },
    { made: 'protocol(17)', set: protocol(17), spans: [65_536, 131_072] },
    { made: 'protocol(1)', set: protocol(1), spans: [131_072, 196_608] },
    { made: 'protocol(58)', set: protocol(58), spans: [196_608, 262_144] },
    { made: 'protocol(47)', set: protocol(47), spans: [262_191, 262_192] },
    { made: 'sctp(9000, 9001)', set: sctp(9000, 9001), spans: [271_400, 271_402] },
    { made: 'protocol(132)', set: protocol(132), spans: [262_400, 327_936] },
    { made: 'protocol(131), with the unused point after it', set: protocol(131), spans: [262_275, 262_277] },
    { made: 'protocol(255)', set: protocol(255), spans: [262_399, 262_400] },
    { made: 'protocol(5), with the unused point after it', set: protocol(5), spans: [262_149, 262_151] },
    { made: 'point(0)', set: TransportSet.point(0), spans: [0, 1] },
    { made: 'point(22)', set: TransportSet.point(22), spans: [22, 23] },
  ])('$made', ({ set, spans }) => {
    expect(set.spans).toEqual(spans);
    expect(TransportSet.fromSpans(spans).equals(set)).toBe(true);
  });

  it.each([
    { made: 'port 65536', make: () => tcp(65_536) },
    { made: 'port -1', make: () => udp(-1) },
    { made: 'half a port', make: () => tcp(0.5) },
    { made: 'ports backwards', make: () => tcp(25, 20) },
    { made: 'a range beyond the ports', make: () => tcp(20, 65_536) },
    { made: 'ICMP type 256', make: () => icmp(256) },
    { made: 'ICMP code 256', make: () => icmp(0, 256) },
    { made: 'ICMP type -1', make: () => icmpv6(-1) },
    { made: 'a code without a type', make: () => icmp(undefined, 3) },
    { made: 'protocol 256', make: () => protocol(256) },
    { made: 'protocol -1', make: () => protocol(-1) },
    { made: 'a point off the axis', make: () => TransportSet.point(327_936) },
    { made: 'a point that names no packet', make: () => TransportSet.point(262_150) },
    { made: 'the point of TCP', make: () => TransportSet.point(protocolPoint(6)) },
    { made: 'odd spans', make: () => TransportSet.fromSpans([1]) },
    { made: 'empty span', make: () => TransportSet.fromSpans([1, 1]) },
    { made: 'touching spans', make: () => TransportSet.fromSpans([1, 2, 2, 3]) },
    { made: 'spans out of order', make: () => TransportSet.fromSpans([5, 6, 1, 2]) },
    { made: 'a span below the axis', make: () => TransportSet.fromSpans([-1, 2]) },
    { made: 'a span beyond the axis', make: () => TransportSet.fromSpans([1, 327_937]) },
    { made: 'a span to an unused point', make: () => TransportSet.fromSpans([262_149, 262_150]) },
  ])('$made throws', ({ make }) => {
    expect(make).toThrow(RangeError);
  });
});

describe('transport sets as text', () => {
  it.each([
    { set: ALL, text: 'all traffic' },
    { set: NONE, text: 'no traffic' },
    {
      set: allOf(tcp(22), tcp(80, 90), udp(53), icmp(8, 0), protocol(47)),
      text: 'tcp 22,80-90; udp 53; icmp 8/0; protocol 47',
    },
    { set: tcp(), text: 'tcp' },
    { set: tcp(0, 65_534), text: 'tcp 0-65534' },
    { set: tcp(65_535), text: 'tcp 65535' },
    { set: allOf(tcp(65_535), udp(0)), text: 'tcp 65535; udp 0' },
    { set: allOf(tcp(), udp()), text: 'tcp; udp' },
    { set: allOf(tcp(1, 65_535), udp()), text: 'tcp 1-65535; udp' },
    { set: icmp(3), text: 'icmp 3' },
    { set: allOf(icmp(3), icmp(4)), text: 'icmp 3-4' },
    { set: allOf(icmp(3, 255), icmp(4)), text: 'icmp 3/255,4' },
    { set: allOf(icmp(3), icmp(4, 0)), text: 'icmp 3,4/0' },
    { set: allOf(icmp(3, 254), icmp(3, 255), icmp(4, 0)), text: 'icmp 3/254-255,4/0' },
    { set: allOf(icmp(3, 1), icmp(3, 2), icmpv6(128)), text: 'icmp 3/1-2; icmpv6 128' },
    { set: icmp(255, 255), text: 'icmp 255/255' },
    { set: icmpv6(), text: 'icmpv6' },
    { set: allOf(protocol(5), protocol(7)), text: 'protocol 5,7' },
    { set: protocol(5), text: 'protocol 5' },
    { set: allOf(protocol(50), protocol(51)), text: 'protocol 50-51' },
    { set: ALL.subtract(tcp()), text: 'udp; icmp; icmpv6; other protocols; sctp' },
    { set: ALL.subtract(tcp(22)), text: 'tcp 0-21,23-65535; udp; icmp; icmpv6; other protocols; sctp' },
    { set: sctp(7777).union(sctp(132, 140)), text: 'sctp 132-140,7777' },
    {
      set: ALL.subtract(protocol(47)),
      text: 'tcp; udp; icmp; icmpv6; protocol 0,2-5,7-16,18-46,48-57,59-131,133-255; sctp',
    },
  ])('$text', ({ set, text }) => {
    expect(set.toString()).toBe(text);
    expect(parseTransport(text)?.spans).toEqual(set.spans);
  });

  it.each([
    { text: 'tcp/22', set: tcp(22) },
    { text: 'TCP/22', set: tcp(22) },
    { text: 'tcp/20-25', set: tcp(20, 25) },
    { text: 'tcp/22,80', set: allOf(tcp(22), tcp(80)) },
    { text: 'tcp/22;udp/53', set: allOf(tcp(22), udp(53)) },
    { text: 'tcp 22, 80 ; udp', set: allOf(tcp(22), tcp(80), udp()) },
    { text: 'udp', set: udp() },
    { text: 'icmp/8/0', set: icmp(8, 0) },
    { text: 'icmp/8', set: icmp(8) },
    { text: 'icmpv6', set: icmpv6() },
    { text: 'icmpv6/128/0', set: icmpv6(128, 0) },
    { text: 'proto/47', set: protocol(47) },
    { text: 'proto/6', set: tcp() },
    { text: 'proto/gre', set: protocol(47) },
    { text: 'protocol 0-255', set: ALL },
    { text: 'gre', set: protocol(47) },
    { text: 'all', set: ALL },
    { text: 'none', set: NONE },
  ])('$text is read as $set', ({ text, set }) => {
    expect(parseTransport(text)?.spans).toEqual(set.spans);
  });

  it.each([
    ...[
      '',
      ' ',
      ';',
      'tcp;',
      'tcp/',
      'tcp//22',
      'tcp/22/23',
      'tcp/65536',
      'tcp/25-20',
      'tcp/-1',
      'tcp/022',
      'tcp/ssh',
    ],
    ...[
      'tcp:22',
      '22',
      '6',
      '6/22',
      '47',
      'tcp 22 80',
      'tcp/22,',
      'icmp/256',
      'icmp/8/256',
      'icmp/8/0/0',
      'icmp/3-5/1',
      'icmp//0',
    ],
    ...[
      'proto',
      'proto/',
      'proto/256',
      'proto/-1',
      'gre/22',
      'gre 1',
      'any',
      'other',
      'all/22',
      'tcp\u001b[31m/22',
    ],
  ])('%j is no transport', (text) => {
    expect(parseTransport(text)).toBeUndefined();
  });
});

describe('points', () => {
  it.each([
    { point: 22, protocol: 6, text: 'tcp 22' },
    { point: 65_535, protocol: 6, text: 'tcp 65535' },
    { point: 65_536, protocol: 17, text: 'udp 0' },
    { point: 131_071, protocol: 17, text: 'udp 65535' },
    { point: 131_072, protocol: 1, text: 'icmp 0/0 (echo reply)' },
    { point: 133_120, protocol: 1, text: 'icmp 8/0 (echo request)' },
    { point: 131_072 + 3 * 256 + 4, protocol: 1, text: 'icmp 3/4 (fragmentation needed)' },
    { point: 196_607, protocol: 1, text: 'icmp 255/255' },
    { point: 196_608, protocol: 58, text: 'icmpv6 0/0' },
    { point: 229_376, protocol: 58, text: 'icmpv6 128/0 (echo request)' },
    { point: 262_143, protocol: 58, text: 'icmpv6 255/255' },
    { point: 262_144, protocol: 0, text: 'protocol 0 (hopopt)' },
    { point: 262_150, protocol: 5, text: 'protocol 5' },
    { point: 262_191, protocol: 47, text: 'protocol 47 (gre)' },
    { point: 262_344, protocol: 200, text: 'protocol 200' },
    { point: 262_400, protocol: 132, text: 'sctp 0' },
    { point: 327_935, protocol: 132, text: 'sctp 65535' },
  ])('$point is $text', ({ point, protocol: number, text }) => {
    expect(describePoint(point)).toBe(text);
    expect(protocolOfPoint(point)).toBe(number);
  });

  it.each([-1, 327_936, 0.5, Number.NaN])('%d is none', (point) => {
    expect(() => describePoint(point)).toThrow(RangeError);
    expect(ALL.has(point) && Number.isInteger(point)).toBe(false);
  });

  it('have the numbers of their block, and no others', () => {
    expect([icmpPoint(8, 0), icmpv6Point(128, 0)]).toEqual([133_120, 229_376]);
    expect([0, 65_536, -1, 131_072].map(portOfPoint)).toEqual([0, 0, undefined, undefined]);
    expect([22, 131_073, 262_144].map(icmpOfPoint)).toEqual([undefined, { type: 0, code: 1 }, undefined]);
  });

  it('the lowest of a set is its first', () => {
    expect([NONE.first(), udp(53).union(tcp(22, 23)).first()]).toEqual([undefined, 22]);
  });
});

describe('the ports of a protocol', () => {
  const set = allOf(tcp(22), tcp(80, 90), udp(53), icmp());
  it.each([
    {
      of: set,
      number: 6,
      ports: [
        { first: 22, last: 22 },
        { first: 80, last: 90 },
      ],
    },
    { of: set, number: 17, ports: [{ first: 53, last: 53 }] },
    { of: ALL, number: 6, ports: [{ first: 0, last: 65_535 }] },
    { of: ALL, number: 17, ports: [{ first: 0, last: 65_535 }] },
    { of: icmp(), number: 17, ports: [] },
  ] as const)('$number in $of', ({ of, number, ports }) => {
    expect(of.portsOf(number)).toEqual(ports);
  });
});

describe('a transport set', () => {
  it('cannot be changed from outside', () => {
    expect(Object.isFrozen(tcp(22).spans)).toBe(true);
    expect(Object.isFrozen(tcp(22).union(udp()).spans)).toBe(true);
  });
});
