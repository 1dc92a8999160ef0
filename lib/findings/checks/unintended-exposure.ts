import { TransportSet } from '#netset';
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
              ? severityOfExposure('other', blast.of(shown.endpoints))
              : severityOfExposure('portless', 'nothing'),
        },
        audited,
      ),
    );
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
