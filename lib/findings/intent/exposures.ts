import { ALL_IPS, type IpSet, type TransportSet } from '#netset';
import type { Endpoint, Network } from '#model';
import type { OutsideReach } from '#engine';
import { MEANT_FOR_LOAD_BALANCERS } from '../front-doors.ts';
import { matcherOf } from './matcher.ts';
import type { IntentSettings } from './settings.ts';

/** Flows that are meant, of those who are meant. */
type Meant = {
  readonly isFor: (endpoint: Endpoint) => boolean;
  readonly ips: IpSet;
  readonly transport: TransportSet;
};

/** Takes what is meant, and what comes from a trusted range, out of what can be opened from outside. */
export function unmeantBy(
  { exposures, frontDoorsAreMeant }: IntentSettings,
  trusted: IpSet,
  network: Network,
): (endpoint: Endpoint, pieces: readonly OutsideReach[]) => readonly OutsideReach[] {
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
  return (endpoint, pieces) => {
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
}

function piecesOf(piece: OutsideReach, ips: IpSet, transport: TransportSet): readonly OutsideReach[] {
  return ips.isEmpty || transport.isEmpty ? [] : [{ ...piece, ips, transport }];
}
