import type { EndpointId } from '#model';
import type { FlowChange } from '#engine';
import { count } from '#findings';
import { blindSpotLines, findingLines, nameList, plain, table, type Style } from '#report';
import type { ClusterChange, OutsideChange } from './cluster-change.ts';

/** A change of a cluster as a reviewer reads it: what opens first, then what closes. One line if it does nothing. */
export function clusterChangeLines(change: ClusterChange, style: Style): string[] {
  const { diff, outside, opened, resolved, added, removed, unseen, newlyUnseen } = change;
  const name = (id: EndpointId): string =>
    plain((diff.after.network.endpoints.get(id) ?? diff.before.network.endpoints.get(id))?.name ?? id) +
    (added.includes(id) ? ' (new)' : removed.includes(id) ? ' (gone)' : '');
  const parts = [
    section(style.red(style.bold('opens')), flowRows(diff.opened, name), outsideRows(outside.opened, name)),
    section(
      style.yellow(style.bold('may open')),
      flowRows(diff.maybeOpened, name),
      outsideRows(outside.maybeOpened, name),
    ),
    section(
      style.green(style.bold('closes')),
      flowRows(diff.closed, name),
      outsideRows(outside.closed, name),
    ),
    opened.length === 0
      ? []
      : ['', ...opened.flatMap((one) => [...findingLines({ finding: one, fixes: [] }, style), ''])],
    resolved.map(({ title }) => `${style.green('resolved')}  ${plain(title)}`),
  ].flat();
  const told =
    parts.length > 0
      ? parts
      : [
          newlyUnseen.length === 0
            ? `${style.dim('quiet')}     nothing opens, nothing closes`
            : `${style.yellow('unknown')}   nothing that can be seen opens or closes`,
        ];
  const first =
    newlyUnseen[0] === undefined
      ? []
      : [`${style.yellow('not seen any more')}  ${count(newlyUnseen.length, 'thing')}`];
  const spots = [...newlyUnseen, ...unseen.filter((spot) => !newlyUnseen.includes(spot))];
  return unseen.length === 0 ? told : [...told, '', ...first, ...blindSpotLines(spots, style)];
}

function section(title: string, flows: readonly Row[], outside: readonly Row[]): string[] {
  return flows.length + outside.length === 0 ? [] : [title, ...table([...flows, ...outside])];
}

type Row = readonly string[];

/** Those with the same destination and the same flows share a line. */
function flowRows(flows: readonly FlowChange[], name: (id: EndpointId) => string): readonly Row[] {
  const rows = new Map<string, { readonly cells: Row; readonly from: Set<string> }>();
  for (const { from, to, transport } of flows) {
    const cells = [name(to), transport.toString()];
    const row = rows.get(cells.join('\n')) ?? { cells, from: new Set() };
    rows.set(cells.join('\n'), row);
    row.from.add(name(from));
  }
  return [...rows.values()].map(({ cells, from }) => [...cells, `from ${nameList([...from].sort(), 8)}`]);
}

function outsideRows(changes: readonly OutsideChange[], name: (id: EndpointId) => string): readonly Row[] {
  return changes.map(({ workload, direction, ips, transport }) => {
    const text = ips.toString();
    const range = plain(text.length > 60 ? `${text.slice(0, 57)}…` : text);
    return [
      name(workload),
      transport.toString(),
      `${direction === 'ingress' ? 'from' : 'to'} outside, ${range}`,
    ];
  });
}
