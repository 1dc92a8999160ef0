import type { Network } from '#model';
import type { Connection } from '#engine';
import { plain } from './plain.ts';
import type { Style } from './style.ts';
import { nameList } from '#findings';
import { table } from './table.ts';

/** Who can open what on whom: sources with the same answer share a line. */
export function connectionLines(
  network: Network,
  connections: readonly Connection[],
  style: Style,
): string[] {
  if (connections.length === 0) return ['nothing can talk to anything here'];
  const lines = new Map<string, { readonly to: string; readonly flows: string; readonly from: string[] }>();
  const name = (id: Connection['from']): string => plain(network.endpoints.get(id)?.name ?? id);
  for (const { from, to, sure, possible, family } of connections) {
    for (const [transport, mark] of [
      [sure, ''],
      [possible.subtract(sure), '  ? unknown'],
    ] as const) {
      if (transport.isEmpty) continue;
      const flows =
        transport.toString() + (family === 6 ? ' (IPv6)' : '') + (mark === '' ? '' : style.yellow(mark));
      const key = `${to} ${flows}`;
      const line = lines.get(key) ?? { to: name(to), flows, from: [] };
      line.from.push(name(from));
      lines.set(key, line);
    }
  }
  const merged = new Map<string, { readonly to: string[]; readonly flows: string; readonly from: string }>();
  for (const { to, flows, from } of lines.values()) {
    const key = [flows, ...from.sort()].join('\n');
    const line = merged.get(key) ?? { to: [], flows, from: nameList(from, 8) };
    line.to.push(to);
    merged.set(key, line);
  }
  return table([...merged.values()].map(({ to, flows, from }) => [nameList(to), flows, `from ${from}`]));
}
