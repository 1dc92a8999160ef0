import type { Network } from '#model';
import type { Connection, RelayedConnection } from '#engine';
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
  return linesOf(network, connections, style, () => '');
}

/** The same of what goes through load balancers, under a heading; no lines where there is nothing. */
export function relayedConnectionLines(
  network: Network,
  connections: readonly RelayedConnection[],
  style: Style,
): string[] {
  if (connections.length === 0) return [];
  const wayOf = ({ through, dialled }: RelayedConnection): string =>
    `through ${through.map(({ name }) => plain(name)).join(' → ')} ${dialled.toString()}`;
  return ['', style.bold('and through load balancers'), ...linesOf(network, connections, style, wayOf)];
}

function linesOf<C extends Connection>(
  network: Network,
  connections: readonly C[],
  style: Style,
  wayOf: (connection: C) => string,
): string[] {
  const lines = new Map<
    string,
    { readonly to: string; readonly flows: string; readonly way: string; readonly from: string[] }
  >();
  const name = (id: Connection['from']): string => plain(network.endpoints.get(id)?.name ?? id);
  for (const connection of connections) {
    const { from, to, sure, possible, family } = connection;
    const way = wayOf(connection);
    for (const [transport, mark] of [
      [sure, ''],
      [possible.subtract(sure), '  ? unknown'],
    ] as const) {
      if (transport.isEmpty) continue;
      const flows =
        transport.toString() + (family === 6 ? ' (IPv6)' : '') + (mark === '' ? '' : style.yellow(mark));
      const key = `${to} ${flows} ${way}`;
      const line = lines.get(key) ?? { to: name(to), flows, way, from: [] };
      line.from.push(name(from));
      lines.set(key, line);
    }
  }
  const merged = new Map<
    string,
    { readonly to: string[]; readonly flows: string; readonly way: string; readonly from: string }
  >();
  for (const { to, flows, way, from } of lines.values()) {
    const key = [flows, way, ...from.sort()].join('\n');
    const line = merged.get(key) ?? { to: [], flows, way, from: nameList(from, 8) };
    line.to.push(to);
    merged.set(key, line);
  }
  return table(
    [...merged.values()].map(({ to, flows, way, from }) => [
      nameList(to),
      flows,
      ...(way === '' ? [] : [way]),
      `from ${from}`,
    ]),
  );
}
