import type { IcmpKind, Question } from './question.ts';

export const ICMP = 1;
export const TCP = 6;
export const UDP = 17;
export const ICMPV6 = 58;

/** What filters see of a packet besides its addresses: the destination port, never the source port (SG14). */
export type Packet = { readonly protocol: number; readonly port?: number; readonly icmp?: IcmpKind };

/**
 * The packets that one rule or ACL entry speaks of.
 *
 * `ports` counts for tcp and udp, `type` and `code` for ICMP and ICMPv6 (undefined: any); every other
 * protocol is meant as a whole (SG13, NA6).
 */
export type Traffic = {
  readonly protocol: number | 'all';
  readonly ports: readonly [from: number, to: number];
  readonly type: number | undefined;
  readonly code: number | undefined;
};

const NAMES: Readonly<Record<string, number | 'all'>> = {
  '-1': 'all',
  all: 'all',
  tcp: TCP,
  udp: UDP,
  icmp: ICMP,
  icmpv6: ICMPV6,
};

/** A name or a number as text; `"6"` is tcp (SG13). Undefined for anything else. */
export function parseProtocol(text: string): number | 'all' | undefined {
  const named = NAMES[text.toLowerCase()];
  if (named !== undefined) return named;
  return /^\d{1,3}$/.test(text) && Number(text) < 256 ? Number(text) : undefined;
}

export function hasPorts(protocol: number | 'all'): boolean {
  return protocol === TCP || protocol === UDP;
}

export function hasIcmpKind(protocol: number | 'all'): boolean {
  return protocol === ICMP || protocol === ICMPV6;
}

export function covers(traffic: Traffic, packet: Packet): boolean {
  if (traffic.protocol === 'all') return true; // SG13: ports ignored
  if (traffic.protocol !== packet.protocol) return false;
  if (packet.port !== undefined) return packet.port >= traffic.ports[0] && packet.port <= traffic.ports[1];
  if (packet.icmp !== undefined) {
    // SG15: code 0 is code 0, not any
    return (
      (traffic.type === undefined || traffic.type === packet.icmp.type) &&
      (traffic.code === undefined || traffic.code === packet.icmp.code)
    );
  }
  return true;
}

/** Throws when the question lacks what its protocol needs. */
export function packetOf({ protocol, port, icmp }: Question): Packet {
  if (hasPorts(protocol)) {
    if (port === undefined) throw new TypeError(`protocol ${protocol} needs a port`);
    return { protocol, port };
  }
  if (hasIcmpKind(protocol)) {
    if (icmp === undefined) throw new TypeError(`protocol ${protocol} needs an ICMP type and code`);
    return { protocol, icmp };
  }
  return { protocol };
}

/**
 * The packet that answers, or undefined where none exists.
 *
 * tcp and udp answer to the client's port (NA2). Echo and timestamp requests have a reply type of their own
 * (RFC 792, RFC 4443); other ICMP messages are not answered. Any other protocol answers with itself.
 */
export function replyTo(packet: Packet, clientPort: number): Packet | undefined {
  if (packet.port !== undefined) return { protocol: packet.protocol, port: clientPort };
  if (packet.icmp === undefined) return packet;
  const type = REPLY_TYPE[`${packet.protocol}/${packet.icmp.type}`];
  return type === undefined ? undefined : { protocol: packet.protocol, icmp: { type, code: 0 } };
}

const REPLY_TYPE: Readonly<Record<string, number>> = { '1/8': 0, '1/13': 14, '58/128': 129 };
