/** IANA protocol numbers that are written by name. https://www.iana.org/assignments/protocol-numbers */
const NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'icmp'],
  [4, 'ipip'],
  [6, 'tcp'],
  [17, 'udp'],
  [41, 'ipv6-in-ip'],
  [47, 'gre'],
  [50, 'esp'],
  [51, 'ah'],
  [58, 'icmpv6'],
  [132, 'sctp'],
]);

const NUMBERS = new Map([...NAMES].map(([number, name]) => [name, number]));

/** The protocol's number, from its name in any case or its number as text. `undefined` for -1 and all else. */
export function parseProtocol(text: string): number | undefined {
  const named = NUMBERS.get(text.toLowerCase());
  if (named !== undefined) return named;
  if (!/^\d{1,3}$/.test(text)) return undefined;
  const number = Number(text);
  return number <= 255 ? number : undefined;
}

export function protocolName(number: number): string {
  return NAMES.get(number) ?? `protocol ${String(number)}`;
}
