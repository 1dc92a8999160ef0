import { describe, expect, it } from 'vitest';
import { cidrCovers, cidrHas, cidrOf, compareCidrs, formatCidr, parseCidr, parseIp } from '#netset';
import type { Cidr, Ip } from '#netset';

const ip = (text: string): Ip => parseIp(text) ?? expect.fail(`no address: ${text}`);
const cidr = (text: string): Cidr => parseCidr(text) ?? expect.fail(`no block: ${text}`);

describe('reading a block', () => {
  it.each([
    { text: '0.0.0.0/0', is: { family: 4, first: 0, last: 2 ** 32 - 1, prefix: 0 } },
    { text: '10.0.0.0/8', is: { family: 4, first: 0x0a000000, last: 0x0affffff, prefix: 8 } },
    { text: '10.1.2.3/8', is: { family: 4, first: 0x0a000000, last: 0x0affffff, prefix: 8 } },
    { text: '255.255.255.255/1', is: { family: 4, first: 2 ** 31, last: 2 ** 32 - 1, prefix: 1 } },
    { text: '192.0.2.1/32', is: { family: 4, first: 0xc0000201, last: 0xc0000201, prefix: 32 } },
    { text: '192.0.2.1', is: { family: 4, first: 0xc0000201, last: 0xc0000201, prefix: 32 } },
    { text: '::/0', is: { family: 6, first: 0n, last: 2n ** 128n - 1n, prefix: 0 } },
    { text: '::5/127', is: { family: 6, first: 4n, last: 5n, prefix: 127 } },
    { text: '::5', is: { family: 6, first: 5n, last: 5n, prefix: 128 } },
    {
      text: '::ffff:10.0.0.0/104',
      is: { family: 6, first: 0xffff_0a000000n, last: 0xffff_0affffffn, prefix: 104 },
    },
  ])('$text', ({ text, is }) => {
    expect(parseCidr(text)).toEqual(is);
  });

  it.each([
    ...['', '/', '/8', '10.0.0.0/', '10.0.0.0/33', '::/129', '10.0.0.0/08', '10.0.0.0/+8', '10.0.0.0/-1'],
    ...[
      '10.0.0.0/8/8',
      '10.0.0.0/8 ',
      '10.0.0.0 /8',
      '10.0.0.0/8.0',
      '10.0.0.0/255.0.0.0',
      '10/8',
      '10.0/16',
    ],
    ...['010.0.0.0/8', 'fe80::%1/64', '10.0.0.0/1e1', '10.0.0.0/0x8', '10.0.0.0/99999999999999999999'],
  ])('%j is no block', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });
});

describe('a block', () => {
  it.each(['0.0.0.0/0', '10.0.0.0/8', '192.0.2.1/32', '::/0', '2001:db8::/32', '::1/128'])(
    '%s is written as it was read',
    (text) => {
      expect(formatCidr(cidr(text))).toBe(text);
    },
  );

  it.each([
    { block: '10.0.0.0/8', address: '10.0.0.0', has: true },
    { block: '10.0.0.0/8', address: '10.255.255.255', has: true },
    { block: '10.0.0.0/8', address: '9.255.255.255', has: false },
    { block: '10.0.0.0/8', address: '11.0.0.0', has: false },
    { block: '0.0.0.0/0', address: '::1', has: false },
    { block: '::/0', address: '10.0.0.1', has: false },
    { block: '::ffff:10.0.0.0/104', address: '::ffff:10.0.0.1', has: true },
    { block: '10.0.0.0/8', address: '::ffff:10.0.0.1', has: false },
  ])('$block has $address: $has', ({ block, address, has }) => {
    expect(cidrHas(cidr(block), ip(address))).toBe(has);
  });

  it.each([
    { outer: '10.0.0.0/8', inner: '10.0.0.0/8', covers: true },
    { outer: '10.0.0.0/8', inner: '10.9.0.0/16', covers: true },
    { outer: '10.9.0.0/16', inner: '10.0.0.0/8', covers: false },
    { outer: '::/0', inner: '10.0.0.0/8', covers: false },
  ])('$outer covers $inner: $covers', ({ outer, inner, covers }) => {
    expect(cidrCovers(cidr(outer), cidr(inner))).toBe(covers);
  });

  it.each([-1, 33, 1.5, Number.NaN])('has no prefix length %d', (prefix) => {
    expect(() => cidrOf(ip('10.0.0.1'), prefix)).toThrow(RangeError);
  });

  it('sorts IPv4 first, then by address, then the larger first', () => {
    const texts = ['::/0', '10.0.0.0/16', '10.0.0.0/8', '9.0.0.0/8', '::/64'];
    const sorted = texts.map(cidr).sort(compareCidrs).map(formatCidr);
    expect(sorted).toEqual(['9.0.0.0/8', '10.0.0.0/8', '10.0.0.0/16', '::/0', '::/64']);
  });
});
