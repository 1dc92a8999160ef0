/** The two address families are apart: an IPv4 address is never in an IPv6 block. */
export type Family = 4 | 6;
export type Address = { readonly family: Family; readonly bits: bigint };
/** All addresses from `first` to `last`, both included; `length` is the number of fixed leading bits. */
export type Block = {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
  readonly length: number;
};

export function parseAddress(text: string): Address | undefined {
  const bits = text.includes(':') ? bitsOf6(text) : bitsOf4(text);
  return bits === undefined ? undefined : { family: text.includes(':') ? 6 : 4, bits };
}

/** Bits below the prefix length are cleared, as AWS does when it stores a CIDR. */
export function parseBlock(text: string): Block | undefined {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text);
  const address = parseAddress(match?.[1] ?? '');
  const length = Number(match?.[2]);
  if (address === undefined || length > widthOf(address.family)) return undefined;
  return blockAround(address, length);
}

export function blockAround(address: Address, length: number): Block {
  const free = BigInt(widthOf(address.family) - length);
  const first = (address.bits >> free) << free;
  return { family: address.family, first, last: first + (1n << free) - 1n, length };
}

export function isWithin(address: Address, block: Block): boolean {
  return address.family === block.family && address.bits >= block.first && address.bits <= block.last;
}

export function isSameAddress(a: Address, b: Address): boolean {
  return a.family === b.family && a.bits === b.bits;
}

export function overlap(a: Block, b: Block): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

export function widthOf(family: Family): number {
  return family === 4 ? 32 : 128;
}

/** Private, shared, loopback, link-local, protocol, benchmark, multicast and reserved space (RFC 6890). */
const NOT_INTERNET = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/4',
  '240.0.0.0/4',
].map(blockOf);
const GLOBAL_UNICAST = blockOf('2000::/3');

/** Whether the address is public space. The documentation ranges count as public: examples use them. */
export function isInternet(address: Address): boolean {
  if (address.family === 6) return isWithin(address, GLOBAL_UNICAST);
  return !NOT_INTERNET.some((block) => isWithin(address, block));
}

/** For texts known to be right; throws on others. */
export function blockOf(text: string): Block {
  const block = parseBlock(text);
  if (block === undefined) throw new TypeError(`not a CIDR: ${text}`);
  return block;
}

/** For texts known to be right; throws on others. */
export function addressOf(text: string): Address {
  const address = parseAddress(text);
  if (address === undefined) throw new TypeError(`not an address: ${text}`);
  return address;
}

export function formatBlock(block: Block): string {
  return `${formatAddress({ family: block.family, bits: block.first })}/${block.length}`;
}

/** IPv6 in the short form that AWS prints: the longest run of zero groups, of two or more, becomes `::`. */
export function formatAddress({ family, bits }: Address): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 255n).join('.');
  const groups = (bits.toString(16).padStart(32, '0').match(/.{4}/g) ?? []).map((group) =>
    group.replace(/^0{1,3}/, ''),
  );
  let longest = { from: 0, length: 0 };
  for (let from = 0; from < groups.length; from += 1) {
    let to = from;
    while (groups[to] === '0') to += 1;
    if (to - from > longest.length) longest = { from, length: to - from };
  }
  if (longest.length < 2) return groups.join(':');
  const { from, length } = longest;
  return `${groups.slice(0, from).join(':')}::${groups.slice(from + length).join(':')}`;
}

function bitsOf4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((bits, part) => (bits << 8n) | BigInt(part), 0n);
}

function bitsOf6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  if (head === undefined) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...(tail ?? [])];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}
