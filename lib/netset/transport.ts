import { IntervalSet, type Range } from './interval.ts';
import { parseProtocol, protocolName } from './protocol.ts';

/**
 * All that a packet's header says besides its addresses, on one axis of whole numbers, so that one kind of set serves every
 * protocol: TCP ports, UDP ports, ICMP type × 256 + code, ICMPv6 the same, then every IP protocol number.
 * The points of TCP, UDP, ICMP and ICMPv6 in the last band stay unused.
 */
export const TCP = 0;
export const UDP = 65_536;
export const ICMP = 131_072;
export const ICMPV6 = 196_608;
export const OTHER = 262_144;
/** One past the last point. */
export const AXIS_END = 262_400;

const BANDS: ReadonlyMap<number, number> = new Map([
  [6, TCP],
  [17, UDP],
  [1, ICMP],
  [58, ICMPV6],
]);

/** A set of protocols × ports (or ICMP types × codes); immutable and canonical. */
export class TransportSet {
  static readonly NONE = new TransportSet(IntervalSet.ofNumbers([]));
  static readonly ALL = new TransportSet(
    IntervalSet.ofNumbers([
      [TCP, OTHER - 1],
      [OTHER, OTHER],
      [OTHER + 2, OTHER + 5],
      [OTHER + 7, OTHER + 16],
      [OTHER + 18, OTHER + 57],
      [OTHER + 59, AXIS_END - 1],
    ]),
  );

  readonly points: IntervalSet<number>;

  private constructor(points: IntervalSet<number>) {
    this.points = points;
  }

  static ofRanges(ranges: readonly Range<number>[]): TransportSet {
    return new TransportSet(IntervalSet.ofNumbers(ranges).intersect(TransportSet.ALL.points));
  }

  static tcp(first = 0, last = first === 0 ? 65_535 : first): TransportSet {
    return TransportSet.ofRanges([[TCP + first, TCP + last]]);
  }

  static udp(first = 0, last = first === 0 ? 65_535 : first): TransportSet {
    return TransportSet.ofRanges([[UDP + first, UDP + last]]);
  }

  /** ICMP (`1`) or ICMPv6 (`58`), all of it, one type, or one type and code. */
  static icmp(protocol: 1 | 58, type?: number, code?: number): TransportSet {
    const band = protocol === 1 ? ICMP : ICMPV6;
    if (type === undefined) return TransportSet.ofRanges([[band, band + 65_535]]);
    const start = band + type * 256;
    return TransportSet.ofRanges([code === undefined ? [start, start + 255] : [start + code, start + code]]);
  }

  /** All of one IP protocol. */
  static protocol(number: number): TransportSet {
    const band = BANDS.get(number);
    return TransportSet.ofRanges([
      band === undefined ? [OTHER + number, OTHER + number] : [band, band + 65_535],
    ]);
  }

  get isEmpty(): boolean {
    return this.points.isEmpty;
  }

  has(point: number): boolean {
    return this.points.has(point);
  }

  union(other: TransportSet): TransportSet {
    return new TransportSet(this.points.union(other.points));
  }

  intersect(other: TransportSet): TransportSet {
    return new TransportSet(this.points.intersect(other.points));
  }

  subtract(other: TransportSet): TransportSet {
    return new TransportSet(this.points.subtract(other.points));
  }

  isSubsetOf(other: TransportSet): boolean {
    return this.points.isSubsetOf(other.points);
  }

  overlaps(other: TransportSet): boolean {
    return this.points.overlaps(other.points);
  }

  equals(other: TransportSet): boolean {
    return this.points.equals(other.points);
  }

  /** For people: `tcp 22,80-90; udp 53; icmp 8/0; gre`, or `all traffic`. */
  toString(): string {
    if (this.equals(TransportSet.ALL)) return 'all traffic';
    if (this.isEmpty) return 'nothing';
    const parts: string[] = [];
    for (const [protocol, band] of BANDS) {
      const inside = this.points.intersect(IntervalSet.ofNumbers([[band, band + 65_535]]));
      if (inside.isEmpty) continue;
      const isIcmp = protocol === 1 || protocol === 58;
      const ranges = inside.ranges.map(([first, last]) => (isIcmp ? icmpRange : portRange)(first - band, last - band));
      const isWhole = inside.ranges.length === 1 && inside.ranges[0]![0] === band && inside.ranges[0]![1] === band + 65_535;
      parts.push(isWhole ? protocolName(protocol) : `${protocolName(protocol)} ${ranges.join(',')}`);
    }
    for (const [first, last] of this.points.ranges) {
      for (let point = Math.max(first, OTHER); point <= last; point += 1) parts.push(protocolName(point - OTHER));
    }
    return parts.length > 12 ? `${parts.slice(0, 10).join('; ')}; ${String(parts.length - 10)} more protocols` : parts.join('; ');
  }
}

function portRange(first: number, last: number): string {
  return first === last ? String(first) : `${String(first)}-${String(last)}`;
}

function icmpRange(first: number, last: number): string {
  const name = (n: number): string => `${String(n >> 8)}/${String(n & 255)}`;
  if (first === last) return name(first);
  if ((first & 255) === 0 && last === first + 255) return String(first >> 8);
  return `${name(first)}-${name(last)}`;
}

/**
 * Reads what a person types: `tcp/22`, `tcp/20-25`, `udp`, `icmp/8/0`, `icmpv6`, `gre`, `47`, `all`. `undefined` if it is none of these.
 */
export function parseTransport(text: string): TransportSet | undefined {
  if (text === 'all') return TransportSet.ALL;
  const [head = '', ...rest] = text.split('/');
  const protocol = parseProtocol(head);
  if (protocol === undefined || rest.length > 2) return undefined;
  if (rest.length === 0) return TransportSet.protocol(protocol);
  if (protocol === 6 || protocol === 17) {
    const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(rest[0]!);
    if (match === null || rest.length > 1) return undefined;
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    const band = protocol === 6 ? TCP : UDP;
    return first > last || last > 65_535 ? undefined : TransportSet.ofRanges([[band + first, band + last]]);
  }
  if (protocol !== 1 && protocol !== 58) return undefined;
  const [type, code] = rest.map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : 256));
  return (type ?? 256) > 255 || (code ?? 0) > 255 ? undefined : TransportSet.icmp(protocol, type, code);
}

/** The IP protocol number to which a point of the axis belongs. */
export function protocolOf(point: number): number {
  if (point < UDP) return 6;
  if (point < ICMP) return 17;
  if (point < ICMPV6) return 1;
  return point < OTHER ? 58 : point - OTHER;
}
