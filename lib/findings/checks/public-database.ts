import { TransportSet } from '#netset';
import type { Audited } from '../audited.ts';
import { exposureFinding } from '../exposure-finding.ts';
import type { Finding } from '../finding.ts';
import { nameServices, SENSITIVE_PORTS } from '../sensitive-ports.ts';
import { severityOfExposure, type OpenKind } from '../severity.ts';
import { shownBy, type Shown } from '../shown.ts';

/**
 * Databases, caches and whatever else holds data, that a wide part of the internet can open: by a public address of their own, or through a
 * load balancer. One finding for each, on whatever ports: none of them is meant.
 */
export function checkPublicDatabases(audited: Audited): Finding[] {
  return shownBy(audited)
    .filter((shown) => isPublicJewel(shown, audited))
    .flatMap((shown) =>
      exposureFinding(
        shown,
        {
          check: 'public-database',
          ports: TransportSet.ALL,
          name: nameOf,
          severity: (transport, { arrivesWhole }) =>
            severityOfExposure(kindOf(transport, arrivesWhole), 'jewel'),
        },
        audited,
      ),
    );
}

/** Whether what is shown is a service that holds data; then this check has it, and none of those that look at ports. */
export function isPublicJewel({ endpoints }: Shown, { intent }: Pick<Audited, 'intent'>): boolean {
  return endpoints.some((endpoint) => intent.isCrownJewel(endpoint) && !endpoint.canPivot);
}

function nameOf(transport: TransportSet): string {
  return transport.overlaps(SENSITIVE_PORTS) ? nameServices(transport) : transport.toString();
}

function kindOf(transport: TransportSet, arrivesWhole: boolean): OpenKind {
  if (transport.overlaps(SENSITIVE_PORTS)) return arrivesWhole ? 'sensitive' : 'sensitive, requests only';
  return transport.overlaps(TransportSet.tcp().union(TransportSet.udp())) ? 'other' : 'portless';
}
