import { describe, expect, it } from 'vitest';
import {
  addressOf,
  blockOf,
  formatAddress,
  formatBlock,
  isInternet,
  isWithin,
  parseAddress,
  parseBlock,
} from './address.ts';

describe('addresses', () => {
  it.each([
    ['0.0.0.0', 0n],
    ['10.0.0.1', 0x0a000001n],
    ['255.255.255.255', 0xffffffffn],
    ['::', 0n],
    ['::1', 1n],
    ['2001:db8::', 0x20010db8n << 96n],
    ['2001:db8:0:100::10', (0x20010db800000100n << 64n) + 0x10n],
    ['1:2:3:4:5:6:7:8', 0x00010002000300040005000600070008n],
  ])('%s is read and written', (text, bits) => {
    expect(parseAddress(text)?.bits).toBe(bits);
    expect(formatAddress(addressOf(text))).toBe(text);
  });

  it.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '256.0.0.1',
    '01.2.3.4',
    '1:2',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7:8:9',
    'g::',
  ])('"%s" is none', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });
});

describe('blocks', () => {
  it.each([
    ['10.0.0.0/28', '10.0.0.0', '10.0.0.15'],
    ['10.0.0.9/28', '10.0.0.0', '10.0.0.15'],
    ['0.0.0.0/0', '0.0.0.0', '255.255.255.255'],
    ['10.0.0.7/32', '10.0.0.7', '10.0.0.7'],
    ['2001:db8::/64', '2001:db8::', '2001:db8::ffff:ffff:ffff:ffff'],
    ['::/0', '::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ])('%s goes from %s to %s', (text, first, last) => {
    const block = blockOf(text);
    expect([block.first, block.last]).toEqual([addressOf(first).bits, addressOf(last).bits]);
  });

  it.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.0/-1', '::/129', 'banana', 'banana/8'])(
    '"%s" is none',
    (text) => {
      expect(parseBlock(text)).toBeUndefined();
    },
  );

  it('keeps the families apart', () => {
    expect(isWithin(addressOf('::1'), blockOf('0.0.0.0/0'))).toBe(false);
    expect(isWithin(addressOf('0.0.0.1'), blockOf('::/0'))).toBe(false);
    expect(formatBlock(blockOf('2001:db8::/32'))).toBe('2001:db8::/32');
  });
});

it.each([
  ['9.255.255.255', true],
  ['10.0.0.0', false],
  ['10.255.255.255', false],
  ['11.0.0.0', true],
  ['100.63.255.255', true],
  ['100.64.0.0', false],
  ['169.254.169.254', false],
  ['172.15.255.255', true],
  ['172.16.0.0', false],
  ['172.32.0.0', true],
  ['192.0.0.255', false],
  ['192.0.1.0', true],
  ['192.0.2.1', true],
  ['192.168.255.255', false],
  ['198.17.255.255', true],
  ['198.19.255.255', false],
  ['203.0.113.5', true],
  ['223.255.255.255', true],
  ['224.0.0.0', false],
  ['255.255.255.255', false],
  ['0.1.2.3', false],
  ['1fff:ffff::', false],
  ['2000::', true],
  ['3fff:ffff::', true],
  ['4000::', false],
  ['fd00::1', false],
  ['fe80::1', false],
])('%s is public space: %s', (text, expected) => {
  expect(isInternet(addressOf(text))).toBe(expected);
});
