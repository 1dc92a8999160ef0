export const PROTOCOL_ICMP = 1;
export const PROTOCOL_TCP = 6;
export const PROTOCOL_UDP = 17;
export const PROTOCOL_ICMPV6 = 58;
export const PROTOCOL_SCTP = 132;
export const MAX_PROTOCOL = 255;

/**
 * The protocols one meets, by IANA number and name in lower case; 58 by the name people use.
 * https://www.iana.org/assignments/protocol-numbers
 *
 * Number 27 is left out on purpose: its name is "rdp", and nobody who writes that means it.
 */
const NAMES: ReadonlyMap<number, string> = new Map([
  [0, 'hopopt'],
  [PROTOCOL_ICMP, 'icmp'],
  [2, 'igmp'],
  [4, 'ipv4'],
  [PROTOCOL_TCP, 'tcp'],
  [8, 'egp'],
  [9, 'igp'],
  [PROTOCOL_UDP, 'udp'],
  [33, 'dccp'],
  [41, 'ipv6'],
  [43, 'ipv6-route'],
  [44, 'ipv6-frag'],
  [46, 'rsvp'],
  [47, 'gre'],
  [50, 'esp'],
  [51, 'ah'],
  [PROTOCOL_ICMPV6, 'icmpv6'],
  [59, 'ipv6-nonxt'],
  [60, 'ipv6-opts'],
  [88, 'eigrp'],
  [89, 'ospf'],
  [94, 'ipip'],
  [97, 'etherip'],
  [103, 'pim'],
  [108, 'ipcomp'],
  [112, 'vrrp'],
  [115, 'l2tp'],
  [PROTOCOL_SCTP, 'sctp'],
  [136, 'udplite'],
  [137, 'mpls-in-ip'],
]);

const OTHER_SPELLINGS = [
  ['icmp6', PROTOCOL_ICMPV6],
  ['ipv6-icmp', PROTOCOL_ICMPV6],
  ['ospfigp', 89],
] as const;

const NUMBERS: ReadonlyMap<string, number> = new Map([
  ...[...NAMES].map(([number, name]) => [name, number] as const),
  ...OTHER_SPELLINGS,
]);

const DECIMAL = /^(?:0|[1-9][0-9]{0,2})$/;

export function isProtocol(n: number): boolean {
  return Number.isInteger(n) && n >= 0 && n <= MAX_PROTOCOL;
}

/** The number of a protocol written as its name in any case ("tcp") or as its number ("6"); otherwise undefined. */
export function parseProtocol(text: string): number | undefined {
  if (DECIMAL.test(text)) return isProtocol(Number(text)) ? Number(text) : undefined;
  return NUMBERS.get(text.toLowerCase());
}

/** What people call the protocol: "tcp", "gre"; "protocol 200" where it has no usual name. */
export function protocolName(protocol: number): string {
  return NAMES.get(protocol) ?? `protocol ${protocol}`;
}

/** Whether `protocolName` knows more than the number. */
export function hasProtocolName(protocol: number): boolean {
  return NAMES.has(protocol);
}
