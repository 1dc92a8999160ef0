import { describe, expect, it } from 'vitest';
import {
  cidrOf,
  describePoint,
  flowOf,
  icmpPoint,
  IntervalSet,
  IpSet,
  parseIp,
  protocolPoint,
  tcpPoint,
  TransportPool,
  TransportSet,
} from '#netset';
import type { Ip, SetId } from '#netset';

const ip = (text: string): Ip => parseIp(text) ?? expect.fail(`no address: ${text}`);

describe('what is refused is named in the error', () => {
  it.each<[string, () => unknown]>([
    ['not a port: 65536', () => tcpPoint(65_536)],
    ['not an ICMP type and code: 8/256', () => icmpPoint(8, 256)],
    ['not a protocol of one point: 6', () => protocolPoint(6)],
    ['not on the transport axis: 327936', () => describePoint(327_936)],
    ['no packet has the point 262150', () => TransportSet.point(262_150)],
    ['not the canonical spans of a transport set', () => TransportSet.fromSpans([1, 1])],
    ['a range ends before it begins: 25 to 20', () => TransportSet.tcp(25, 20)],
    ['ICMP code 3 of no type', () => TransportSet.icmp(undefined, 3)],
    ['the pool has no set 2', () => new TransportPool().valueOf(2 as SetId)],
    ['IPv4 has no prefix length 33', () => cidrOf(ip('10.0.0.0'), 33)],
    ['not a range of whole numbers: 2-1', () => IntervalSet.ofNumbers([[2, 1]])],
    ['not in IPv4 space', () => IpSet.ofRanges([[-1, 5]], [])],
    ['not in IPv6 space', () => IpSet.ofRanges([], [[0n, 2n ** 128n]])],
    ['a range has one family: 10.0.0.1 to ::1', () => IpSet.range(ip('10.0.0.1'), ip('::1'))],
    ['a range has one family: ::1 to 10.0.0.1', () => IpSet.range(ip('::1'), ip('10.0.0.1'))],
    ['not in IPv6 space', () => IpSet.ofRanges([], [[-1n, 0n]])],
    ['not a block of addresses: "10.1/16"', () => IpSet.parse('10.1/16')],
    ['no packet goes from 10.0.0.1 to ::1', () => flowOf(ip('10.0.0.1'), ip('::1'), 22)],
    ['no packet has the point -1', () => flowOf(ip('::2'), ip('::1'), -1)],
    [
      'icmp 8/0 (echo request) has no client port 40000',
      () => flowOf(ip('10.0.0.1'), ip('10.0.0.2'), icmpPoint(8, 0), 40_000),
    ],
  ])('%s', (text, make) => {
    expect(make).toThrow(new RangeError(text));
  });
});
