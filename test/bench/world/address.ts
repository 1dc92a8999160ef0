/** The dotted text of an IPv4 address held as an unsigned 32-bit number. */
export function addressText(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

/** The CIDR block of a prefix length that holds the address. */
export function blockText(value: number, prefix: number): string {
  return `${addressText(maskedTo(value, prefix))}/${prefix}`;
}

export function addressOf(a: number, b: number, c = 0, d = 0): number {
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

function maskedTo(value: number, prefix: number): number {
  return prefix === 0 ? 0 : (value & (-1 << (32 - prefix))) >>> 0;
}
