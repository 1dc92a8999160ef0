import { breadthOf, type DoorExplanation, type Doorway, type OutsideReach } from '#engine';
import { nameList } from '#findings';
import { plain } from './plain.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

const HEADINGS = {
  internet: 'and perhaps by front doors, whose far side was not read',
  invited: 'and those who are let in, by front doors that ask who they are',
} as const;

/** What is opened by front doors: what the internet may, then what only those may who were let in. No lines where there is nothing. */
export function doorwayLines(doorways: readonly Doorway[], style: Style): string[] {
  return (['internet', 'invited'] as const).flatMap((gate) => {
    const rows = rowsOf(
      doorways.filter(({ door }) => door.gate === gate),
      style,
    );
    return rows.length === 0 ? [] : ['', style.bold(HEADINGS[gate]), ...table(rows)];
  });
}

function rowsOf(doorways: readonly Doorway[], style: Style): string[][] {
  const byCells = new Map<string, { readonly names: Set<string>; readonly cells: readonly string[] }>();
  for (const way of doorways) {
    const { door, endpoint, through, sure, possible } = way;
    const by = [door, ...through].map(({ name }) => plain(name)).join(' → ');
    const isSure = sure.length > 0;
    for (const piece of isSure ? sure : possible) {
      const cells = [
        piece.transport.toString(),
        `by ${by}`,
        `for ${plain(door.guests)}${fromText(way, piece)}`,
        isSure ? '' : style.yellow('? unknown'),
      ];
      const key = cells.join('\n');
      const known = byCells.get(key) ?? { names: new Set<string>(), cells };
      known.names.add(plain(endpoint.workload.name));
      byCells.set(key, known);
    }
  }
  return [...byCells.values()]
    .map(({ names, cells }) => [nameList([...names].sort()), ...cells])
    .sort((a, b) => (a.join() < b.join() ? -1 : 1));
}

/** Where clients keep their address, not all of them may be admitted. */
function fromText({ door, family }: Doorway, { ips }: OutsideReach): string {
  if (door.source === 'door' || breadthOf(ips, family) === 'whole') return '';
  const text = ips.toString();
  return ` from ${text.length > 60 ? `${text.slice(0, 57)}…` : text}`;
}

/** The ways by front doors that lead to what was asked about. */
export function doorExplanationLines(doors: readonly DoorExplanation[], style: Style): string[] {
  return doors.flatMap(({ door, verdict, through, transport }) => {
    const colour = verdict === 'allowed' ? style.red : style.yellow;
    const by = [door, ...through].map(({ name }) => plain(name)).join(' → ');
    return [
      '',
      `${colour(style.bold(verdict))}   by ${by}: ${transport.toString()}, for ${plain(door.guests)}`,
    ];
  });
}
