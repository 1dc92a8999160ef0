import { coverIpv4, coverIpv6, firstIpOf, formatCidr, parseCidr } from './cidr.ts';
import type { Cidr } from './cidr.ts';
import { IntervalSet } from './interval.ts';
import type { Range } from './interval.ts';
import { BITS_OF_FAMILY, formatIp, MAX_IPV4, MAX_IPV6 } from './ip.ts';
import type { Ip } from './ip.ts';

const NO_IPV4 = IntervalSet.ofNumbers([]);
const NO_IPV6 = IntervalSet.ofBigints([]);

/** An immutable set of addresses of both families. */
export class IpSet {
  static readonly NONE = new IpSet(NO_IPV4, NO_IPV6);

  readonly v4: IntervalSet<number>;
  readonly v6: IntervalSet<bigint>;

  private constructor(v4: IntervalSet<number>, v6: IntervalSet<bigint>) {
    this.v4 = v4;
    this.v6 = v6;
  }

  static of(...cidrsOrIps: readonly (Cidr | Ip)[]): IpSet {
    return IpSet.from(cidrsOrIps);
  }

  /** As `of`, for a list of any length. */
  static from(cidrsOrIps: Iterable<Cidr | Ip>): IpSet {
    const v4: Range<number>[] = [];
    const v6: Range<bigint>[] = [];
    for (const item of cidrsOrIps) {
      if (item.family === 4) v4.push('value' in item ? [item.value, item.value] : [item.first, item.last]);
      else v6.push('value' in item ? [item.value, item.value] : [item.first, item.last]);
    }
    return IpSet.ofRanges(v4, v6);
  }

  /**
   * The addresses first to last, both included.
   * @throws RangeError if the families differ or the range ends before it begins
   */
  static range(first: Ip, last: Ip): IpSet {
    if (first.family === 4 && last.family === 4) return IpSet.ofRanges([[first.value, last.value]], []);
    if (first.family === 6 && last.family === 6) return IpSet.ofRanges([], [[first.value, last.value]]);
    throw new RangeError(`a range has one family: ${formatIp(first)} to ${formatIp(last)}`);
  }

  /** @throws RangeError if a bound is no address or a range ends before it begins */
  static ofRanges(v4: readonly Range<number>[], v6: readonly Range<bigint>[]): IpSet {
    if (v4.some(([first, last]) => first < 0 || last > MAX_IPV4)) throw new RangeError('not in IPv4 space');
    if (v6.some(([first, last]) => first < 0n || last > MAX_IPV6)) throw new RangeError('not in IPv6 space');
    return new IpSet(
      v4.length === 0 ? NO_IPV4 : IntervalSet.ofNumbers(v4),
      v6.length === 0 ? NO_IPV6 : IntervalSet.ofBigints(v6),
    );
  }

  /**
   * Blocks written out in code, as `parseCidr` reads them. Not for input from elsewhere.
   * @throws RangeError on any other text
   */
  static parse(...texts: readonly string[]): IpSet {
    return IpSet.from(
      texts.map((text) => {
        const cidr = parseCidr(text);
        if (cidr === undefined) throw new RangeError(`not a block of addresses: ${JSON.stringify(text)}`);
        return cidr;
      }),
    );
  }

  static unionOf(sets: Iterable<IpSet>): IpSet {
    const all = [...sets];
    const v4 = all.flatMap((set) => set.v4.ranges);
    const v6 = all.flatMap((set) => set.v6.ranges);
    return IpSet.ofRanges(v4, v6);
  }

  get isEmpty(): boolean {
    return this.v4.isEmpty && this.v6.isEmpty;
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

  has(ip: Ip): boolean {
    return ip.family === 4 ? this.v4.has(ip.value) : this.v6.has(ip.value);
  }

  /** The lowest address, IPv4 before IPv6. */
  first(): Ip | undefined {
    const v4 = this.v4.ranges[0];
    if (v4 !== undefined) return { family: 4, value: v4[0] };
    const v6 = this.v6.ranges[0];
    return v6 === undefined ? undefined : { family: 6, value: v6[0] };
  }

  /** The fewest blocks that together are exactly this set: IPv4 before IPv6, ascending. */
  toCidrs(): Cidr[] {
    return [
      ...this.v4.ranges.flatMap(([first, last]) => coverIpv4(first, last)),
      ...this.v6.ranges.flatMap(([first, last]) => coverIpv6(first, last)),
    ];
  }

  /** How many IPv4 addresses. */
  size4(): number {
    return this.v4.ranges.reduce((size, [first, last]) => size + (last - first + 1), 0);
  }

  /** How many IPv6 addresses. */
  size6(): bigint {
    return this.v6.ranges.reduce((size, [first, last]) => size + (last - first + 1n), 0n);
  }

  /** "10.0.0.0/8, 192.0.2.1": the blocks of `toCidrs`, single addresses bare; "no addresses". */
  toString(): string {
    return this.isEmpty ? 'no addresses' : this.toCidrs().map(describeCidr).join(', ');
  }
}

function describeCidr(cidr: Cidr): string {
  const isOneAddress = cidr.prefix === BITS_OF_FAMILY[cidr.family];
  return isOneAddress ? formatIp(firstIpOf(cidr)) : formatCidr(cidr);
}

export const ALL_IPV4 = IpSet.parse('0.0.0.0/0');
export const ALL_IPV6 = IpSet.parse('::/0');
export const ALL_IPS = ALL_IPV4.union(ALL_IPV6);

/** IPv4 that the internet does not route. https://www.iana.org/assignments/iana-ipv4-special-registry */
const NOT_PUBLIC_IPV4 = IpSet.parse(
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private use
  '100.64.0.0/10', // shared by carriers
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link local
  '172.16.0.0/12', // private use
  '192.0.0.0/24', // protocol assignments
  '192.168.0.0/16', // private use
  '198.18.0.0/15', // benchmarks
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
);

/** What is handed out of IPv6. https://www.iana.org/assignments/ipv6-unicast-address-assignments */
const PUBLIC_IPV6 = IpSet.parse('2000::/3');

/**
 * What of that the registries have to hand out to people: strangers are here, and the rest is empty. 2002::/16 stands for what has IPv4.
 * https://www.iana.org/assignments/ipv6-unicast-address-assignments
 */
export const HANDED_OUT_IPV6 = IpSet.parse(
  '2001::/16',
  '2002::/15',
  '2400::/11',
  '2600::/11',
  '2620::/23',
  '2630::/12',
  '2800::/12',
  '2a00::/11',
  '2c00::/12',
);

/**
 * The public address space: from where a stranger can send.
 *
 * The documentation blocks 192.0.2.0/24, 198.51.100.0/24 and 203.0.113.0/24 count as public, because examples use
 * them as public addresses.
 */
export const INTERNET = ALL_IPV4.subtract(NOT_PUBLIC_IPV4).union(PUBLIC_IPV6);
