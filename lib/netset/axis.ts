import { isIcmpNumber } from './icmp.ts';
import { isPort } from './port.ts';
import {
  isProtocol,
  PROTOCOL_ICMP,
  PROTOCOL_ICMPV6,
  PROTOCOL_SCTP,
  PROTOCOL_TCP,
  PROTOCOL_UDP,
} from './protocol.ts';

/**
 * The transport axis: what a packet carries, as one whole number, called its point.
 *
 *     TCP port p              p                       0 …  65,535
 *     UDP port p              65,536 + p         65,536 … 131,071
 *     ICMP type t, code c     131,072 + 256t + c      … 196,607
 *     ICMPv6 type t, code c   196,608 + 256t + c      … 262,143
 *     any other protocol n    262,144 + n             … 262,399
 *     SCTP port p             262,400 + p             … 327,935
 *
 * Five points of the block of other protocols name no packet: those of TCP, UDP, ICMP, ICMPv6 and SCTP, which have blocks of their own.
 * Each is a member of a set exactly if the point before it is. Union, intersection and subtraction keep it so, and
 * two sets of the same packets therefore have the same members. In terms of spans: no span begins or ends there.
 */
export const UDP_BASE = 65_536;
export const ICMP_BASE = 131_072;
export const ICMPV6_BASE = 196_608;
export const OTHER_BASE = 262_144;
export const SCTP_BASE = 262_400;
export const AXIS_SIZE = 327_936;

export function isPoint(n: number): boolean {
  return Number.isInteger(n) && n >= 0 && n < AXIS_SIZE;
}

export function isUnusedPoint(n: number): boolean {
  const protocol = n - OTHER_BASE;
  return (
    protocol === PROTOCOL_TCP ||
    protocol === PROTOCOL_UDP ||
    protocol === PROTOCOL_ICMP ||
    protocol === PROTOCOL_ICMPV6 ||
    protocol === PROTOCOL_SCTP
  );
}

/** @throws RangeError if there is no such port */
export function tcpPoint(port: number): number {
  if (!isPort(port)) throw new RangeError(`not a port: ${port}`);
  return port;
}

/** @throws RangeError if there is no such port */
export function udpPoint(port: number): number {
  return UDP_BASE + tcpPoint(port);
}

/** @throws RangeError if there is no such port */
export function sctpPoint(port: number): number {
  return SCTP_BASE + tcpPoint(port);
}

/** @throws RangeError if type or code is no byte */
export function icmpPoint(type: number, code: number): number {
  return ICMP_BASE + icmpOffset(type, code);
}

/** @throws RangeError if type or code is no byte */
export function icmpv6Point(type: number, code: number): number {
  return ICMPV6_BASE + icmpOffset(type, code);
}

/** The point of a protocol other than the five that have blocks of their own. @throws RangeError for those */
export function protocolPoint(protocol: number): number {
  const point = OTHER_BASE + protocol;
  if (!isProtocol(protocol) || isUnusedPoint(point)) {
    throw new RangeError(`not a protocol of one point: ${protocol}`);
  }
  return point;
}

/** The IP protocol number of a point. @throws RangeError if it is not on the axis */
export function protocolOfPoint(point: number): number {
  if (!isPoint(point)) throw new RangeError(`not on the transport axis: ${point}`);
  if (point < UDP_BASE) return PROTOCOL_TCP;
  if (point < ICMP_BASE) return PROTOCOL_UDP;
  if (point < ICMPV6_BASE) return PROTOCOL_ICMP;
  if (point < OTHER_BASE) return PROTOCOL_ICMPV6;
  if (point >= SCTP_BASE) return PROTOCOL_SCTP;
  return isUnusedPoint(point) ? point - OTHER_BASE - 1 : point - OTHER_BASE;
}

/** The destination port of a TCP, UDP or SCTP point; undefined for other points. */
export function portOfPoint(point: number): number | undefined {
  if (point >= SCTP_BASE && point < AXIS_SIZE) return point - SCTP_BASE;
  return point >= 0 && point < ICMP_BASE ? point % UDP_BASE : undefined;
}

/** Type and code of an ICMP or ICMPv6 point; undefined for other points. */
export function icmpOfPoint(point: number): { readonly type: number; readonly code: number } | undefined {
  if (point < ICMP_BASE || point >= OTHER_BASE) return undefined;
  return { type: (point >> 8) & 255, code: point & 255 };
}

/**
 * Half-open pairs lo, hi laid end to end, ascending, none touching the next, none beginning or ending on a point
 * that names no packet: the one way to write a set of points.
 * @throws RangeError if the first `length` numbers are not that
 */
export function assertCanonicalSpans(spans: ArrayLike<number>, length: number): void {
  let isCanonical = (length & 1) === 0 && length <= spans.length;
  let previous = -1;
  for (let i = 0; isCanonical && i < length; i++) {
    const edge = spans[i] as number;
    isCanonical = Number.isInteger(edge) && edge > previous && edge <= AXIS_SIZE && !isUnusedPoint(edge);
    previous = edge;
  }
  if (!isCanonical) throw new RangeError('not the canonical spans of a transport set');
}

function icmpOffset(type: number, code: number): number {
  if (!isIcmpNumber(type) || !isIcmpNumber(code))
    throw new RangeError(`not an ICMP type and code: ${type}/${code}`);
  return type * 256 + code;
}
