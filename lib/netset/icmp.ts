/** Types people meet in ICMP. https://www.iana.org/assignments/icmp-parameters */
const ICMP_TYPES: ReadonlyMap<number, string> = new Map([
  [0, 'echo reply'],
  [3, 'destination unreachable'],
  [4, 'source quench'],
  [5, 'redirect'],
  [8, 'echo request'],
  [9, 'router advertisement'],
  [10, 'router solicitation'],
  [11, 'time exceeded'],
  [12, 'parameter problem'],
  [13, 'timestamp request'],
  [14, 'timestamp reply'],
]);

/** Types people meet in ICMPv6. https://www.iana.org/assignments/icmpv6-parameters */
const ICMPV6_TYPES: ReadonlyMap<number, string> = new Map([
  [1, 'destination unreachable'],
  [2, 'packet too big'],
  [3, 'time exceeded'],
  [4, 'parameter problem'],
  [128, 'echo request'],
  [129, 'echo reply'],
  [130, 'multicast listener query'],
  [131, 'multicast listener report'],
  [132, 'multicast listener done'],
  [133, 'router solicitation'],
  [134, 'router advertisement'],
  [135, 'neighbor solicitation'],
  [136, 'neighbor advertisement'],
  [137, 'redirect'],
  [143, 'multicast listener report, version 2'],
]);

/** Codes that change what a person would do about the message; of ICMP type 3. */
const UNREACHABLE_CODES: ReadonlyMap<number, string> = new Map([
  [0, 'network unreachable'],
  [1, 'host unreachable'],
  [2, 'protocol unreachable'],
  [3, 'port unreachable'],
  [4, 'fragmentation needed'],
  [13, 'administratively prohibited'],
]);

/** A type or a code: one byte. */
export function isIcmpNumber(n: number): boolean {
  return Number.isInteger(n) && n >= 0 && n <= 255;
}

/** What people call an ICMP message, if it has a usual name: "echo request", "fragmentation needed". */
export function icmpName(type: number, code?: number): string | undefined {
  const byCode = type === 3 && code !== undefined ? UNREACHABLE_CODES.get(code) : undefined;
  return byCode ?? ICMP_TYPES.get(type);
}

/** What people call an ICMPv6 message, if it has a usual name. */
export function icmpv6Name(type: number): string | undefined {
  return ICMPV6_TYPES.get(type);
}
