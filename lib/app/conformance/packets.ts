import { parsePortRange, parseProtocol, TransportSet, type Family, type PortRange } from '#netset';

/** The members of a fact that say which packets it is about. */
export type FactPackets = {
  readonly protocol: string;
  readonly ports?: string | null | undefined;
  readonly icmpType?: number | null | undefined;
  readonly icmpCode?: number | null | undefined;
};

const REAL_PORTS = { first: 1, last: 65_535 };

/** What cases mean by "all" where they compare exactly: TCP and UDP from port 1 on, and ICMP. Nothing else is counted there. */
export const COUNTED = TransportSet.tcp(REAL_PORTS.first, REAL_PORTS.last)
  .union(TransportSet.udp(REAL_PORTS.first, REAL_PORTS.last))
  .union(TransportSet.icmp());

/** The packets of a fact; `undefined` where they are not understood. */
export function packetsOf(fact: FactPackets, family: Family): TransportSet | undefined {
  const { ports, icmpType, icmpCode } = fact;
  const hasPorts = ports !== undefined && ports !== null && ports !== 'all';
  const hasIcmp = (icmpType ?? icmpCode ?? undefined) !== undefined;
  const protocol = protocolOf(fact.protocol, family);
  switch (protocol) {
    case undefined:
      return undefined;
    case 'all':
      return hasPorts || hasIcmp ? undefined : TransportSet.ALL;
    case 6:
    case 17:
      if (hasIcmp) return undefined;
      return hasPorts ? portsOf(ports, protocol) : TransportSet.protocol(protocol);
    case 1:
    case 58:
      return hasPorts ? undefined : icmpOf(protocol, icmpType ?? undefined, icmpCode ?? undefined);
    default:
      return hasPorts || hasIcmp ? undefined : TransportSet.protocol(protocol);
  }
}

/** A list of ports such as "1-9079,9081-65535", as packets of one protocol. */
export function portsOf(text: string, protocol: 6 | 17): TransportSet | undefined {
  const ranges = text.split(',').map((part) => parsePortRange(part.trim()));
  if (!ranges.every((range): range is PortRange => range !== undefined)) return undefined;
  return TransportSet.unionOf(
    ranges.map(({ first, last }) =>
      protocol === 6 ? TransportSet.tcp(first, last) : TransportSet.udp(first, last),
    ),
  );
}

/** Packets that a list admits, from all source ports or from some. */
export type Admitted = { readonly points: TransportSet; readonly srcPorts: string | null | undefined };

/**
 * What a list admits altogether. Filters do not look at source ports, so packets that are listed by them count only where
 * the list has all of them.
 */
export function unionOfAdmitted(list: readonly Admitted[]): TransportSet {
  const whole = list.filter(({ srcPorts }) => !srcPorts).map(({ points }) => points);
  const byPorts = list.filter(({ srcPorts }) => srcPorts);
  const complete = byPorts.filter(({ points }) => {
    const same = byPorts.filter((other) => points.isSubsetOf(other.points));
    const sources = TransportSet.unionOf(
      same.map(({ srcPorts }) => portsOf(srcPorts ?? '', 6) ?? TransportSet.NONE),
    );
    return TransportSet.tcp(REAL_PORTS.first, REAL_PORTS.last).isSubsetOf(sources);
  });
  return TransportSet.unionOf([...whole, ...complete.map(({ points }) => points)]);
}

/** `any` is some flow of whatever protocol; ICMP of IPv6 is ICMPv6. */
function protocolOf(text: string, family: Family): number | 'all' | undefined {
  if (text === 'all' || text === 'any' || text === '-1') return 'all';
  return text === 'icmp' && family === 6 ? 58 : parseProtocol(text);
}

function icmpOf(
  protocol: 1 | 58,
  type: number | undefined,
  code: number | undefined,
): TransportSet | undefined {
  const make = (type?: number, code?: number): TransportSet =>
    protocol === 1 ? TransportSet.icmp(type, code) : TransportSet.icmpv6(type, code);
  if (type !== undefined || code === undefined) return make(type, code);
  return TransportSet.unionOf(Array.from({ length: 256 }, (_, each) => make(each, code)));
}
