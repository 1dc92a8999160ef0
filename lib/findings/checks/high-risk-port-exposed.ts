import type { Audited } from '../audited.ts';
import { exposureFinding } from '../exposure-finding.ts';
import type { Finding } from '../finding.ts';
import { nameServices, portsOfKind } from '../sensitive-ports.ts';
import { severityOfExposure } from '../severity.ts';
import { shownBy } from '../shown.ts';
import { isFrontDoor } from './unintended-exposure.ts';
import { isPublicJewel } from './public-database.ts';

/** Ports of consoles, mail, resolvers, model servers and the like on hosts, open to a wide part of the internet. */
export function checkHighRiskPorts(audited: Audited): Finding[] {
  return shownBy(audited)
    .filter((shown) => !isPublicJewel(shown, audited) && !isFrontDoor(shown, audited))
    .flatMap((shown) =>
      exposureFinding(
        shown,
        {
          check: 'high-risk-port-exposed',
          ports: portsOfKind('high-risk'),
          name: (transport) => `${transport.toString()} (${nameServices(transport, ['high-risk'])})`,
          severity: () => severityOfExposure('high-risk', 'nothing'),
        },
        audited,
      ),
    );
}
