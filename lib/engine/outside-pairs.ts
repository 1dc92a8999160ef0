import { NONE, type IpSet, type SetId, type TransportSet } from '#netset';
import type { Endpoint } from '#model';
import type { Analysis } from './analysis.ts';
import { POSSIBLE, SURE } from './band.ts';
import type { Plane } from './plane.ts';
import type { RowId } from './row-pool.ts';

/** Some addresses outside, and what an endpoint's policies let through between it and each of them. */
export type OutsidePair = {
  readonly endpoint: Endpoint;
  readonly direction: 'ingress' | 'egress';
  readonly ips: IpSet;
  readonly sure: TransportSet;
  readonly possible: TransportSet;
};

/**
 * What policies alone let through between endpoints and addresses outside, whether a way leads there or not: for a pod, what would get
 * in wherever its address means something. One entry for each set of addresses with the same answer.
 */
export function outsidePairs(
  analysis: Analysis,
  direction: 'ingress' | 'egress',
  family: 4 | 6 = 4,
): readonly OutsidePair[] {
  return analysis.planes
    .filter(({ axis }) => axis.family === family)
    .flatMap((plane) =>
      plane.axis.places.flatMap((_, position) => {
        const endpoint = plane.endpointAt(position);
        const takesPart = direction === 'ingress' ? plane.canReceive(position) : plane.canSend(position);
        return endpoint === undefined || !takesPart ? [] : pairsAt(plane, position, endpoint, direction);
      }),
    );
}

function pairsAt(
  plane: Plane,
  position: number,
  endpoint: Endpoint,
  direction: 'ingress' | 'egress',
): readonly OutsidePair[] {
  const { rows, axis } = plane;
  const shared = plane.classOf(position);
  const band = direction === 'ingress' ? shared.ingress : shared.egress;
  const found = new Map<string, { sure: SetId; possible: SetId; spans: [number, number][] }>();
  for (const [start, end] of piecesOf(plane, band)) {
    const [sure, possible] = [rows.at(band[SURE], start), rows.at(band[POSSIBLE], start)];
    if (possible === NONE) continue;
    const key = `${String(sure)} ${String(possible)}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { sure, possible, spans: [[start, end]] });
    else known.spans.push([start, end]);
  }
  return [...found.values()].map(({ sure, possible, spans }) => ({
    endpoint,
    direction,
    ips: axis.addressesOf(spans),
    sure: rows.sets.valueOf(sure),
    possible: rows.sets.valueOf(possible),
  }));
}

/** The outside, cut wherever one of the rows changes. */
function piecesOf({ rows, axis }: Plane, band: readonly RowId[]): readonly (readonly [number, number])[] {
  const edges: number[] = [...axis.outside];
  for (const row of band) {
    rows.forEachRun(row, axis.outside, (start, end) => {
      edges.push(start, end);
      return false;
    });
  }
  edges.sort((a, b) => a - b);
  return edges.flatMap((start, i) => {
    const end = edges[i + 1];
    return end === undefined || end === start ? [] : [[start, end] as const];
  });
}
