import { ALL_IPS, TransportSet, type IpSet } from '#netset';
import type { Endpoint, Network } from '#model';
import { breadthOf, type OutsideReach } from '#engine';
import { MEANT_FOR_LOAD_BALANCERS } from './web-ports.ts';
import { matcherOf } from './matcher.ts';
import type { IntentSettings } from './settings.ts';

/** What of exposures is meant. */
export type MeantFlows = {
  /** The part of what outside addresses can open at an endpoint that nobody means and no trusted range explains. */
  readonly unmeant: (endpoint: Endpoint, pieces: readonly OutsideReach[]) => readonly OutsideReach[];
  /** What the internet at large is meant to open at an endpoint. */
  readonly meantOpen: (endpoint: Endpoint) => TransportSet;
};

/** Flows that are meant, of those who are meant. */
type Meant = {
  readonly isFor: (endpoint: Endpoint) => boolean;
  readonly ips: IpSet;
  readonly transport: TransportSet;
};

/** Tells what is meant from what is not: what comes from a trusted range is meant, whatever it is. */
export function meantExposures(
  { exposures, frontDoorsAreMeant }: IntentSettings,
  trusted: IpSet,
  network: Network,
): MeantFlows {
  const all: readonly Meant[] = [
    ...(frontDoorsAreMeant
      ? [
          {
            isFor: ({ role }: Endpoint) => role === 'load-balancer',
            ips: ALL_IPS,
            transport: MEANT_FOR_LOAD_BALANCERS,
          },
        ]
      : []),
    ...exposures.map(({ what, from, transport }) => ({
      isFor: matcherOf(what, network),
      ips: from,
      transport,
    })),
  ];
  const isWide = (ips: IpSet): boolean => breadthOf(ips, 4) !== 'limited' || breadthOf(ips, 6) !== 'limited';
  const meantOpen = (endpoint: Endpoint): TransportSet =>
    TransportSet.unionOf(
      all.filter(({ isFor, ips }) => isWide(ips) && isFor(endpoint)).map(({ transport }) => transport),
    );
  const unmeant: MeantFlows['unmeant'] = (endpoint, pieces) => {
    let left = trusted.isEmpty
      ? pieces
      : pieces.flatMap((piece) => piecesOf(piece, piece.ips.subtract(trusted), piece.transport));
    for (const { isFor, ips, transport } of all) {
      if (!isFor(endpoint)) continue;
      left = left.flatMap((piece) => [
        ...piecesOf(piece, piece.ips.intersect(ips), piece.transport.subtract(transport)),
        ...piecesOf(piece, piece.ips.subtract(ips), piece.transport),
      ]);
    }
    return left;
  };
  return { unmeant, meantOpen };
}

function piecesOf(piece: OutsideReach, ips: IpSet, transport: TransportSet): readonly OutsideReach[] {
  return ips.isEmpty || transport.isEmpty ? [] : [{ ...piece, ips, transport }];
}
