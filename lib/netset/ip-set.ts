import { formatCidr, parseCidr, type Cidr } from './cidr.ts';
import { IntervalSet, type Range } from './interval.ts';
import { formatIp, type Ip } from './ip.ts';

const NO_IPV4 = IntervalSet.ofNumbers([]);
const NO_IPV6 = IntervalSet.ofBigints([]);

/** A set of addresses of both families; immutable and canonical. */
export class IpSet {
  static readonly EMPTY = new IpSet(NO_IPV4, NO_IPV6);

  readonly v4: IntervalSet<number>;
  readonly v6: IntervalSet<bigint>;

  constructor(v4: IntervalSet<number>, v6: IntervalSet<bigint>) {
    this.v4 = v4;
    this.v6 = v6;
  }

  static of(...parts: readonly (Cidr | Ip)[]): IpSet {
    const v4: Range<number>[] = [];
    const v6: Range<bigint>[] = [];
    for (const part of parts) {
      if (part.family === 4) v4.push('value' in part ? [part.value, part.value] : [part.first, part.last]);
      else v6.push('value' in part ? [part.value, part.value] : [part.first, part.last]);
    }
    return new IpSet(
      v4.length === 0 ? NO_IPV4 : IntervalSet.ofNumbers(v4),
      v6.length === 0 ? NO_IPV6 : IntervalSet.ofBigints(v6),
    );
  }

  /** Blocks written out in code. Throws on a text that is not a block: a bug of the caller, never of the input. */
  static parse(...texts: readonly string[]): IpSet {
    return IpSet.of(
      ...texts.map((text) => {
        const cidr = parseCidr(text);
        if (cidr === undefined) throw new Error(`not an address block: ${text}`);
        return cidr;
      }),
    );
  }

  get isEmpty(): boolean {
    return this.v4.isEmpty && this.v6.isEmpty;
  }

  has(ip: Ip): boolean {
    return ip.family === 4 ? this.v4.has(ip.value) : this.v6.has(ip.value);
  }

  union(other: IpSet): IpSet {
    return new IpSet(this.v4.union(other.v4), this.v6.union(other.v6));
  }

  intersect(other: IpSet): IpSet {
    return new IpSet(this.v4.intersect(other.v4), this.v6.intersect(other.v6));
  }

  subtract(other: IpSet): IpSet {
    return new IpSet(this.v4.subtract(other.v4), this.v6.subtract(other.v6));
  }

  isSubsetOf(other: IpSet): boolean {
    return this.v4.isSubsetOf(other.v4) && this.v6.isSubsetOf(other.v6);
  }

  overlaps(other: IpSet): boolean {
    return this.v4.overlaps(other.v4) || this.v6.overlaps(other.v6);
  }

  equals(other: IpSet): boolean {
    return this.v4.equals(other.v4) && this.v6.equals(other.v6);
  }

  /** How many IPv4 addresses. */
  get size4(): number {
    return this.v4.ranges.reduce((sum, [first, last]) => sum + (last - first + 1), 0);
  }

  /** How many IPv6 addresses. */
  get size6(): bigint {
    return this.v6.ranges.reduce((sum, [first, last]) => sum + (last - first + 1n), 0n);
  }

  /** The fewest blocks that cover exactly this set, in ascending order, IPv4 first. */
  toCidrs(): Cidr[] {
    const cidrs: Cidr[] = [];
    for (const [first, last] of this.v4.ranges) {
      for (const [start, prefix] of blocksOf(BigInt(first), BigInt(last), 32)) {
        cidrs.push({ family: 4, first: Number(start), last: Number(start) + 2 ** (32 - prefix) - 1, prefix });
      }
    }
    for (const [first, last] of this.v6.ranges) {
      for (const [start, prefix] of blocksOf(first, last, 128)) {
        cidrs.push({ family: 6, first: start, last: start + (1n << BigInt(128 - prefix)) - 1n, prefix });
      }
    }
    return cidrs;
  }

  /** For people: blocks separated by commas, single addresses bare. */
  toString(): string {
    return this.toCidrs().map(describeCidr).join(', ');
  }
}

function describeCidr(cidr: Cidr): string {
  if (cidr.family === 4 && cidr.prefix === 32) return formatIp({ family: 4, value: cidr.first });
  if (cidr.family === 6 && cidr.prefix === 128) return formatIp({ family: 6, value: cidr.first });
  return formatCidr(cidr);
}

function blocksOf(first: bigint, last: bigint, bits: number): [start: bigint, prefix: number][] {
  const blocks: [bigint, number][] = [];
  for (let start = first; start <= last; ) {
    let prefix = bits;
    while (prefix > 0) {
      const size = 1n << BigInt(bits - prefix + 1);
      if (start % size !== 0n || start + size - 1n > last) break;
      prefix -= 1;
    }
    blocks.push([start, prefix]);
    start += 1n << BigInt(bits - prefix);
  }
  return blocks;
}

export const ALL_IPV4 = IpSet.parse('0.0.0.0/0');
export const ALL_IPV6 = IpSet.parse('::/0');
export const ALL_IPS = ALL_IPV4.union(ALL_IPV6);

/**
 * The public address space. The documentation blocks (192.0.2.0/24 and its like) count as public, since examples are written
 * with them. IPv6: 2000::/3, all that IANA has given out for global unicast.
 *
 * https://www.iana.org/assignments/iana-ipv4-special-registry
 */
export const INTERNET = ALL_IPV4.subtract(
  IpSet.parse(
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
  ),
).union(IpSet.parse('2000::/3'));
