import { TransportSet } from '#netset';
import type { Endpoint } from '#model';
import { relayedExposures } from '#engine';
import type { Audited } from '../audited.ts';
import { BlastRadius } from '../blast-radius.ts';
import { exposureFinding } from '../exposure-finding.ts';
import type { Finding } from '../finding.ts';
import { portsOfKind, SENSITIVE_PORTS } from '../sensitive-ports.ts';
import { severityOfExposure } from '../severity.ts';
import { shownBy, type Shown } from '../shown.ts';
import { isPublicJewel } from './public-database.ts';

const PORTS = TransportSet.tcp().union(TransportSet.udp());

/** Everything else that was not meant, open to a wide part of the internet. How grave it is, depends on what falls next. */
export function checkUnintendedExposures(audited: Audited): Finding[] {
  const blast = new BlastRadius(audited);
  const others = TransportSet.ALL.subtract(SENSITIVE_PORTS).subtract(portsOfKind('high-risk'));
  return shownBy(audited)
    .filter((shown) => !isPublicJewel(shown, audited))
    .flatMap((shown) =>
      exposureFinding(
        shown,
        {
          check: 'unintended-exposure',
          // what listens on a load balancer's port is the load balancer, whatever the port is usually for
          ports: isFrontDoor(shown, audited) ? TransportSet.ALL : others,
          name: (transport) => transport.toString(),
          severity: (transport) =>
            transport.overlaps(PORTS)
              ? severityOfExposure(
                  'other',
                  blast.of([...shown.endpoints, ...behind(shown, transport, audited)]),
                )
              : severityOfExposure('portless', 'nothing'),
        },
        audited,
      ),
    );
}

/** Whom a load balancer hands on to what comes by these of its ports: nobody takes it, and so what falls first is what is behind it. */
function behind({ endpoints }: Shown, transport: TransportSet, { analysis }: Audited): readonly Endpoint[] {
  const doors = new Set<string>(endpoints.map(({ id }) => id));
  return relayedExposures(analysis)
    .filter(
      ({ through: [first], dialled, isGuarded }) =>
        !isGuarded && dialled.overlaps(transport) && first.entrances.some((id) => doors.has(id)),
    )
    .map(({ endpoint }) => endpoint);
}

/**
 * Whether what is shown is a load balancer of which it is known what it hands on, and where. Then nothing but itself answers on its ports, and a
 * service that can be opened through it has a finding of its own.
 */
export function isFrontDoor({ endpoints }: Shown, { analysis }: Pick<Audited, 'analysis'>): boolean {
  if (!endpoints.every(({ role }) => role === 'load-balancer')) return false;
  const known = new Set(
    [...analysis.network.relays.values()].flatMap(({ isWhole, entrances }) => (isWhole ? entrances : [])),
  );
  return endpoints.every(({ id }) => known.has(id));
}
