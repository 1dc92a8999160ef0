import { describe, expect, it } from 'vitest';
import { compareIps, formatIp, parseIp, sameIp } from '#netset';
import type { Ip } from '#netset';

const v4 = (value: number): Ip => ({ family: 4, value });
const v6 = (value: bigint): Ip => ({ family: 6, value });

describe('reading an address', () => {
  it.each([
    { text: '0.0.0.0', ip: v4(0) },
    { text: '10.0.0.1', ip: v4(0x0a000001) },
    { text: '127.255.255.255', ip: v4(2 ** 31 - 1) },
    { text: '128.0.0.0', ip: v4(2 ** 31) },
    { text: '255.255.255.255', ip: v4(2 ** 32 - 1) },
    { text: '::', ip: v6(0n) },
    { text: '::1', ip: v6(1n) },
    { text: '2001:DB8::a', ip: v6(0x20010db8_00000000_00000000_0000000an) },
    { text: '2001:0db8:0000:0000:0000:0000:0000:000a', ip: v6(0x20010db8_00000000_00000000_0000000an) },
    // the longest that there is
    { text: '0000:0000:0000:0000:0000:ffff:255.255.255.255', ip: v6(0xffff_ffff_ffffn) },
    { text: '1:2:3:4:5:6:7::', ip: v6(0x00010002_00030004_00050006_00070000n) },
    { text: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', ip: v6(2n ** 128n - 1n) },
  ])('$text', ({ text, ip }) => {
    expect(parseIp(text)).toEqual(ip);
  });

  it.each([
    { text: '::ffff:192.0.2.1', ip: v6(0xffff_c0000201n), kind: 'mapped, dotted' },
    { text: '::ffff:c000:201', ip: v6(0xffff_c0000201n), kind: 'mapped, in groups' },
    { text: '::FFFF:192.0.2.1', ip: v6(0xffff_c0000201n), kind: 'mapped, in capitals' },
    { text: '0:0:0:0:0:ffff:192.0.2.1', ip: v6(0xffff_c0000201n), kind: 'mapped, in full' },
    { text: '::192.0.2.1', ip: v6(0xc0000201n), kind: 'compatible, which is not mapped' },
    { text: '64:ff9b::192.0.2.1', ip: v6(0x0064ff9b_00000000_00000000_c0000201n), kind: 'translated' },
  ])('$text ($kind) stays IPv6', ({ text, ip }) => {
    expect(parseIp(text)).toEqual(ip);
    expect(sameIp(ip, v4(0xc0000201))).toBe(false);
  });

  it.each([
    ...['', ' ', 'localhost', '10', '10.1', '10.0.1', '1.2.3.4.5', '1.2.3.', '.1.2.3', '1..2.3'],
    ...['256.0.0.1', '1000.0.0.1', '010.0.0.1', '10.0.0.01', '00.0.0.0', '0x0a.0.0.1', '167772161'],
    ...[
      '+1.0.0.0',
      '-1.0.0.0',
      '1e1.0.0.0',
      ' 10.0.0.1',
      '10.0.0.1 ',
      '10.0.0.1\n',
      '10.0.0.1/32',
      '١.0.0.1',
    ],
    ...[
      ':',
      ':::',
      '1::2::3',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
      '1:2:3:4::5:6:7:8',
      '12345::',
      '00000::',
    ],
    ...['g::', '::1 ', ' ::1', '::1\n', '[::1]', '::1/128', ':1', '1:', '::1:', '-1::'],
    ...['fe80::1%eth0', 'fe80::1%', 'fe80::1%25', '::ffff:10.1', '::ffff:010.0.0.1', '::ffff:256.0.0.1'],
    ...['1.2.3.4::', '1:2:3:4:5:6:7:1.2.3.4', '::1.2.3.4:5', '1::1.2.3.4.5', `${'0:'.repeat(40)}:`],
  ])('%j is no address', (text) => {
    expect(parseIp(text)).toBeUndefined();
  });
});

describe('writing an address', () => {
  it.each([
    { ip: v4(0xc0000201), text: '192.0.2.1' },
    { ip: v4(2 ** 32 - 1), text: '255.255.255.255' },
    { ip: v6(0n), text: '::' },
    { ip: v6(0x20010db8_00000000_00010000_00000001n), text: '2001:db8::1:0:0:1' },
    { ip: v6(0x20010db8_00010001_00000001_00010001n), text: '2001:db8:1:1:0:1:1:1' },
    { ip: v6(0x00010000_00000000_00020000_00000000n), text: '1::2:0:0:0' },
    { ip: v6(0xffff_c0000201n), text: '::ffff:192.0.2.1' },
    { ip: v6(0xc0000201n), text: '::c000:201' },
  ])('$text', ({ ip, text }) => {
    expect(formatIp(ip)).toBe(text);
  });
});

describe('the order of addresses', () => {
  it('puts IPv4 first, then the lower value', () => {
    const ips = [v6(1n), v4(9), v6(0n), v4(2), v4(2 ** 31)];
    expect([...ips].sort(compareIps)).toEqual([v4(2), v4(9), v4(2 ** 31), v6(0n), v6(1n)]);
    expect(compareIps(v4(3), v4(3))).toBe(0);
  });
});

describe('the same address', () => {
  it.each([
    { a: v4(1), b: v4(1), isSame: true },
    { a: v6(1n), b: v6(1n), isSame: true },
    { a: v4(1), b: v4(2), isSame: false },
    { a: v4(1), b: v6(1n), isSame: false },
  ])('%#: $isSame', ({ a, b, isSame }) => {
    expect(sameIp(a, b)).toBe(isSame);
  });
});
