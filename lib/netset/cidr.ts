import { formatIp, parseIp, type Ip } from './ip.ts';

/** An address block: all addresses that share the first `prefix` bits. `first` and `last` are inclusive. */
export type Cidr =
  | { readonly family: 4; readonly first: number; readonly last: number; readonly prefix: number }
  | { readonly family: 6; readonly first: bigint; readonly last: bigint; readonly prefix: number };

/**
 * Reads `10.0.0.0/8`, `2001:db8::/32` or a bare address. Bits below the prefix are cleared, as AWS does.
 * `undefined` if the text is not a block.
 */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  const ip = parseIp(slash < 0 ? text : text.slice(0, slash));
  if (ip === undefined) return undefined;
  const bits = ip.family === 4 ? 32 : 128;
  const prefixText = slash < 0 ? String(bits) : text.slice(slash + 1);
  if (!/^(?:0|[1-9]\d{0,2})$/.test(prefixText)) return undefined;
  const prefix = Number(prefixText);
  return prefix > bits ? undefined : cidrOf(ip, prefix);
}

/** The block of that length in which the address lies. */
export function cidrOf(ip: Ip, prefix: number): Cidr {
  if (ip.family === 4) {
    const size = 2 ** (32 - prefix);
    const first = Math.floor(ip.value / size) * size;
    return { family: 4, first, last: first + size - 1, prefix };
  }
  const size = 1n << BigInt(128 - prefix);
  const first = (ip.value / size) * size;
  return { family: 6, first, last: first + size - 1n, prefix };
}

export function formatCidr(cidr: Cidr): string {
  const first: Ip =
    cidr.family === 4 ? { family: 4, value: cidr.first } : { family: 6, value: cidr.first };
  return `${formatIp(first)}/${String(cidr.prefix)}`;
}
