import type { TransportSet } from '#netset';
import { breadthOf, type Exposure, type OutsideReach } from '#engine';
import { plain } from './plain.ts';
import { repliesText } from './replies.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

type Line = {
  readonly name: string;
  readonly cells: readonly string[];
  readonly count: number;
  readonly rank: number;
};

/** What the internet reaches, one line for each workload, address family and set of sources. */
export function exposureLines(exposures: readonly Exposure[], style: Style): string[] {
  const lines = new Map<string, Line>();
  for (const { endpoint, family, sure, possible } of exposures) {
    for (const piece of sure) note(lines, endpoint.workload.name, family, piece, '', style);
    for (const { ips, transport, repliesOnlyTo } of possible) {
      let rest = ips;
      const unknown = (part: typeof ips, flows: TransportSet): void => {
        if (part.isEmpty || flows.isEmpty) return;
        const piece = { ips: part, transport: flows, ...(repliesOnlyTo && { repliesOnlyTo }) };
        note(lines, endpoint.workload.name, family, piece, 'unknown', style);
      };
      for (const piece of sure) {
        unknown(rest.intersect(piece.ips), transport.subtract(piece.transport));
        rest = rest.subtract(piece.ips);
      }
      unknown(rest, transport);
    }
  }
  const rows = [...lines.values()].sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1));
  if (rows.length === 0) return ['  nothing: no address of this network answers the internet'];
  return table(
    rows.map(({ name, cells, count: n }) => [name + (n > 1 ? ` (${String(n)} interfaces)` : ''), ...cells]),
  );
}

function note(
  lines: Map<string, Line>,
  name: string,
  family: 4 | 6,
  { ips, transport, repliesOnlyTo }: OutsideReach,
  mark: string,
  style: Style,
): void {
  const breadth = breadthOf(ips, family);
  const text = ips.toString();
  const from =
    breadth === 'whole'
      ? `the whole internet (IPv${String(family)})`
      : plain(text.length > 60 ? `${text.slice(0, 57)}…` : text);
  const notes = [
    ...(mark === '' ? [] : [style.yellow('? unknown')]),
    ...(repliesOnlyTo === undefined ? [] : [repliesText(repliesOnlyTo)]),
  ];
  const cells = [transport.toString(), `from ${from}`, notes.join(', ')];
  const key = [name, ...cells].join('\n');
  const known = lines.get(key);
  lines.set(key, {
    name: plain(name),
    cells,
    count: (known?.count ?? 0) + 1,
    rank: breadth === 'whole' ? 0 : breadth === 'wide' ? 1 : 2,
  });
}
