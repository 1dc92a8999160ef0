import type { IpSet, TransportSet } from '#netset';
import type { Analysis, Doorway } from '#engine';
import { culpritsBetween, culpritsFrom } from './culprits.ts';
import type { Culprit } from './finding.ts';

/** The rules by which what comes by a front door gets into the endpoint, or into the first load balancer and out of the last. */
export function doorCulprits(
  { network }: Analysis,
  { door, endpoint, through }: Doorway,
  sources: IpSet,
  transport: TransportSet,
): Culprit[] {
  const last = through.at(-1);
  const from = (last?.entrances ?? door.entrances).flatMap((id) => network.endpoints.get(id) ?? []);
  return [
    ...from.flatMap((each) => culpritsBetween(network, each, endpoint, transport)),
    ...(door.source === 'door' ? [] : culpritsFrom(network, endpoint, sources, transport)),
  ];
}
