import { formatAddress, parseBlock, type Block } from '../oracle/address.ts';
import type { Manifests } from './corpus-manifests.ts';
import { ask } from './oracle/ask.ts';
import type { KubeObject, Protocol } from './oracle/objects.ts';
import type { End, Question } from './oracle/question.ts';
import { portsOf } from './ports-of.ts';

export type Row = { readonly src: string; readonly dst: string; readonly conn?: string };

export type Case = {
  readonly connections: readonly Row[];
  /** Which rows the case is about; `focusConn` is a protocol and a port, and the rows that allow it then say no more. */
  readonly options?: {
    readonly focusWorkloads?: readonly string[];
    readonly focusWorkloadPeers?: readonly string[];
    readonly focusDirection?: 'ingress' | 'egress';
    readonly focusConn?: string;
  };
};

/** Some part of both sides of a pair: a workload, or addresses that no row and no policy tells apart. */
type Side = { readonly name: string; readonly end: End; readonly range?: Range };
type Range = { readonly first: bigint; readonly last: bigint };

const PROTOCOLS: readonly Protocol[] = ['SCTP', 'TCP', 'UDP'];
const LAST_ADDRESS = 2n ** 32n - 1n;
const NOTHING = 'No Connections';
const ALL_PORTS = '1-65535';

/**
 * What differs between the rows of a case and what asking single packets says: every pair of workloads, and of a workload with
 * the first and the last address between any two edges of a block or a row, at every port at which something could change.
 */
export function differences(
  { objects, workloads }: Manifests,
  { connections, options = {} }: Case,
): string[] {
  const inside = workloads.map(({ name, pod }): Side => ({
    name,
    end: { pod: `${pod.metadata.namespace ?? ''}/${pod.metadata.name}` },
  }));
  const outside = rangesOf(objects, connections).flatMap((range) => [
    sideAt(range, range.first),
    sideAt(range, range.last),
  ]);
  const pairs = [
    ...inside.flatMap((from) => [...inside, ...outside].map((to) => [from, to] as const)),
    ...outside.flatMap((from) => inside.map((to) => [from, to] as const)),
  ].filter(([from, to]) => from !== to && isInFocus(options, from, to));
  const unmet = new Set(connections.filter((row) => !isAboutIngress(row)));
  const wrong = pairs.flatMap(([from, to]) => {
    const row = connections.find((each) => isAbout(each.src, from) && isAbout(each.dst, to));
    if (row !== undefined) unmet.delete(row);
    const expected = row === undefined ? NOTHING : (row.conn ?? options.focusConn);
    const found =
      options.focusConn === undefined
        ? connectionText(objects, from.end, to.end)
        : focusedText(objects, from.end, to.end, options.focusConn);
    return found === expected
      ? []
      : [`${from.name} → ${to.name}: ${expected ?? ''} expected, ${found} found`];
  });
  return [...wrong, ...[...unmet].map((row) => `${row.src} → ${row.dst} is about nothing in the manifests`)];
}

/** Through an Ingress: what stands behind it is no question of policies alone. */
export function isAboutIngress(row: Row): boolean {
  return row.src === 'ingress-controller';
}

function isInFocus(options: NonNullable<Case['options']>, from: Side, to: Side): boolean {
  const { focusWorkloads, focusWorkloadPeers, focusDirection } = options;
  if (focusWorkloads === undefined) return true;
  const ways = [
    { focus: from, peer: to, direction: 'egress' },
    { focus: to, peer: from, direction: 'ingress' },
  ];
  return ways.some(
    ({ focus, peer, direction }) =>
      isNamed(focusWorkloads, focus) &&
      (focusWorkloadPeers === undefined || isNamed(focusWorkloadPeers, peer)) &&
      (focusDirection === undefined || focusDirection === direction),
  );
}

function isNamed(names: readonly string[], side: Side): boolean {
  const full = side.name.replace(/\[.*/, '');
  return names.some((name) => name === full || name === full.replace(/^.*\//, ''));
}

/** In the words of the corpus: which ports of which protocols one end may call at the other. */
function connectionText(objects: readonly KubeObject[], from: End, to: End): string {
  const ports = portsOf(objects);
  const parts = PROTOCOLS.flatMap((protocol) => {
    const open = openPorts(ports, (port) => isAllowed(objects, { from, to, protocol, port }));
    return open.length === 0 ? [] : [{ protocol, open: open.join(',') }];
  });
  if (parts.length === 0) return NOTHING;
  if (parts.length === PROTOCOLS.length && parts.every(({ open }) => open === ALL_PORTS))
    return 'All Connections';
  return parts.map(({ protocol, open }) => `${protocol} ${open}`).join(',');
}

/** `focus`: `udp-52` */
function focusedText(objects: readonly KubeObject[], from: End, to: End, focus: string): string {
  const [name = '', port] = focus.split('-');
  const protocol = PROTOCOLS.find((each) => each.toLowerCase() === name);
  if (protocol === undefined) throw new TypeError(`no protocol in ${focus}`);
  return isAllowed(objects, { from, to, protocol, port: Number(port) }) ? focus : NOTHING;
}

function isAllowed(objects: readonly KubeObject[], question: Question): boolean {
  const answer = ask(objects, question, { networks: 'outside' });
  if (answer === 'undefined') throw new TypeError(`not defined: ${JSON.stringify(question)}`);
  return answer === 'allowed';
}

/** `ports`: where answers may change, ascending from 1; each stands for all up to the next. */
function openPorts(ports: readonly number[], isOpen: (port: number) => boolean): string[] {
  const ranges: [number, number][] = [];
  ports.forEach((port, at) => {
    if (!isOpen(port)) return;
    const last = (ports[at + 1] ?? 65_536) - 1;
    const previous = ranges.at(-1);
    if (previous?.[1] === port - 1) previous[1] = last;
    else ranges.push([port, last]);
  });
  return ranges.map(([first, last]) => (first === last ? String(first) : `${String(first)}-${String(last)}`));
}

function sideAt(range: Range, bits: bigint): Side {
  const ip = formatAddress({ family: 4, bits });
  return { name: ip, end: { ip }, range };
}

function isAbout(text: string, side: Side): boolean {
  if (side.range === undefined) return text === side.name;
  const range = rangeOf(text);
  return range !== undefined && range.first <= side.range.first && side.range.last <= range.last;
}

/** All addresses, cut wherever a block of any policy or a row begins or ends. */
function rangesOf(objects: readonly KubeObject[], rows: readonly Row[]): Range[] {
  const named = rows.flatMap((row) => [row.src, row.dst].map(rangeOf).filter((range) => range !== undefined));
  const starts = new Set([0n]);
  for (const { first, last } of [...blocksIn(objects), ...named]) {
    starts.add(first);
    if (last < LAST_ADDRESS) starts.add(last + 1n);
  }
  const sorted = [...starts].toSorted((a, b) => (a < b ? -1 : 1));
  return sorted.map((first, at) => ({ first, last: (sorted[at + 1] ?? LAST_ADDRESS + 1n) - 1n }));
}

function rangeOf(text: string): Range | undefined {
  const [first, last] = text.split('-').map((part) => parseBlock(`${part}/32`)?.first);
  return first === undefined || last === undefined ? undefined : { first, last };
}

/** Every text in a policy that is an IPv4 block, whatever the field is called. */
function blocksIn(value: unknown): Block[] {
  if (typeof value === 'string') {
    const block = parseBlock(value);
    return block?.family === 4 ? [block] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(blocksIn);
}
