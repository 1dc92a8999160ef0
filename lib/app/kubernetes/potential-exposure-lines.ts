import type { Direction } from '#model';
import { nameList, plain, table, type Style } from '#report';
import { selectionText } from '#sources/kubernetes';
import type { PotentialExposure } from './potential-exposure.ts';

const TITLES: Readonly<Record<Direction, string>> = {
  ingress: 'pods that are not there yet would reach',
  egress: 'and would be reached by',
};

/** Whom pods would reach that are not there yet, and who would reach them: workloads with the same answer share a line. */
export function potentialExposureLines(found: readonly PotentialExposure[], style: Style): string[] {
  return (['ingress', 'egress'] as const).flatMap((direction) => {
    const rows = new Map<string, { readonly names: string[]; readonly cells: readonly string[] }>();
    for (const one of found.filter((each) => each.direction === direction)) {
      const cells = cellsOf(one, style);
      const row = rows.get(cells.join('\n')) ?? { names: [], cells };
      rows.set(cells.join('\n'), row);
      row.names.push(plain(one.workload.name));
    }
    if (rows.size === 0) return [];
    return [
      style.bold(TITLES[direction]),
      ...table([...rows.values()].map(({ names, cells }) => [nameList(names), ...cells])),
      '',
    ];
  });
}

function cellsOf(
  { direction, peer, transport, sure, named, isUnprotected }: PotentialExposure,
  style: Style,
): readonly string[] {
  const flows = [transport.isEmpty ? '' : transport.toString(), ...named.map((port) => `${port} by name`)];
  const doubt = sure.equals(transport) ? '' : style.yellow('  ? unknown');
  const who = peer === undefined ? 'any pod of the cluster' : plain(selectionText(peer.selection));
  const told = flows.filter((text) => text !== '').join(', ');
  return [
    (told === '' ? 'nothing' : told) + doubt,
    `${direction === 'ingress' ? 'from' : 'to'} ${who}${isUnprotected ? ': no policy is about it' : ''}`,
  ];
}

/** One of them for machines: `peer` has the selectors that such a pod and its namespace match, and is absent for any pod whatever. */
export function toPotentialExposureJson(one: PotentialExposure) {
  const { workload, direction, peer, transport, sure, named, isUnprotected } = one;
  return {
    workload: workload.name,
    direction,
    ...(peer !== undefined && {
      peer: {
        text: selectionText(peer.selection),
        podSelector: peer.selection.pods,
        ...(peer.selection.namespaces.kind === 'one'
          ? { namespace: peer.selection.namespaces.name }
          : { namespaceSelector: peer.selection.namespaces.by }),
      },
    }),
    possible: transport.toString(),
    sure: sure.toString(),
    portsByName: named,
    isUnprotected,
  };
}
