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
  const others = TransportSet.ALL.subtract(SENSITIVE_PORTS);
  const hostOthers = others.subtract(portsOfKind('high-risk'));
  return shownBy(audited)
    .filter((shown) => !isPublicJewel(shown, audited))
    .flatMap((shown) =>
      exposureFinding(
        shown,
        {
          check: 'unintended-exposure',
          // what listens on a load balancer's port is the load balancer, whatever the port is usually for
          ports: isFrontDoor(shown) ? others : hostOthers,
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

/** Whether what is shown is a load balancer. */
export function isFrontDoor({ endpoints }: Shown): boolean {
  return endpoints.every(({ role }) => role === 'load-balancer');
}
