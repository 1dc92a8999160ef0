import type { Audited } from '../audited.ts';
import { exposureFinding } from '../exposure-finding.ts';
import type { Finding } from '../finding.ts';
import { nameServices, portsOfKind } from '../sensitive-ports.ts';
import { severityOfExposure } from '../severity.ts';
import { shownBy } from '../shown.ts';
import { isPublicJewel } from './public-database.ts';
import { isFrontDoor } from './unintended-exposure.ts';

/** Ports of databases, caches, search engines, queues and file shares on hosts, open to a wide part of the internet. */
export function checkDatabasePorts(audited: Audited): Finding[] {
  return shownBy(audited)
    .filter((shown) => !isPublicJewel(shown, audited) && !isFrontDoor(shown, audited))
    .flatMap((shown) =>
      exposureFinding(
        shown,
        {
          check: 'database-exposed',
          ports: portsOfKind('data'),
          name: (transport) => nameServices(transport),
          severity: (_, { arrivesWhole }) =>
            severityOfExposure(arrivesWhole ? 'sensitive' : 'sensitive, requests only', 'nothing'),
        },
        audited,
      ),
    );
}
