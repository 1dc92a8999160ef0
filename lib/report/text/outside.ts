import { ALL_IPV4, ALL_IPV6, type IpSet } from '#netset';
import { nameList } from '#findings';
import type { OutsidePair } from '#engine';
import { plain } from './plain.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

/** What policies let through to and from addresses outside: those with the same answer share a line. */
export function outsideLines(pairs: readonly OutsidePair[], style: Style): string[] {
  return (['ingress', 'egress'] as const).flatMap((direction) => {
    const lines = new Map<string, { readonly names: string[]; readonly cells: readonly string[] }>();
    for (const { endpoint, ips, sure, possible } of pairs.filter((pair) => pair.direction === direction)) {
      for (const [transport, mark] of [
        [sure, ''],
        [possible.subtract(sure), style.yellow('  ? unknown')],
      ] as const) {
        if (transport.isEmpty) continue;
        const word = direction === 'ingress' ? 'from' : 'to';
        const cells = [transport.toString() + mark, `${word} ${rangeText(ips)}`];
        const line = lines.get(cells.join('\n')) ?? { names: [], cells };
        lines.set(cells.join('\n'), line);
        line.names.push(plain(endpoint.name));
      }
    }
    const title =
      direction === 'ingress' ? 'policies admit from outside the cluster' : 'policies let out of the cluster';
    const rows = [...lines.values()].map(({ names, cells }) => [nameList(names), ...cells]);
    return rows.length === 0 ? [] : ['', style.bold(title), ...table(rows)];
  });
}

function rangeText(ips: IpSet): string {
  if (ips.equals(ALL_IPV4)) return 'anywhere (IPv4)';
  if (ips.equals(ALL_IPV6)) return 'anywhere (IPv6)';
  const text = ips.toString();
  return plain(text.length > 80 ? `${text.slice(0, 77)}…` : text);
}

/** One of them for machines. */
export function toOutsideJson({ endpoint, direction, ips, sure, possible }: OutsidePair) {
  return {
    workload: endpoint.name,
    direction,
    ranges: ips.toString(),
    sure: sure.toString(),
    possible: possible.toString(),
  };
}
