import { isIcmpNumber } from './icmp.ts';
import { parsePortRange } from './port.ts';
import {
  isProtocol,
  parseProtocol,
  PROTOCOL_TCP,
  PROTOCOL_UDP,
  PROTOCOL_ICMP,
  PROTOCOL_ICMPV6,
  PROTOCOL_SCTP,
} from './protocol.ts';
import { TransportSet } from './transport.ts';
import { ALL_TRAFFIC, NO_TRAFFIC, OTHER_PROTOCOLS } from './transport-format.ts';

/**
 * The set a text writes, or undefined.
 *
 * What people type, with a slash or a space after the protocol: "tcp/22", "tcp 20-25,80", "udp", "icmp/8/0", "icmp/3",
 * "icmpv6", "gre", "proto/47", "all"; several joined by ";". And whatever `TransportSet.toString` writes.
 * A bare number is refused: who types "22" means a port, and would be told about IP protocol 22.
 */
export function parseTransport(text: string): TransportSet | undefined {
  return unionOfAll(text.toLowerCase().split(';'), (clause) => parseClause(clause.trim()));
}

function parseClause(clause: string): TransportSet | undefined {
  switch (clause) {
    case 'all':
    case ALL_TRAFFIC:
      return TransportSet.ALL;
    case 'none':
    case NO_TRAFFIC:
      return TransportSet.NONE;
    case OTHER_PROTOCOLS:
      return otherProtocols();
    default: {
      const [, word = '', items] = /^([a-z][a-z0-9-]*)(?:[/ ](.*))?$/.exec(clause) ?? [];
      if (items === undefined) return parseWholeProtocol(word);
      return unionOfAll(items.split(','), (item) => parseItem(word, item.trim()));
    }
  }
}

function parseItem(word: string, item: string): TransportSet | undefined {
  if (word === 'proto' || word === 'protocol') return parseProtocolRange(item);
  switch (parseProtocol(word)) {
    case PROTOCOL_TCP:
      return parsePorts(item, (first, last) => TransportSet.tcp(first, last));
    case PROTOCOL_UDP:
      return parsePorts(item, (first, last) => TransportSet.udp(first, last));
    case PROTOCOL_SCTP:
      return parsePorts(item, (first, last) => TransportSet.sctp(first, last));
    case PROTOCOL_ICMP:
      return parseIcmp(item, (type, code) => TransportSet.icmp(type, code));
    case PROTOCOL_ICMPV6:
      return parseIcmp(item, (type, code) => TransportSet.icmpv6(type, code));
    case undefined:
    default:
      return undefined;
  }
}

function parseWholeProtocol(name: string): TransportSet | undefined {
  const protocol = parseProtocol(name);
  return protocol === undefined ? undefined : TransportSet.protocol(protocol);
}

function parsePorts(
  item: string,
  make: (first: number, last: number) => TransportSet,
): TransportSet | undefined {
  const ports = parsePortRange(item);
  return ports === undefined ? undefined : make(ports.first, ports.last);
}

/** "8/0", "3/1-4", "3" or "3-5": a code or codes of one type, or whole types. */
function parseIcmp(
  item: string,
  make: (type: number, code?: number) => TransportSet,
): TransportSet | undefined {
  const [typeText = '', codeText, ...rest] = item.split('/');
  const types = parseRange(typeText, isIcmpNumber);
  if (types === undefined || rest.length > 0) return undefined;
  if (codeText === undefined) return unionOfRange(types, (type) => make(type));
  const codes = parseRange(codeText, isIcmpNumber);
  if (codes === undefined || types.first !== types.last) return undefined;
  return unionOfRange(codes, (code) => make(types.first, code));
}

/** "47", "2-5" or a name; a range covers whatever of TCP, UDP, ICMP, ICMPv6 and SCTP it spans. */
function parseProtocolRange(item: string): TransportSet | undefined {
  const protocols = parseRange(item, isProtocol);
  if (protocols === undefined) return parseWholeProtocol(item);
  return unionOfRange(protocols, (protocol) => TransportSet.protocol(protocol));
}

type Run = {
  readonly first: number;
  readonly last: number;
};

function parseRange(text: string, isInside: (n: number) => boolean): Run | undefined {
  const range = parsePortRange(text);
  return range !== undefined && isInside(range.first) && isInside(range.last) ? range : undefined;
}

function unionOfRange({ first, last }: Run, make: (n: number) => TransportSet): TransportSet {
  return TransportSet.unionOf(Array.from({ length: last - first + 1 }, (_, i) => make(first + i)));
}

function otherProtocols(): TransportSet {
  return [PROTOCOL_TCP, PROTOCOL_UDP, PROTOCOL_ICMP, PROTOCOL_ICMPV6, PROTOCOL_SCTP].reduce(
    (rest, protocol) => rest.subtract(TransportSet.protocol(protocol)),
    TransportSet.ALL,
  );
}

/** The union of what every part writes; undefined if any part writes nothing. */
function unionOfAll(
  parts: readonly string[],
  parse: (part: string) => TransportSet | undefined,
): TransportSet | undefined {
  const sets: TransportSet[] = [];
  for (const part of parts) {
    const set = parse(part);
    if (set === undefined) return undefined;
    sets.push(set);
  }
  return TransportSet.unionOf(sets);
}
