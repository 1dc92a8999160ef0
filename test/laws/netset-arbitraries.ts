import fc from 'fast-check';
import { cidrOf, HeaderSpace, IntervalSet, IpSet, MAX_IPV4, MAX_IPV6, TransportSet } from '#netset';
import type { Cidr, Ip, Range } from '#netset';

/** Numbers at which sets like to go wrong: the ends of ports, of IPv4, and of what a signed 32-bit number holds. */
const NUMBER_EDGES = [0, 1, 65_535, 65_536, 2 ** 31 - 1, 2 ** 31, MAX_IPV4 - 1, MAX_IPV4];
const BIGINT_EDGES = [0n, 1n, 2n ** 53n, 2n ** 64n - 1n, 2n ** 64n, MAX_IPV6 - 1n, MAX_IPV6];

/** Small enough that ranges often touch and overlap; sometimes an edge. */
const numbers = fc.oneof({ weight: 3, arbitrary: fc.nat(24) }, fc.constantFrom(...NUMBER_EDGES));
const bigints = fc.oneof({ weight: 3, arbitrary: fc.nat(24).map(BigInt) }, fc.constantFrom(...BIGINT_EDGES));

export const numberRanges = fc.array(fc.tuple(numbers, numbers).map(ascending), { maxLength: 6 });
export const bigintRanges = fc.array(fc.tuple(bigints, bigints).map(ascending), { maxLength: 6 });

export const numberSets = numberRanges.map((ranges) => IntervalSet.ofNumbers(ranges));
export const bigintSets = bigintRanges.map((ranges) => IntervalSet.ofBigints(ranges));

export const ips: fc.Arbitrary<Ip> = fc.oneof(
  fc.oneof(fc.integer({ min: 0, max: MAX_IPV4 }), numbers).map((value): Ip => ({ family: 4, value })),
  fc.oneof(fc.bigInt({ min: 0n, max: MAX_IPV6 }), bigints).map((value): Ip => ({ family: 6, value })),
  // IPv4-mapped and IPv4-compatible, and runs of zero groups
  fc
    .integer({ min: 0, max: MAX_IPV4 })
    .map((tail): Ip => ({ family: 6, value: 0xffff_0000_0000n + BigInt(tail) })),
  fc.integer({ min: 0, max: MAX_IPV4 }).map((tail): Ip => ({ family: 6, value: BigInt(tail) })),
  fc.array(fc.constantFrom(0n, 0n, 1n, 0xffffn), { minLength: 8, maxLength: 8 }).map((groups): Ip => ({
    family: 6,
    value: groups.reduce<bigint>((value, group) => (value << 16n) | group, 0n),
  })),
);

export const cidrs: fc.Arbitrary<Cidr> = ips.chain((ip) =>
  fc.integer({ min: 0, max: ip.family === 4 ? 32 : 128 }).map((prefix) => cidrOf(ip, prefix)),
);

export const ipSets: fc.Arbitrary<IpSet> = fc.oneof(
  fc.tuple(numberRanges, bigintRanges).map(([v4, v6]) => IpSet.ofRanges(v4, v6)),
  fc.array(cidrs, { maxLength: 4 }).map((blocks) => IpSet.from(blocks)),
);

const ports = fc.oneof(fc.constantFrom(0, 1, 22, 23, 24, 65_534, 65_535), fc.nat(65_535));
const bytes = fc.oneof(fc.constantFrom(0, 1, 3, 8, 254, 255), fc.nat(255));
/** Around the four numbers with blocks of their own, and at the ends. */
const protocols = fc.oneof(fc.constantFrom(0, 1, 2, 5, 6, 7, 16, 17, 18, 57, 58, 59, 254, 255), fc.nat(255));

const simpleTransports: fc.Arbitrary<TransportSet> = fc.oneof(
  fc.tuple(ports, ports).map((pair) => TransportSet.tcp(...ascending(pair))),
  fc.tuple(ports, ports).map((pair) => TransportSet.udp(...ascending(pair))),
  bytes.map((type) => TransportSet.icmp(type)),
  fc.tuple(bytes, bytes).map(([type, code]) => TransportSet.icmp(type, code)),
  fc.tuple(bytes, bytes).map(([type, code]) => TransportSet.icmpv6(type, code)),
  protocols.map((protocol) => TransportSet.protocol(protocol)),
);

export const transportSets: fc.Arbitrary<TransportSet> = fc
  .tuple(fc.array(simpleTransports, { maxLength: 5 }), fc.boolean())
  .map(([parts, isComplement]) => {
    const union = TransportSet.unionOf(parts);
    return isComplement ? TransportSet.ALL.subtract(union) : union;
  });

const someIps = (subset: readonly Ip[]): IpSet => IpSet.from(subset);

/** A universe small enough to write out: three IPv4 and two IPv6 addresses, four points. */
export const TINY = {
  ips: [
    { family: 4, value: 0 },
    { family: 4, value: 1 },
    { family: 4, value: MAX_IPV4 },
    { family: 6, value: 1n },
    { family: 6, value: MAX_IPV6 },
  ] as const satisfies readonly Ip[],
  points: [22, 23, 65_536, 262_399] as const,
};

const tinyIpSets = fc.subarray([...TINY.ips] as Ip[]).map(someIps);
const tinyTransports = fc
  .subarray([...TINY.points] as number[])
  .map((points) => TransportSet.unionOf(points.map((point) => TransportSet.point(point))));

export const headerSpaces: fc.Arbitrary<HeaderSpace> = fc
  .array(fc.tuple(tinyIpSets, tinyIpSets, tinyTransports), { maxLength: 3 })
  .map((boxes) => boxes.reduce((space, box) => space.union(HeaderSpace.of(...box)), HeaderSpace.NONE));

function ascending<N extends number | bigint>([a, b]: [N, N]): Range<N> & [N, N] {
  return a <= b ? [a, b] : [b, a];
}
