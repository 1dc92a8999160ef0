import {
  addressOf,
  formatAddress,
  isInternet,
  isSameAddress,
  isWithin,
  parseBlock,
  widthOf,
} from './address.ts';
import type { Address, Block, Family } from './address.ts';
import type { End, IcmpKind, Question } from './question.ts';
import type { Account, NetworkInterface } from './responses.ts';
import { hasIcmpKind, hasPorts, ICMP, ICMPV6, parseProtocol, TCP, UDP } from './traffic.ts';
import { Dice } from './world/dice.ts';

/** A point of the transport axis: what a question asks besides its ends. */
export type Point = Pick<Question, 'protocol' | 'port' | 'icmp'>;

/**
 * Every question worth asking of a world.
 *
 * All ordered pairs of addresses of two interfaces, and each interface address with each outside
 * representative both ways, at every point where some rule or entry begins, ends, or is just missed.
 * There may be hundreds of thousands: see `someQuestions`.
 */
export function* questionsOf(targets: readonly Account[]): Generator<Question> {
  const points = pointsOf(targets);
  for (const [from, to] of pairsOf(targets)) for (const point of points) yield { from, to, ...point };
}

/** That many of them, chosen evenly among kinds of pair, and with a bias to tcp; the same for the same seed. */
export function* someQuestions(
  targets: readonly Account[],
  count: number,
  seed: number,
): Generator<Question> {
  const dice = new Dice(seed).fork('questions');
  const kinds = groupBy(pointsOf(targets), ({ protocol }) =>
    hasPorts(protocol) || hasIcmpKind(protocol) ? protocol : 'other',
  );
  const [tcp = [], udp = [], icmp = []] = kinds;
  const points = [...kinds, tcp, tcp, udp, icmp];
  const pairs = groupBy(pairsOf(targets), kindOfPair);
  for (let asked = 0; asked < count && pairs.length > 0; asked += 1) {
    const pair = dice.pickAny(dice.pickAny(pairs) ?? []);
    const point = dice.pickAny(dice.pickAny(points) ?? []);
    if (pair !== undefined && point !== undefined) yield { from: pair[0], to: pair[1], ...point };
  }
}

/** Addresses that are neither held nor public are one kind: little can be asked of them. */
function kindOfPair([from, to]: [End, End]): string {
  const outside = 'outside' in from ? from.outside : 'outside' in to ? to.outside : undefined;
  if (outside === undefined) return 'between';
  if (!isInternet(addressOf(outside))) return 'private';
  return 'outside' in from ? 'inbound' : 'outbound';
}

/** Ordered pairs of ends of one family, at least one of them an interface, never twice the same interface. */
export function pairsOf(targets: readonly Account[]): [from: End, to: End][] {
  const held = heldAddresses(targets);
  const outside = outsideAddresses(targets);
  return held.flatMap(({ at, address }) => {
    const end: End = { interface: at, ip: formatAddress(address) };
    const others = held.filter((each) => each.at !== at && each.address.family === address.family);
    const beyond = outside.filter((each) => each.family === address.family);
    return [
      ...others.map((each): [End, End] => [end, { interface: each.at, ip: formatAddress(each.address) }]),
      ...beyond.flatMap((each): [End, End][] => {
        const far: End = { outside: formatAddress(each) };
        return [
          [end, far],
          [far, end],
        ];
      }),
    ];
  });
}

/** Where filters can change their mind: lo - 1, lo, hi, hi + 1 of every range, and protocols named or not. */
export function pointsOf(targets: readonly Account[]): Point[] {
  const ranges = rangesOf(targets);
  const named = ranges.map(({ protocol }) => protocol);
  const others = [...new Set(named.filter((protocol) => !hasPorts(protocol) && !hasIcmpKind(protocol)))];
  const unnamed = [41, 2, 89].find((protocol) => !named.includes(protocol)) ?? 254;
  return [
    ...[TCP, UDP].flatMap((protocol) => portsOf(ranges, protocol).map((port) => ({ protocol, port }))),
    ...[ICMP, ICMPV6].flatMap((protocol) => kindsOf(ranges, protocol).map((icmp) => ({ protocol, icmp }))),
    ...[...others, unnamed].map((protocol) => ({ protocol })),
  ];
}

/** Client ports at which the answer on the way back can change; within 1024–65535. */
export function clientPortsOf(targets: readonly Account[]): number[] {
  const ranges = rangesOf(targets).filter(({ protocol }) => hasPorts(protocol));
  const edges = ranges.flatMap(({ low, high }) => [low - 1, low, high, high + 1]);
  return unique([1024, 32768, 49152, 65535, ...edges]).filter((port) => port >= 1024 && port <= 65535);
}

/** For ICMP `low` is the type and `high` the code; -1 is any. */
type Range = { readonly protocol: number; readonly low: number; readonly high: number };

function rangesOf(targets: readonly Account[]): Range[] {
  const permissions = targets
    .flatMap((target) => target.DescribeSecurityGroups?.SecurityGroups ?? [])
    .flatMap((group) => [...group.IpPermissions, ...group.IpPermissionsEgress])
    .map((each) => ({ text: each.IpProtocol, low: each.FromPort ?? -1, high: each.ToPort ?? -1 }));
  const entries = targets
    .flatMap((target) => target.DescribeNetworkAcls?.NetworkAcls ?? [])
    .flatMap((acl) => acl.Entries)
    .map((each) => ({
      text: each.Protocol,
      low: each.IcmpTypeCode?.Type ?? each.PortRange?.From ?? -1,
      high: each.IcmpTypeCode?.Code ?? each.PortRange?.To ?? -1,
    }));
  return [...permissions, ...entries].flatMap(({ text, low, high }) => {
    const protocol = parseProtocol(text);
    return protocol === undefined || protocol === 'all' ? [] : [{ protocol, low, high }];
  });
}

function portsOf(ranges: readonly Range[], protocol: number): number[] {
  const own = ranges.filter((range) => range.protocol === protocol);
  const edges = own.flatMap(({ low, high }) => [low - 1, low, high, high + 1]);
  return unique([0, 443, 65535, ...edges]).filter((port) => port >= 0 && port <= 65535);
}

function kindsOf(ranges: readonly Range[], protocol: number): IcmpKind[] {
  const own = ranges.filter((range) => range.protocol === protocol);
  const usual = protocol === ICMP ? ['8/0', '0/0', '13/0', '3/4'] : ['128/0', '129/0', '1/0'];
  const edges = own.flatMap(({ low, high }) =>
    [low - 1, low, low + 1].flatMap((type) => [high - 1, high, high + 1].map((code) => `${type}/${code}`)),
  );
  return unique([...usual, ...edges])
    .map((text) => text.split('/').map(Number))
    .flatMap(([type = -1, code = -1]) => (isByte(type) && isByte(code) ? [{ type, code }] : []));
}

function isByte(number: number): boolean {
  return number >= 0 && number <= 255;
}

/** Every address of every interface; of a delegated prefix the first, the last and one between. */
function heldAddresses(targets: readonly Account[]): { at: string; address: Address }[] {
  return interfacesOf(targets).flatMap((raw) =>
    [
      ...singleAddresses(raw),
      ...delegatedBlocks(raw).flatMap(({ family, first, last }) =>
        [first, first + 5n, last].map((bits) => ({ family, bits })),
      ),
    ].map((address) => ({ at: raw.NetworkInterfaceId, address })),
  );
}

/** Edges of every CIDR that occurs, a few hosts of the internet and a private stranger; none held. */
function outsideAddresses(targets: readonly Account[]): Address[] {
  const strangers = ['1.1.1.1', '203.0.113.200', '10.255.255.254', '2a00:1450::1', '2606:4700::1', 'fd00::1'];
  const edges = blocksOf(targets).flatMap(({ family, first, last }) =>
    [first - 1n, first, last, last + 1n]
      .filter((bits) => bits >= 0n && bits < 1n << BigInt(widthOf(family)))
      .map((bits): { family: Family; bits: bigint } => ({ family, bits })),
  );
  const singles = interfacesOf(targets).flatMap(singleAddresses);
  const delegated = interfacesOf(targets).flatMap(delegatedBlocks);
  const isHeld = (address: Address) =>
    singles.some((each) => isSameAddress(each, address)) ||
    delegated.some((block) => isWithin(address, block));
  const texts = [...strangers, ...edges.map(formatAddress)];
  return unique(texts)
    .map(addressOf)
    .filter((address) => !isHeld(address));
}

function blocksOf(targets: readonly Account[]): Block[] {
  const texts = targets.flatMap((target) => [
    ...(target.DescribeSecurityGroups?.SecurityGroups ?? [])
      .flatMap((group) => [...group.IpPermissions, ...group.IpPermissionsEgress])
      .flatMap((each) => [
        ...each.IpRanges.map((range) => range.CidrIp),
        ...each.Ipv6Ranges.map((range) => range.CidrIpv6),
      ]),
    ...(target.DescribeNetworkAcls?.NetworkAcls ?? [])
      .flatMap((acl) => acl.Entries)
      .map((entry) => entry.CidrBlock ?? entry.Ipv6CidrBlock),
    ...(target.DescribeRouteTables?.RouteTables ?? [])
      .flatMap((table) => table.Routes)
      .map((route) => route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock),
    ...Object.values(target.GetManagedPrefixListEntries ?? {})
      .flatMap((list) => list.Entries)
      .map((entry) => entry.Cidr),
    ...(target.DescribeSubnets?.Subnets ?? []).map((subnet) => subnet.CidrBlock),
    ...Object.values(target.SearchTransitGatewayRoutes ?? {})
      .flatMap((table) => table.Routes)
      .map((route) => route.DestinationCidrBlock),
  ]);
  return unique(texts).flatMap((text) => parseBlock(text ?? '') ?? []);
}

function singleAddresses(raw: NetworkInterface): Address[] {
  return [
    ...raw.PrivateIpAddresses.map((each) => addressOf(each.PrivateIpAddress)),
    ...raw.Ipv6Addresses.map((each) => addressOf(each.Ipv6Address)),
  ];
}

function delegatedBlocks(raw: NetworkInterface): Block[] {
  return [
    ...(raw.Ipv4Prefixes ?? []).map((each) => each.Ipv4Prefix),
    ...(raw.Ipv6Prefixes ?? []).map((each) => each.Ipv6Prefix),
  ].flatMap((text) => parseBlock(text) ?? []);
}

function interfacesOf(targets: readonly Account[]): NetworkInterface[] {
  return targets.flatMap((target) => target.DescribeNetworkInterfaces?.NetworkInterfaces ?? []);
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => unknown): T[][] {
  const groups = new Map<unknown, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}
