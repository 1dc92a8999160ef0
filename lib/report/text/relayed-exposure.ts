import type { IpSet } from '#netset';
import { breadthOf, type OutsideReach, type RelayedExposure } from '#engine';
import { nameList } from '#findings';
import { plain } from './plain.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

type Line = { readonly names: string[]; readonly cells: readonly string[]; readonly rank: number };

/** What the internet reaches through load balancers, one line for each way, port and set of sources, under a heading; none if there is nothing. */
export function relayedExposureLines(relayed: readonly RelayedExposure[], style: Style): string[] {
  const byCells = new Map<string, Line>();
  for (const one of relayed) {
    const way = `through ${one.through.map(({ name }) => plain(name)).join(' → ')} ${one.dialled.toString()}`;
    for (const { ips, transport } of one.sure) note(byCells, one, ips, [transport.toString(), way], '');
    for (const { ips, transport } of unknownPart(one))
      note(byCells, one, ips, [transport.toString(), way], style.yellow('? unknown'));
  }
  const rows = [...byCells.values()].sort(
    (a, b) =>
      a.rank - b.rank ||
      ((a.names[0] ?? '') < (b.names[0] ?? '') ? -1 : 1) ||
      (a.cells.join() < b.cells.join() ? -1 : 1),
  );
  if (rows.length === 0) return [];
  const lines = table(rows.map(({ names, cells }) => [nameList(names), ...cells]));
  return ['', style.bold('and through load balancers'), ...lines];
}

/** Of what is possible, what is not sure. */
function unknownPart({ sure, possible }: RelayedExposure): readonly OutsideReach[] {
  return possible.flatMap(({ ips, transport }) => {
    let rest = ips;
    const parts: OutsideReach[] = [];
    for (const piece of sure) {
      const shared = rest.intersect(piece.ips);
      const flows = transport.subtract(piece.transport);
      if (!shared.isEmpty && !flows.isEmpty) parts.push({ ips: shared, transport: flows });
      rest = rest.subtract(piece.ips);
    }
    return rest.isEmpty ? parts : [...parts, { ips: rest, transport }];
  });
}

function note(
  lines: Map<string, Line>,
  { endpoint, family }: RelayedExposure,
  ips: IpSet,
  cells: readonly string[],
  mark: string,
): void {
  const breadth = breadthOf(ips, family);
  const text = ips.toString();
  const from =
    breadth === 'whole'
      ? `the whole internet (IPv${String(family)})`
      : plain(text.length > 60 ? `${text.slice(0, 57)}…` : text);
  const all = [...cells, `from ${from}`, mark];
  const key = all.join('\n');
  const known = lines.get(key);
  const name = plain(endpoint.workload.name);
  if (known !== undefined) known.names.push(name);
  else {
    const rank = breadth === 'whole' ? 0 : breadth === 'wide' ? 1 : 2;
    lines.set(key, { names: [name], cells: all, rank });
  }
}
