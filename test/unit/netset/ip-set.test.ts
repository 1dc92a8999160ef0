import { describe, expect, it } from 'vitest';
import { ALL_IPS, ALL_IPV4, ALL_IPV6, INTERNET, IpSet, parseIp } from '#netset';
import type { Ip } from '#netset';

const ip = (text: string): Ip => parseIp(text) ?? expect.fail(`no address: ${text}`);

describe('a set of addresses as text', () => {
  it.each([
    { set: IpSet.NONE, text: 'no addresses' },
    { set: IpSet.parse('10.0.0.0/8', '192.0.2.1'), text: '10.0.0.0/8, 192.0.2.1' },
    { set: IpSet.parse('10.0.0.0/9', '10.128.0.0/9'), text: '10.0.0.0/8' },
    {
      set: IpSet.range(ip('10.0.0.1'), ip('10.0.0.6')),
      text: '10.0.0.1, 10.0.0.2/31, 10.0.0.4/31, 10.0.0.6',
    },
    { set: ALL_IPV4, text: '0.0.0.0/0' },
    { set: ALL_IPV6, text: '::/0' },
    { set: ALL_IPS, text: '0.0.0.0/0, ::/0' },
    { set: IpSet.of(ip('::1'), ip('10.0.0.1')), text: '10.0.0.1, ::1' },
    { set: IpSet.parse('2001:db8::/33', '2001:db8:8000::/33'), text: '2001:db8::/32' },
  ])('$text', ({ set, text }) => {
    expect(set.toString()).toBe(text);
  });
});

describe('sizes', () => {
  it.each([
    { set: ALL_IPS, size4: 2 ** 32, size6: 2n ** 128n },
    { set: IpSet.NONE, size4: 0, size6: 0n },
    { set: IpSet.parse('10.0.0.0/24', '10.0.2.0/24', '::/120'), size4: 512, size6: 256n },
  ])('$set', ({ set, size4, size6 }) => {
    expect([set.size4(), set.size6()]).toEqual([size4, size6]);
  });
});

describe('the two families', () => {
  it('never meet', () => {
    const mapped = IpSet.parse('::ffff:0:0/96');
    expect(mapped.overlaps(ALL_IPV4)).toBe(false);
    expect(mapped.has(ip('10.0.0.1'))).toBe(false);
    expect(mapped.has(ip('::ffff:10.0.0.1'))).toBe(true);
    expect(ALL_IPS.subtract(ALL_IPV4).equals(ALL_IPV6)).toBe(true);
  });
});

describe('what is no set of addresses', () => {
  it.each([
    { made: 'a range over both families', make: () => IpSet.range(ip('10.0.0.1'), ip('::1')) },
    { made: 'a range backwards', make: () => IpSet.range(ip('10.0.0.2'), ip('10.0.0.1')) },
    { made: 'a block that is none', make: () => IpSet.parse('10.0.0.0/8', '10.1/16') },
    { made: 'an address below the space', make: () => IpSet.of({ family: 4, value: -1 }) },
    { made: 'an address above IPv4', make: () => IpSet.of({ family: 4, value: 2 ** 32 }) },
    { made: 'an address above IPv6', make: () => IpSet.of({ family: 6, value: 2n ** 128n }) },
    { made: 'a fraction', make: () => IpSet.of({ family: 4, value: 0.5 }) },
  ])('$made throws', ({ make }) => {
    expect(make).toThrow(RangeError);
  });
});

describe('the internet', () => {
  it.each([
    ...[
      '1.0.0.0',
      '9.255.255.255',
      '11.0.0.0',
      '100.63.255.255',
      '100.128.0.0',
      '126.255.255.255',
      '128.0.0.0',
    ],
    ...['169.253.255.255', '169.255.0.0', '172.15.255.255', '172.32.0.0', '191.255.255.255', '192.0.1.0'],
    ...['192.167.255.255', '192.169.0.0', '198.17.255.255', '198.20.0.0', '223.255.255.255'],
    ...[
      '192.0.2.1',
      '198.51.100.1',
      '203.0.113.1',
      '2000::',
      '2001:db8::1',
      '3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    ],
  ])('has %s', (text) => {
    expect(INTERNET.has(ip(text))).toBe(true);
  });
  it.each([
    ...[
      '0.0.0.0',
      '0.255.255.255',
      '10.0.0.0',
      '10.255.255.255',
      '100.64.0.0',
      '100.127.255.255',
      '127.0.0.1',
    ],
    ...[
      '169.254.0.0',
      '169.254.169.254',
      '169.254.255.255',
      '172.16.0.0',
      '172.31.255.255',
      '192.0.0.0',
      '192.0.0.255',
    ],
    ...[
      '192.168.0.0',
      '192.168.255.255',
      '198.18.0.0',
      '198.19.255.255',
      '224.0.0.0',
      '240.0.0.0',
      '255.255.255.255',
    ],
    ...['::1', '1fff::', '4000::', 'fd00::1', 'fe80::1', 'ff02::1', '::ffff:8.8.8.8'],
  ])('does not have %s', (text) => {
    expect(INTERNET.has(ip(text))).toBe(false);
  });
});
