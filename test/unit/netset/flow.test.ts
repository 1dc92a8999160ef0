import { describe, expect, it } from 'vitest';
import { describeFlow, flowOf, icmpPoint, parseIp, tcpPoint, udpPoint } from '#netset';
import type { Ip } from '#netset';

const ip = (text: string): Ip => parseIp(text) ?? expect.fail(`no address: ${text}`);

describe('a flow for people', () => {
  it.each([
    { flow: flowOf(ip('203.0.113.9'), ip('10.0.0.5'), tcpPoint(22)), text: '203.0.113.9 → 10.0.0.5 tcp 22' },
    {
      flow: flowOf(ip('203.0.113.9'), ip('10.0.0.5'), udpPoint(53), 40_000),
      text: '203.0.113.9 → 10.0.0.5 udp 53 from port 40000',
    },
    {
      flow: flowOf(ip('2001:db8::9'), ip('2001:db8::5'), icmpPoint(8, 0)),
      text: '2001:db8::9 → 2001:db8::5 icmp 8/0 (echo request)',
    },
  ])('$text', ({ flow, text }) => {
    expect(describeFlow(flow)).toBe(text);
  });
});

describe('what is no flow', () => {
  const [a, b] = [ip('203.0.113.9'), ip('10.0.0.5')];
  it.each([
    { made: 'between families', make: () => flowOf(a, ip('::1'), tcpPoint(22)) },
    { made: 'with a point off the axis', make: () => flowOf(a, b, 327_936) },
    { made: 'with a point that names no packet', make: () => flowOf(a, b, 262_150) },
    { made: 'with an impossible client port', make: () => flowOf(a, b, tcpPoint(22), 65_536) },
    { made: 'of ICMP with a client port', make: () => flowOf(a, b, icmpPoint(8, 0), 40_000) },
  ])('one $made throws', ({ make }) => {
    expect(make).toThrow(RangeError);
  });
});
