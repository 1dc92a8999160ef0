import {
  MAX_PORT,
  parseProtocol,
  PROTOCOL_ICMP,
  PROTOCOL_ICMPV6,
  PROTOCOL_TCP,
  PROTOCOL_UDP,
  TransportSet,
} from '#netset';
import { quote } from './blind-spots.ts';

/** What a rule admits, with the words for it that go into a rule's id. */
export type RuleTransport = {
  readonly transport: TransportSet;
  /** `tcp`, `47`, `all`. */
  readonly protocol: string;
  /** What a rule's id says of it: `tcp/22-22/`, `icmp/8-0/` (type and code), `47/all/`. */
  readonly words: string;
  /** Why this is the most that the rule may admit and not surely what it admits. */
  readonly fault?: string;
};

const ANY = -1;
const NAMES: ReadonlyMap<number, string> = new Map([
  [PROTOCOL_TCP, 'tcp'],
  [PROTOCOL_UDP, 'udp'],
  [PROTOCOL_ICMP, 'icmp'],
  [PROTOCOL_ICMPV6, 'icmpv6'],
]);

/**
 * Reads protocol, `from` and `to` as security groups and network ACLs write them: a name or a number as text, -1 for
 * all; ports for TCP and UDP, type and code for ICMP, nothing for others. Like rules share one set.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 */
export class RuleTransports {
  readonly #known = new Map<string, Map<number, RuleTransport>>();

  /** The same object for the same meaning, so that two rules can be compared by it; but not where there is a fault. */
  of(protocol: unknown, from: unknown, to: unknown): RuleTransport {
    const key = partsKey(from, to);
    const known = typeof protocol === 'string' ? this.#ofProtocol(protocol) : undefined;
    const before = key === undefined ? undefined : known?.get(key);
    if (before !== undefined) return before;
    const read = readTransport(protocol, from, to);
    // Where the parts do not matter, one set stands for all.
    const mayBeAny = read.words === allOf(read.protocol) && key !== ANY_PARTS && known !== undefined;
    const transport = mayBeAny ? this.of(protocol, undefined, undefined) : read;
    if (key !== undefined) known?.set(key, transport);
    return transport;
  }

  /** A protocol's name and its number are one. */
  #ofProtocol(protocol: string): Map<number, RuleTransport> {
    let known = this.#known.get(protocol);
    if (known === undefined) {
      const name = readTransport(protocol, undefined, undefined).protocol;
      known = (name === protocol ? undefined : this.#known.get(name)) ?? new Map<number, RuleTransport>();
      this.#known.set(protocol, known);
      if (name !== 'unknown') this.#known.set(name, known);
    }
    return known;
  }
}

/** Parts are ports, types or codes, or are left out. Both of them as one number; `undefined` if they are anything else. */
function partsKey(from: unknown, to: unknown): number | undefined {
  const [first, last] = [from ?? ANY, to ?? ANY];
  if (!isPart(first) || !isPart(last)) return undefined;
  return (first + 1) * PARTS + last + 1;
}

const PARTS = 65_537;
const ANY_PARTS = 0;

function isPart(part: unknown): part is number {
  return typeof part === 'number' && Number.isInteger(part) && part >= ANY && part < PARTS - 1;
}

function readTransport(text: unknown, from: unknown, to: unknown): RuleTransport {
  if (text === '-1') return { transport: TransportSet.ALL, protocol: 'all', words: allOf('all') };
  const number = typeof text === 'string' ? parseProtocol(text) : undefined;
  if (number === undefined) {
    const fault = `${quote(text)} is not a protocol`;
    return { transport: TransportSet.ALL, protocol: 'unknown', words: allOf('unknown'), fault };
  }
  const protocol = NAMES.get(number) ?? String(number);
  switch (protocol) {
    case 'tcp':
    case 'udp':
      return readPorts(protocol, from, to);
    case 'icmp':
    case 'icmpv6':
      return readIcmp(protocol, from, to);
    default:
      return { transport: TransportSet.protocol(number), protocol, words: allOf(protocol) };
  }
}

/** An end that is left out or -1 while the other is set is an open end; AWS itself refuses such rules. */
function readPorts(protocol: 'tcp' | 'udp', from: unknown, to: unknown): RuleTransport {
  if (isAny(from) && isAny(to))
    return { transport: TransportSet[protocol](), protocol, words: allOf(protocol) };
  const words = `${protocol}/${wordOf(from)}-${wordOf(to)}/`;
  const first = isAny(from) ? 0 : from;
  const last = isAny(to) ? MAX_PORT : to;
  if (isWithin(first, MAX_PORT) && isWithin(last, MAX_PORT) && first <= last) {
    return { transport: TransportSet[protocol](first, last), protocol, words };
  }
  const fault = `${quote(from)} to ${quote(to)} is not a range of ports`;
  return { transport: TransportSet[protocol](), protocol, words, fault };
}

function readIcmp(protocol: 'icmp' | 'icmpv6', type: unknown, code: unknown): RuleTransport {
  if (isAny(type) && isAny(code))
    return { transport: TransportSet[protocol](), protocol, words: allOf(protocol) };
  const words = `${protocol}/${wordOf(type)}-${wordOf(code)}/`;
  if (isWithin(type, 255)) {
    if (isAny(code)) return { transport: TransportSet[protocol](type), protocol, words };
    if (isWithin(code, 255)) return { transport: TransportSet[protocol](type, code), protocol, words };
  }
  const fault = `${quote(type)} and ${quote(code)} are not an ICMP type and code`;
  return { transport: TransportSet[protocol](), protocol, words, fault };
}

/** AWS leaves a part out or writes -1 where any will do. */
function isAny(part: unknown): part is undefined | -1 {
  return part === undefined || part === ANY;
}

function isWithin(part: unknown, last: number): part is number {
  return typeof part === 'number' && Number.isInteger(part) && part >= 0 && part <= last;
}

function allOf(protocol: string): string {
  return `${protocol}/all/`;
}

function wordOf(part: unknown): string {
  return typeof part === 'number' ? String(part) : part === undefined ? String(ANY) : 'unknown';
}
