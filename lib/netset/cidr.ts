import { BITS_OF_FAMILY, formatIp, parseIp } from './ip.ts';
import type { Ip } from './ip.ts';

/** A block of addresses that share their first `prefix` bits. Both ends belong to it. */
export type Cidr =
  | { readonly family: 4; readonly first: number; readonly last: number; readonly prefix: number }
  | { readonly family: 6; readonly first: bigint; readonly last: bigint; readonly prefix: number };

const PREFIX = /^(?:0|[1-9][0-9]{0,2})$/;

/**
 * The block a text writes, or undefined: "10.0.0.0/8", "2001:db8::/32", or a bare address for the block of it alone.
 * Addresses are read as strictly as `parseIp` does. Host bits are cleared: "10.1.2.3/8" is 10.0.0.0/8.
 */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  const ip = parseIp(slash === -1 ? text : text.slice(0, slash));
  if (ip === undefined) return undefined;
  if (slash === -1) return cidrOf(ip);
  const prefix = text.slice(slash + 1);
  if (!PREFIX.test(prefix) || Number(prefix) > BITS_OF_FAMILY[ip.family]) return undefined;
  return cidrOf(ip, Number(prefix));
}

/** Always with its prefix, also for a single address. */
export function formatCidr(cidr: Cidr): string {
  return `${formatIp(firstIpOf(cidr))}/${cidr.prefix}`;
}

/**
 * The block of the given prefix length in which the address lies; without one, the block of the address alone.
 * @throws RangeError if the family has no such prefix length
 */
export function cidrOf(ip: Ip, prefix: number = BITS_OF_FAMILY[ip.family]): Cidr {
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > BITS_OF_FAMILY[ip.family]) {
    throw new RangeError(`IPv${ip.family} has no prefix length ${prefix}`);
  }
  if (ip.family === 4) {
    const size = 2 ** (32 - prefix);
    const first = ip.value - (ip.value % size);
    return { family: 4, first, last: first + size - 1, prefix };
  }
  const hostBits = BigInt(128 - prefix);
  const first = (ip.value >> hostBits) << hostBits;
  return { family: 6, first, last: first + (1n << hostBits) - 1n, prefix };
}

export function firstIpOf(cidr: Cidr): Ip {
  return cidr.family === 4 ? { family: 4, value: cidr.first } : { family: 6, value: cidr.first };
}

export function cidrHas(cidr: Cidr, ip: Ip): boolean {
  return cidr.family === ip.family && cidr.first <= ip.value && ip.value <= cidr.last;
}

/** Whether every address of `inner` is one of `outer`. */
export function cidrCovers(outer: Cidr, inner: Cidr): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** Orders IPv4 before IPv6, then by first address, then the larger block first. */
export function compareCidrs(a: Cidr, b: Cidr): number {
  if (a.family !== b.family) return a.family - b.family;
  return a.first < b.first ? -1 : a.first > b.first ? 1 : a.prefix - b.prefix;
}

/** The fewest blocks that together are exactly the IPv4 addresses first to last, in order. */
export function coverIpv4(first: number, last: number): Cidr[] {
  const blocks: Cidr[] = [];
  let at = first;
  while (at <= last) {
    let prefix = 32;
    let size = 1;
    while (prefix > 0 && at % (size * 2) === 0 && at + size * 2 - 1 <= last) {
      size *= 2;
      prefix--;
    }
    blocks.push({ family: 4, first: at, last: at + size - 1, prefix });
    at += size;
  }
  return blocks;
}

/** The fewest blocks that together are exactly the IPv6 addresses first to last, in order. */
export function coverIpv6(first: bigint, last: bigint): Cidr[] {
  const blocks: Cidr[] = [];
  let at = first;
  while (at <= last) {
    let prefix = 128;
    let size = 1n;
    while (prefix > 0 && (at & (size * 2n - 1n)) === 0n && at + size * 2n - 1n <= last) {
      size *= 2n;
      prefix--;
    }
    blocks.push({ family: 6, first: at, last: at + size - 1n, prefix });
    at += size;
  }
  return blocks;
}
