import { analyse } from '#engine';
import type { Direction } from '#model';
import type { Translated } from '#sources/kubernetes';
import { isUnprotected, potentialPeers } from '../../kubernetes/potential-peers.ts';
import { connectionRows } from './connection-rows.ts';
import { connectionText, COUNTED } from './connection-text.ts';
import { endText } from './difference-rows.ts';
import type { Options } from './expectation.ts';
import { focused } from './focus.ts';
import { outsideRanges } from './outside-ranges.ts';
import { peerText } from './peer-text.ts';

/** The exposure part of a case, as lines: potential peers and ranges outside, and who is open to all. */
export function exposureRows(
  { network, potential }: Translated,
  options: Options,
): { readonly lines: readonly string[]; readonly unprotected: readonly string[] } {
  const analysis = analyse(network);
  const isPotential = new Set<string>(potential.map(({ endpoint }) => endpoint));
  const ranges = { ingress: outsideRanges([network], 'ingress'), egress: outsideRanges([network], 'egress') };
  const isOfWorkload = (end: unknown): boolean => typeof end === 'string' && !isPotential.has(end);
  const outside = focused(connectionRows(analysis, ranges), options).filter(
    ({ src, dst }) =>
      (typeof src !== 'string' && isOfWorkload(dst)) || (typeof dst !== 'string' && isOfWorkload(src)),
  );
  const peers = potentialPeers(analysis, potential).flatMap(
    ({ workload, direction, peer, transport, named }) => {
      const far = peerText(peer?.selection);
      const row =
        direction === 'ingress'
          ? { src: far, dst: workload.id as string }
          : { src: workload.id as string, dst: far };
      if (focused([{ ...row, transport }], options).length === 0) return [];
      return [`${row.src} => ${row.dst} : ${connectionText(transport, named)}`];
    },
  );
  const workloads = [...network.endpoints.values()].filter(
    ({ id, role }) => !isPotential.has(id) && role !== 'load-balancer',
  );
  const isAsked = (id: string, direction: Direction): boolean => {
    const row = direction === 'ingress' ? { src: '', dst: id } : { src: id, dst: '' };
    return focused([{ ...row, transport: COUNTED }], options).length > 0;
  };
  return {
    lines: [
      ...outside.map(
        ({ src, dst, transport }) => `${endText(src)} => ${endText(dst)} : ${connectionText(transport)}`,
      ),
      ...peers,
    ],
    unprotected: workloads.flatMap((workload) =>
      (['ingress', 'egress'] as const).flatMap((direction) =>
        isUnprotected(analysis, workload, direction) && isAsked(workload.id, direction)
          ? [`${workload.id} ${direction}`]
          : [],
      ),
    ),
  };
}
