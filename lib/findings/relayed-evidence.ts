import type { Flow, IpSet, TransportSet } from '#netset';
import type { BlindSpotId, Endpoint } from '#model';
import type { Analysis, RelayedExposure } from '#engine';
import { culpritsBetween, culpritsFrom } from './culprits.ts';
import { doubtsBetween, doubtsFrom } from './doubts.ts';
import type { Culprit } from './finding.ts';

/** The interfaces of the relay that clients dial, and of the one that hands on to the endpoint. */
function doorsOf({ network }: Analysis, { through }: RelayedExposure) {
  const [first, last] = [through[0], through.at(-1) ?? through[0]];
  const endpointsOf = (ids: readonly Endpoint['id'][]): Endpoint[] =>
    ids.flatMap((id) => network.endpoints.get(id) ?? []);
  return { dialled: endpointsOf(first.entrances), handing: endpointsOf(last.entrances) };
}

/** The rules by which clients get into the relay, and those by which what it hands on gets into the endpoint. */
export function relayedCulprits(
  analysis: Analysis,
  relayed: RelayedExposure,
  sources: IpSet,
  transport: TransportSet,
): Culprit[] {
  const { network } = analysis;
  const { endpoint, dialled } = relayed;
  const doors = doorsOf(analysis, relayed);
  return [
    ...doors.dialled.flatMap((door) => culpritsFrom(network, door, sources, dialled)),
    ...doors.handing.flatMap((door) => culpritsBetween(network, door, endpoint, transport)),
    ...culpritsFrom(network, endpoint, sources, transport),
  ];
}

/** What keeps a way through relays unknown: something about a relay, or on the way to it, or from it. */
export function relayedDoubts(
  analysis: Analysis,
  relayed: RelayedExposure,
  sources: IpSet,
  transport: TransportSet,
): readonly BlindSpotId[] {
  const doors = doorsOf(analysis, relayed);
  const source = sources.first();
  return [
    ...relayed.through.flatMap(({ because }) => because ?? []),
    ...(source === undefined
      ? []
      : doors.dialled.flatMap((door) => doubtsFrom(analysis, source, door, relayed.dialled))),
    ...doors.handing.flatMap((door) =>
      doubtsBetween(
        analysis,
        { kind: 'endpoint', id: door.id },
        { kind: 'endpoint', id: relayed.endpoint.id },
        transport,
      ),
    ),
  ];
}

/** One flow that proves it: what a client sends to the relay. */
export function relayedWitness(
  analysis: Analysis,
  relayed: RelayedExposure,
  sources: IpSet,
): Flow | undefined {
  const source = sources.first();
  const point = relayed.dialled.first();
  const destination = doorsOf(analysis, relayed)
    .dialled.flatMap(({ addresses }) => addresses.map(({ publicIp }) => publicIp))
    .find((ip) => ip?.family === relayed.family);
  if (source === undefined || point === undefined || destination === undefined) return undefined;
  return { source, destination, point };
}
