import {
  AXIS_SIZE,
  ICMP_BASE,
  ICMPV6_BASE,
  icmpOfPoint,
  isUnusedPoint,
  OTHER_BASE,
  portOfPoint,
  protocolOfPoint,
  SCTP_BASE,
  UDP_BASE,
} from './axis.ts';
import { combineEdges, INTERSECT } from './edges.ts';
import { icmpName, icmpv6Name } from './icmp.ts';
import { hasProtocolName, PROTOCOL_ICMPV6, protocolName } from './protocol.ts';

export const ALL_TRAFFIC = 'all traffic';
export const NO_TRAFFIC = 'no traffic';
export const OTHER_PROTOCOLS = 'other protocols';

/** A run of offsets within a block of the axis; both ends belong to it. */
type WriteRun = (first: number, last: number) => string[];

/** The blocks of the axis in order: where each ends, what it is called whole and in part, how a part is written. */
const BLOCKS: readonly { end: number; whole: string; name: string; write: WriteRun }[] = [
  { end: UDP_BASE, whole: 'tcp', name: 'tcp', write: writeNumbers },
  { end: ICMP_BASE, whole: 'udp', name: 'udp', write: writeNumbers },
  { end: ICMPV6_BASE, whole: 'icmp', name: 'icmp', write: writeIcmp },
  { end: OTHER_BASE, whole: 'icmpv6', name: 'icmpv6', write: writeIcmp },
  { end: SCTP_BASE, whole: OTHER_PROTOCOLS, name: 'protocol', write: writeProtocols },
  { end: AXIS_SIZE, whole: 'sctp', name: 'sctp', write: writeNumbers },
];

/** The text of a transport set, from its canonical spans. */
export function formatSpans(spans: readonly number[]): string {
  if (spans.length === 0) return NO_TRAFFIC;
  if (spans[0] === 0 && spans[1] === AXIS_SIZE) return ALL_TRAFFIC;
  const clauses: string[] = [];
  let begin = 0;
  for (const { end, whole, name, write } of BLOCKS) {
    const inside = combineEdges(spans, [begin, end], INTERSECT);
    if (inside[0] === begin && inside[1] === end) clauses.push(whole);
    else if (inside.length > 0) clauses.push(`${name} ${writeAll(inside, begin, write)}`);
    begin = end;
  }
  return clauses.join('; ');
}

/** One point for people: "tcp 22", "icmp 8/0 (echo request)", "protocol 47 (gre)". @throws RangeError off the axis */
export function describePoint(point: number): string {
  const protocol = protocolOfPoint(point);
  const port = portOfPoint(point);
  if (port !== undefined) return `${protocolName(protocol)} ${port}`;
  const icmp = icmpOfPoint(point);
  if (icmp === undefined) {
    return named(`protocol ${protocol}`, hasProtocolName(protocol) ? protocolName(protocol) : undefined);
  }
  return protocol === PROTOCOL_ICMPV6
    ? named(`icmpv6 ${icmp.type}/${icmp.code}`, icmpv6Name(icmp.type))
    : named(`icmp ${icmp.type}/${icmp.code}`, icmpName(icmp.type, icmp.code));
}

function named(text: string, name: string | undefined): string {
  return name === undefined ? text : `${text} (${name})`;
}

function writeAll(spans: readonly number[], begin: number, write: WriteRun): string {
  const parts: string[] = [];
  for (let i = 0; i < spans.length; i += 2) {
    parts.push(...write((spans[i] as number) - begin, (spans[i + 1] as number) - begin - 1));
  }
  return parts.join(',');
}

function writeNumbers(first: number, last: number): string[] {
  return [first === last ? `${first}` : `${first}-${last}`];
}

/** Whole types as "3" or "3-5"; what is left at either end as "8/0" or "8/1-4". */
function writeIcmp(first: number, last: number): string[] {
  const [firstType, lastType] = [first >> 8, last >> 8];
  const [firstCode, lastCode] = [first & 255, last & 255];
  const isFirstWhole = firstCode === 0 && (firstType < lastType || lastCode === 255);
  if (firstType === lastType) {
    return isFirstWhole ? [`${firstType}`] : [`${firstType}/${writeNumbers(firstCode, lastCode).join('')}`];
  }
  const wholeFrom = isFirstWhole ? firstType : firstType + 1;
  const wholeTo = lastCode === 255 ? lastType : lastType - 1;
  return [
    ...(isFirstWhole ? [] : [`${firstType}/${writeNumbers(firstCode, 255).join('')}`]),
    ...(wholeFrom <= wholeTo ? writeNumbers(wholeFrom, wholeTo) : []),
    ...(lastCode === 255 ? [] : [`${lastType}/${writeNumbers(0, lastCode).join('')}`]),
  ];
}

/** Broken at the five numbers that have blocks of their own, so that "protocol 5,7" never seems to include TCP. */
function writeProtocols(first: number, last: number): string[] {
  const parts: string[] = [];
  let from = first;
  for (let protocol = first; protocol <= last + 1; protocol++) {
    if (protocol <= last && !isUnusedPoint(OTHER_BASE + protocol)) continue;
    if (from < protocol) parts.push(...writeNumbers(from, protocol - 1));
    from = protocol + 1;
  }
  return parts;
}
