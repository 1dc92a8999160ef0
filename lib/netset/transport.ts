import {
  assertCanonicalSpans,
  AXIS_SIZE,
  ICMP_BASE,
  icmpPoint,
  ICMPV6_BASE,
  isPoint,
  isUnusedPoint,
  protocolPoint,
  SCTP_BASE,
  sctpPoint,
  tcpPoint,
  UDP_BASE,
  udpPoint,
} from './axis.ts';
import {
  combineEdges,
  combinesToAny,
  edgesHave,
  edgesOfSpans,
  INTERSECT,
  sameEdges,
  SUBTRACT,
  UNION,
} from './edges.ts';
import { MAX_PORT } from './port.ts';
import type { PortRange } from './port.ts';
import { PROTOCOL_ICMP, PROTOCOL_ICMPV6, PROTOCOL_SCTP, PROTOCOL_TCP, PROTOCOL_UDP } from './protocol.ts';
import { formatSpans } from './transport-format.ts';

/** An immutable set of points of the transport axis (axis.ts): protocols, their ports, ICMP types and codes. */
export class TransportSet {
  static readonly NONE = new TransportSet([]);
  static readonly ALL = new TransportSet([0, AXIS_SIZE]);

  /** Half-open pairs lo, hi laid end to end, ascending, none touching the next. Equal sets have equal spans. */
  readonly spans: readonly number[];

  private constructor(spans: readonly number[]) {
    this.spans = Object.freeze(spans);
  }

  /**
   * TCP ports, both ends included: `tcp()` is all, `tcp(22)` one, `tcp(20, 25)` six.
   * @throws RangeError if that is no range of ports
   */
  static tcp(from?: number, to?: number): TransportSet {
    const { first, last } = portsBetween(from, to);
    return TransportSet.#between(tcpPoint(first), tcpPoint(last));
  }

  /** UDP ports, as `tcp`. */
  static udp(from?: number, to?: number): TransportSet {
    const { first, last } = portsBetween(from, to);
    return TransportSet.#between(udpPoint(first), udpPoint(last));
  }

  /** SCTP ports, as `tcp`. */
  static sctp(from?: number, to?: number): TransportSet {
    const { first, last } = portsBetween(from, to);
    return TransportSet.#between(sctpPoint(first), sctpPoint(last));
  }

  /**
   * All of ICMP, all codes of a type, or one code of it.
   * @throws RangeError if type or code is no byte, or a code has no type
   */
  static icmp(type?: number, code?: number): TransportSet {
    const { first, last } = icmpBetween(type, code);
    return TransportSet.#between(ICMP_BASE + first, ICMP_BASE + last);
  }

  /** All of ICMPv6, all codes of a type, or one code of it, as `icmp`. */
  static icmpv6(type?: number, code?: number): TransportSet {
    const { first, last } = icmpBetween(type, code);
    return TransportSet.#between(ICMPV6_BASE + first, ICMPV6_BASE + last);
  }

  /** Everything an IP protocol carries: `protocol(6)` is `tcp()`. @throws RangeError if there is no such protocol */
  static protocol(protocol: number): TransportSet {
    switch (protocol) {
      case PROTOCOL_TCP:
        return TransportSet.tcp();
      case PROTOCOL_UDP:
        return TransportSet.udp();
      case PROTOCOL_SCTP:
        return TransportSet.sctp();
      case PROTOCOL_ICMP:
        return TransportSet.icmp();
      case PROTOCOL_ICMPV6:
        return TransportSet.icmpv6();
      default:
        return TransportSet.point(protocolPoint(protocol));
    }
  }

  /** @throws RangeError if the number is no point or names no packet */
  static point(point: number): TransportSet {
    if (!isPoint(point) || isUnusedPoint(point)) throw new RangeError(`no packet has the point ${point}`);
    return TransportSet.#between(point, point);
  }

  /** The set of canonical spans. @throws RangeError if they are not canonical (see axis.ts) */
  static fromSpans(spans: ArrayLike<number>): TransportSet {
    assertCanonicalSpans(spans, spans.length);
    return new TransportSet(Array.from(spans));
  }

  static unionOf(sets: Iterable<TransportSet>): TransportSet {
    const pairs: [number, number][] = [];
    for (const { spans } of sets) {
      for (let i = 0; i < spans.length; i += 2) pairs.push([spans[i] as number, spans[i + 1] as number]);
    }
    return new TransportSet(edgesOfSpans(pairs));
  }

  get isEmpty(): boolean {
    return this.spans.length === 0;
  }

  union(other: TransportSet): TransportSet {
    if (other.isEmpty || this === other) return this;
    if (this.isEmpty) return other;
    return new TransportSet(combineEdges(this.spans, other.spans, UNION));
  }

  intersect(other: TransportSet): TransportSet {
    if (this.isEmpty || this === other) return this;
    if (other.isEmpty) return other;
    return new TransportSet(combineEdges(this.spans, other.spans, INTERSECT));
  }

  subtract(other: TransportSet): TransportSet {
    if (this.isEmpty || other.isEmpty) return this;
    return new TransportSet(combineEdges(this.spans, other.spans, SUBTRACT));
  }

  isSubsetOf(other: TransportSet): boolean {
    return this === other || !combinesToAny(this.spans, other.spans, SUBTRACT);
  }

  overlaps(other: TransportSet): boolean {
    return combinesToAny(this.spans, other.spans, INTERSECT);
  }

  equals(other: TransportSet): boolean {
    return this === other || sameEdges(this.spans, other.spans);
  }

  has(point: number): boolean {
    return edgesHave(this.spans, point);
  }

  /** The lowest point. */
  first(): number | undefined {
    return this.spans[0];
  }

  /** The ports of TCP, UDP or SCTP in this set, ascending. */
  portsOf(protocol: 6 | 17 | 132): PortRange[] {
    const base = { [PROTOCOL_TCP]: 0, [PROTOCOL_UDP]: UDP_BASE, [PROTOCOL_SCTP]: SCTP_BASE }[protocol];
    const block = combineEdges(this.spans, [base, base + UDP_BASE], INTERSECT);
    const ranges: PortRange[] = [];
    for (let i = 0; i < block.length; i += 2) {
      ranges.push({ first: (block[i] as number) - base, last: (block[i + 1] as number) - base - 1 });
    }
    return ranges;
  }

  /** "tcp 22,80-90; udp 53; icmp 8/0; protocol 47", "all traffic", "no traffic"; `parseTransport` reads it back. */
  toString(): string {
    return formatSpans(this.spans);
  }

  /** The points first to last, both included, and with them a point after last that names no packet. */
  static #between(first: number, last: number): TransportSet {
    if (first > last) throw new RangeError(`a range ends before it begins: ${first} to ${last}`);
    return new TransportSet([first, isUnusedPoint(last + 1) ? last + 2 : last + 1]);
  }
}

function portsBetween(from?: number, to?: number): PortRange {
  if (from === undefined) return { first: 0, last: to ?? MAX_PORT };
  return { first: from, last: to ?? from };
}

/** First and last offset within the block of ICMP or ICMPv6. */
function icmpBetween(type?: number, code?: number): { first: number; last: number } {
  if (type === undefined && code !== undefined) throw new RangeError(`ICMP code ${code} of no type`);
  const first = icmpPoint(type ?? 0, code ?? 0) - ICMP_BASE;
  const last = icmpPoint(type ?? 255, code ?? 255) - ICMP_BASE;
  return { first, last };
}
