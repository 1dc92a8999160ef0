import ipaddr from 'ipaddr.js';

export type Family = 4 | 6;

/** An address as the whole number its bits spell, most significant first. */
export type Ip =
  { readonly family: 4; readonly value: number } | { readonly family: 6; readonly value: bigint };

export const BITS_OF_FAMILY: Readonly<Record<Family, number>> = { 4: 32, 6: 128 };
export const MAX_IPV4 = 2 ** 32 - 1;
export const MAX_IPV6 = 2n ** 128n - 1n;

/** The longest text an IPv6 address can have: six groups and a dotted quad. */
const LONGEST_TEXT = 45;
const IPV6_CHARACTERS = /^[0-9a-f:.]+$/i;
const OCTET = /^(?:0|[1-9][0-9]{0,2})$/;

/**
 * The address a text writes, or undefined if it is not exactly one address.
 *
 * Strict where leniency would let two readers see two addresses: no short forms ("10.1"), no leading zeros, octal
 * or hexadecimal in dotted parts ("010.0.0.1"), no zone ids ("fe80::1%eth0"), no brackets, no white space.
 *
 * An IPv4-mapped address ("::ffff:192.0.2.1", "::ffff:c000:201") is an IPv6 address and stays one, however it is
 * written: it never equals the IPv4 address in its tail. Firewalls hold the two families apart, and a rule for the
 * one does not admit packets of the other. See RFC 4291 section 2.5.5.2.
 */
export function parseIp(text: string): Ip | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

/** IPv4 as a dotted quad; IPv6 as RFC 5952 has it, IPv4-mapped addresses with a dotted tail (its section 5). */
export function formatIp(ip: Ip): string {
  if (ip.family === 4) return formatIpv4(ip.value);
  if (ip.value >> 32n === 0xffffn) return `::ffff:${formatIpv4(Number(ip.value & 0xffffffffn))}`;
  const groups: number[] = [];
  for (let shift = 112n; shift >= 0n; shift -= 16n) groups.push(Number((ip.value >> shift) & 0xffffn));
  return new ipaddr.IPv6(groups).toRFC5952String();
}

/** Orders IPv4 before IPv6, then by value. */
export function compareIps(a: Ip, b: Ip): number {
  if (a.family !== b.family) return a.family - b.family;
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
}

export function sameIp(a: Ip, b: Ip): boolean {
  return a.family === b.family && a.value === b.value;
}

function parseIpv4(text: string): Ip | undefined {
  const octets = text.split('.', 5);
  if (octets.length !== 4) return undefined;
  let value = 0;
  for (const octet of octets) {
    const byte = OCTET.test(octet) ? Number(octet) : 256;
    if (byte > 255) return undefined;
    value = value * 256 + byte;
  }
  return { family: 4, value };
}

function parseIpv6(text: string): Ip | undefined {
  if (text.length > LONGEST_TEXT || !IPV6_CHARACTERS.test(text)) return undefined;
  const groups = withoutDottedTail(text);
  if (groups === undefined || !ipaddr.IPv6.isValid(groups)) return undefined;
  let value = 0n;
  for (const group of ipaddr.IPv6.parse(groups).parts) value = (value << 16n) | BigInt(group);
  return { family: 6, value };
}

/**
 * The address with a dotted tail written as two groups. The parser must not see the tail: it takes the IPv4-compatible
 * "::192.0.2.1" for the IPv4-mapped "::ffff:192.0.2.1", which is another address.
 */
function withoutDottedTail(text: string): string | undefined {
  if (!text.includes('.')) return text;
  const at = text.lastIndexOf(':') + 1;
  const tail = parseIpv4(text.slice(at));
  if (tail?.family !== 4) return undefined;
  return `${text.slice(0, at)}${(tail.value >>> 16).toString(16)}:${(tail.value & 0xffff).toString(16)}`;
}

function formatIpv4(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}
