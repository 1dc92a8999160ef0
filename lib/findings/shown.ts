import { TransportSet } from '#netset';
import type { Endpoint } from '#model';
import { exposures, openTo, relayedExposures, type Exposure, type RelayedExposure } from '#engine';
import type { Audited } from './audited.ts';
import type { Intent } from './intent/intent.ts';
import { SENSITIVE_PORTS } from './sensitive-ports.ts';

/** What one workload shows to a wide part of the internet, over all its interfaces and both families, less what it is there to show. */
export type Shown = {
  readonly workload: Endpoint['workload'];
  readonly endpoints: readonly Endpoint[];
  readonly sure: TransportSet;
  readonly possible: TransportSet;
  readonly exposures: readonly Exposure[];
  /** What it shows through load balancers. */
  readonly relayed: readonly RelayedExposure[];
};

type Open = {
  workload: Endpoint['workload'];
  endpoints: Endpoint[];
  sure: TransportSet;
  possible: TransportSet;
  exposures: Exposure[];
  relayed: RelayedExposure[];
};

/** The workloads that show something they are not there to show. Worked out once for an analysis: several checks look at parts of it. */
export function shownBy(audited: Audited): readonly Shown[] {
  const known = SHOWN.get(audited.intent);
  if (known !== undefined) return known;
  const found = find(audited);
  SHOWN.set(audited.intent, found);
  return found;
}

/** By what is meant: it is made anew for each network. */
const SHOWN = new WeakMap<Intent, readonly Shown[]>();

function find({ analysis, intent }: Audited): readonly Shown[] {
  const unmeant = <T extends Exposure | RelayedExposure>(exposure: T): T => ({
    ...exposure,
    sure: intent.unmeant(exposure.endpoint, exposure.sure),
    possible: intent.unmeant(exposure.endpoint, exposure.possible),
  });
  const byWorkload = new Map<string, Open>();
  for (const exposure of exposures(analysis).map(unmeant)) {
    const { endpoint, family } = exposure;
    const sure = openTo(exposure.sure, family, 'wide');
    const possible = openTo(exposure.possible, family, 'wide');
    if (!possible.isEmpty) add(byWorkload, endpoint, sure, possible).exposures.push(exposure);
  }
  for (const relayed of relayedExposures(analysis).map(unmeant)) {
    const { endpoint, family, isGuarded } = relayed;
    // that a load balancer hands requests on to a server's own port is what it is for; who has to log in first is no passer-by
    const counts = holdsDataOnly(relayed, intent) ? TransportSet.ALL : SENSITIVE_PORTS;
    const sure = openTo(relayed.sure, family, 'wide').intersect(counts);
    const possible = openTo(relayed.possible, family, 'wide').intersect(counts);
    if (!isGuarded && !possible.isEmpty) add(byWorkload, endpoint, sure, possible).relayed.push(relayed);
  }
  return [...byWorkload.values()];
}

/** A managed data service to which bytes are handed on as they come: there it has no application in front of it, whatever the port. */
function holdsDataOnly({ endpoint, carries }: RelayedExposure, intent: Intent): boolean {
  return carries === 'bytes' && intent.isCrownJewel(endpoint) && !endpoint.canPivot;
}

function add(
  byWorkload: Map<string, Open>,
  endpoint: Endpoint,
  sure: TransportSet,
  possible: TransportSet,
): Open {
  const open = byWorkload.get(endpoint.workload.id) ?? {
    workload: endpoint.workload,
    endpoints: [],
    sure: TransportSet.NONE,
    possible: TransportSet.NONE,
    exposures: [],
    relayed: [],
  };
  byWorkload.set(endpoint.workload.id, open);
  if (!open.endpoints.includes(endpoint)) open.endpoints.push(endpoint);
  open.sure = open.sure.union(sure);
  open.possible = open.possible.union(possible);
  return open;
}
