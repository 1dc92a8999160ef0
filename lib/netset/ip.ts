import ipaddr from 'ipaddr.js';

export type Family = 4 | 6;

/** One address. IPv4 as a number from 0 to 2^32 - 1, IPv6 as a bigint from 0 to 2^128 - 1. */
export type Ip =
  { readonly family: 4; readonly value: number } | { readonly family: 6; readonly value: bigint };

const DOTTED_QUAD = /^(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})$/;

/**
 * Reads an address, strictly: four decimal parts without leading zeros, or an IPv6 address without a zone.
 * An IPv4-mapped IPv6 address stays IPv6: no cloud filters it as IPv4. `undefined` if the text is not an address.
 */
export function parseIp(text: string): Ip | undefined {
  if (text.includes(':')) {
    if (text.includes('%') || !ipaddr.IPv6.isValid(text)) return undefined;
    let value = 0n;
    for (const part of ipaddr.IPv6.parse(text).parts) value = (value << 16n) | BigInt(part);
    return { family: 6, value };
  }
  if (!DOTTED_QUAD.test(text)) return undefined;
  let value = 0;
  for (const part of text.split('.')) {
    const byte = Number(part);
    if (byte > 255) return undefined;
    value = value * 256 + byte;
  }
  return { family: 4, value };
}

export function formatIp(ip: Ip): string {
  if (ip.family === 4) {
    const { value } = ip;
    return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255].join('.');
  }
  const parts: number[] = [];
  for (let shift = 112n; shift >= 0n; shift -= 16n) parts.push(Number((ip.value >> shift) & 0xffffn));
  return new ipaddr.IPv6(parts).toRFC5952String();
}

export function sameIp(a: Ip, b: Ip): boolean {
  return a.family === b.family && a.value === b.value;
}
