import { TransportSet } from '#netset';
import type { Direction } from '#model';
import { connectivity, outsidePairs, type Analysis, type OutsidePair } from '#engine';
import { INGRESS_CONTROLLER } from '#sources/kubernetes';
import { COUNTED } from './connection-text.ts';
import type { Range } from './outside-ranges.ts';

/** One end of a row: a workload by its name, or a range of addresses outside. */
export type RowEnd = string | Range;
export type Row = { readonly src: RowEnd; readonly dst: RowEnd; readonly transport: TransportSet };

export type Ranges = Readonly<Record<Direction, readonly Range[]>>;

/** Every permitted connection between workloads, and with each of these ranges outside. */
export function connectionRows(analysis: Analysis, ranges: Ranges): readonly Row[] {
  const { network } = analysis;
  const isWorkload = (id: string): boolean =>
    id === INGRESS_CONTROLLER || network.endpoints.get(id as never)?.role !== 'load-balancer';
  const inside = [...connectivity(analysis)].flatMap(({ from, to, family, sure }): Row[] => {
    const transport = sure.intersect(COUNTED);
    const isRow =
      family === 4 &&
      !transport.isEmpty &&
      isWorkload(from) &&
      to !== (INGRESS_CONTROLLER as string) &&
      isWorkload(to);
    return isRow ? [{ src: from, dst: to, transport }] : [];
  });
  return [...inside, ...outsideRows(analysis, 'ingress', ranges), ...outsideRows(analysis, 'egress', ranges)];
}

function outsideRows(analysis: Analysis, direction: Direction, ranges: Ranges): readonly Row[] {
  const pairs = outsidePairs(analysis, direction).filter(({ endpoint }) => endpoint.role !== 'load-balancer');
  return ranges[direction].flatMap((range) =>
    pairs.flatMap((pair): Row[] => {
      const transport = transportAt(pair, range);
      if (transport.isEmpty) return [];
      return direction === 'ingress'
        ? [{ src: range, dst: pair.endpoint.id, transport }]
        : [{ src: pair.endpoint.id, dst: range, transport }];
    }),
  );
}

/** What holds for the whole of a range: ranges are cut wherever a rule has an edge. */
function transportAt({ ips, sure }: OutsidePair, { first }: Range): TransportSet {
  return ips.has({ family: 4, value: first }) ? sure.intersect(COUNTED) : TransportSet.NONE;
}
