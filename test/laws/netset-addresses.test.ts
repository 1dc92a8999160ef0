import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALL_IPS,
  cidrCovers,
  cidrHas,
  cidrOf,
  compareCidrs,
  compareIps,
  firstIpOf,
  formatCidr,
  formatIp,
  IpSet,
  MAX_IPV4,
  MAX_IPV6,
  parseCidr,
  parseIp,
  sameIp,
} from '#netset';
import { setAlgebraContract } from '../contracts/set-algebra.contract.ts';
import { cidrs, ips, ipSets } from './netset-arbitraries.ts';

setAlgebraContract<IpSet>('addresses', {
  sets: ipSets,
  empty: IpSet.NONE,
  whole: ALL_IPS,
  union: (a, b) => a.union(b),
  intersect: (a, b) => a.intersect(b),
  subtract: (a, b) => a.subtract(b),
  isSubset: (a, b) => a.isSubsetOf(b),
  overlaps: (a, b) => a.overlaps(b),
  equals: (a, b) => a.equals(b),
  isEmpty: (a) => a.isEmpty,
  form: (a) => [a.v4.ranges, a.v6.ranges],
});

describe('address text', () => {
  it('an address is read back from what is written of it', () => {
    fc.assert(
      fc.property(ips, (ip) => {
        expect(parseIp(formatIp(ip))).toEqual(ip);
      }),
    );
  });
  it('a block is read back from what is written of it', () => {
    fc.assert(
      fc.property(cidrs, (cidr) => {
        expect(parseCidr(formatCidr(cidr))).toEqual(cidr);
      }),
    );
  });
  it('a set is read back from the blocks written of it', () => {
    fc.assert(
      fc.property(ipSets, (set) => {
        const texts = set.isEmpty ? [] : set.toString().split(', ');
        return IpSet.parse(...texts).equals(set);
      }),
    );
  });
  it('IPv6 in eight full groups, any case, is the same address', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: MAX_IPV6 }), (value) => {
        const groups = value.toString(16).padStart(32, '0').match(/.{4}/g) ?? [];
        const text = groups.join(':');
        expect(parseIp(text)).toEqual({ family: 6, value });
        expect(parseIp(text.toUpperCase())).toEqual({ family: 6, value });
      }),
    );
  });
  it('a dotted tail says the last 32 bits, whatever stands before it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('::', '::ffff:', '::ffff:0:', '64:ff9b::', '1:2:3:4:5:6:'),
        fc.integer({ min: 0, max: MAX_IPV4 }),
        (before, value) => {
          const dotted = parseIp(before + formatIp({ family: 4, value }));
          const hex = parseIp(`${before}${(value >>> 16).toString(16)}:${(value & 0xffff).toString(16)}`);
          expect(dotted).toEqual(hex);
          expect(dotted?.family).toBe(6);
        },
      ),
    );
  });
  it('no text, however odd, makes a reader throw', () => {
    const parts = fc.constantFrom('0', '1', '255', '256', '.', ':', '::', 'ffff', '/', '%', 'x', ' ');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(parts).map((all) => all.join('')),
        ),
        (text) => {
          const [ip, cidr] = [parseIp(text), parseCidr(text)];
          if (ip !== undefined) expect(parseIp(formatIp(ip))).toEqual(ip);
          if (cidr !== undefined) expect(parseCidr(formatCidr(cidr))).toEqual(cidr);
        },
      ),
    );
  });
});

describe('blocks', () => {
  it('have their address, share its prefix bits and no others', () => {
    fc.assert(
      fc.property(cidrs, ips, (cidr, ip) => {
        const isInside = cidrHas(cidr, ip);
        expect(isInside).toBe(IpSet.of(cidr).has(ip));
        const around = ip.family === cidr.family ? cidrOf(ip, cidr.prefix) : undefined;
        expect(isInside).toBe(around?.first === cidr.first);
      }),
    );
  });
  it('cover each other as their sets do', () => {
    fc.assert(fc.property(cidrs, cidrs, (a, b) => cidrCovers(a, b) === IpSet.of(b).isSubsetOf(IpSet.of(a))));
  });
  it('of one order: never both ways, and equal only if the same', () => {
    fc.assert(
      fc.property(cidrs, cidrs, ips, ips, (a, b, x, y) => {
        expect(Math.sign(compareCidrs(a, b))).toBe(0 - Math.sign(compareCidrs(b, a)));
        expect(compareCidrs(a, b) === 0).toBe(formatCidr(a) === formatCidr(b));
        expect(Math.sign(compareIps(x, y))).toBe(0 - Math.sign(compareIps(y, x)));
        expect(compareIps(x, y) === 0).toBe(sameIp(x, y));
      }),
    );
  });
});

describe('cover by blocks', () => {
  it('covers exactly, in order', () => {
    fc.assert(
      fc.property(ipSets, (set) => {
        const blocks = set.toCidrs();
        expect(IpSet.from(blocks).equals(set)).toBe(true);
        expect([...blocks].sort(compareCidrs)).toEqual(blocks);
        const size4 = blocks.reduce((sum, c) => sum + (c.family === 4 ? c.last - c.first + 1 : 0), 0);
        const size6 = blocks.reduce((sum, c) => sum + (c.family === 6 ? c.last - c.first + 1n : 0n), 0n);
        expect([set.size4(), set.size6()]).toEqual([size4, size6]);
      }),
    );
  });

  /** The fewest blocks for a window of addresses, by halving it: the definition, not the algorithm. */
  function fewest(members: readonly boolean[]): number {
    if (members.every(Boolean)) return 1;
    if (!members.some(Boolean)) return 0;
    const half = members.length / 2;
    return fewest(members.slice(0, half)) + fewest(members.slice(half));
  }

  const windows = fc.array(fc.boolean(), { minLength: 32, maxLength: 32 });

  it.each([0, 2 ** 31 - 32, MAX_IPV4 - 31])('is minimal in the 32 IPv4 addresses from %d', (base) => {
    fc.assert(
      fc.property(windows, (members) => {
        const set = IpSet.from(
          members.flatMap((isIn, i) => (isIn ? [{ family: 4, value: base + i } as const] : [])),
        );
        return set.toCidrs().length === fewest(members);
      }),
    );
  });
  it.each([0n, 2n ** 64n, MAX_IPV6 - 31n])('is minimal in the 32 IPv6 addresses from %d', (base) => {
    fc.assert(
      fc.property(windows, (members) => {
        const set = IpSet.from(
          members.flatMap((isIn, i) => (isIn ? [{ family: 6, value: base + BigInt(i) } as const] : [])),
        );
        return set.toCidrs().length === fewest(members);
      }),
    );
  });
});

describe('the lowest address', () => {
  it('is in the set, and nothing in the set is lower', () => {
    fc.assert(
      fc.property(ipSets, (set) => {
        const lowest = set.first();
        const blocks = set.toCidrs();
        expect(lowest === undefined).toBe(set.isEmpty);
        if (lowest !== undefined)
          expect(blocks.every((block) => compareIps(lowest, firstIpOf(block)) <= 0)).toBe(true);
        if (lowest !== undefined) expect(set.has(lowest)).toBe(true);
      }),
    );
  });
});

describe('a union of many', () => {
  it('is the union two by two', () => {
    fc.assert(
      fc.property(fc.array(ipSets), (sets) =>
        IpSet.unionOf(sets).equals(sets.reduce((all, set) => all.union(set), IpSet.NONE)),
      ),
    );
  });
});
