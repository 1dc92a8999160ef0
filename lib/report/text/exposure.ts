import type { TransportSet } from '#netset';
import { breadthOf, type Exposure } from '#engine';
import { plain } from './plain.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

/** What the internet reaches, one line for each workload, address family and set of sources. */
export function exposureLines(exposures: readonly Exposure[], style: Style): string[] {
  const lines = new Map<string, { cells: readonly string[]; count: number; rank: number }>();
  for (const { endpoint, family, sure, possible } of exposures) {
    for (const { ips, transport } of sure) note(lines, endpoint.workload.name, family, ips, transport, '', style);
    for (const { ips, transport } of possible) {
      const known = sure.filter((piece) => piece.ips.overlaps(ips)).reduce((rest, piece) => rest.subtract(piece.transport), transport);
      if (!known.isEmpty) note(lines, endpoint.workload.name, family, ips, known, 'unknown', style);
    }
  }
  const rows = [...lines.values()].sort((a, b) => a.rank - b.rank || (a.cells[0]! < b.cells[0]! ? -1 : 1));
  if (rows.length === 0) return ['  nothing: no address of this network answers the internet'];
  return table(rows.map(({ cells, count: n }) => [cells[0]! + (n > 1 ? ` (${String(n)} interfaces)` : ''), ...cells.slice(1)]));
}

function note(
  lines: Map<string, { cells: readonly string[]; count: number; rank: number }>,
  name: string, family: 4 | 6, ips: Exposure['sure'][number]['ips'], transport: TransportSet, mark: string, style: Style,
): void {
  const breadth = breadthOf(ips, family);
  const text = ips.toString();
  const from = breadth === 'whole' ? `the whole internet (IPv${String(family)})` : plain(text.length > 60 ? `${text.slice(0, 57)}…` : text);
  const cells = [plain(name), transport.toString(), `from ${from}`, mark === '' ? '' : style.yellow('? unknown')];
  const key = cells.join('\n');
  const known = lines.get(key);
  lines.set(key, { cells, count: (known?.count ?? 0) + 1, rank: breadth === 'whole' ? 0 : breadth === 'wide' ? 1 : 2 });
}
