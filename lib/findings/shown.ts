import { TransportSet } from '#netset';
import type { Endpoint } from '#model';
import { exposures, openTo, relayedExposures, type Exposure, type RelayedExposure } from '#engine';
import { isAsked, type Audited } from './audited.ts';
import { SENSITIVE_PORTS } from './sensitive-ports.ts';

/** What one workload shows to a wide part of the internet, over all its interfaces and both families, less what is meant. */
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

/** The workloads that show something nobody means them to show. Worked out once: several checks look at parts of it. */
export function shownBy(audited: Audited): readonly Shown[] {
  const found = SHOWN.get(audited.intent) ?? find(audited);
  SHOWN.set(audited.intent, found);
  return audited.only === undefined ? found : found.filter(({ workload }) => isAsked(audited, workload.id));
}

const SHOWN = new WeakMap<Audited['intent'], readonly Shown[]>();

function find({ analysis, intent }: Audited): readonly Shown[] {
  const byWorkload = new Map<string, Open>();
  for (const exposure of exposures(analysis)) {
    const { endpoint, family } = exposure;
    const unmeant = {
      ...exposure,
      sure: intent.unmeant(endpoint, exposure.sure),
      possible: intent.unmeant(endpoint, exposure.possible),
    };
    const sure = openTo(unmeant.sure, family, 'wide');
    const possible = openTo(unmeant.possible, family, 'wide');
    if (!possible.isEmpty) add(byWorkload, endpoint, sure, possible).exposures.push(unmeant);
  }
  for (const relayed of relayedExposures(analysis)) {
    const { endpoint, family, isGuarded } = relayed;
    const unmeant = {
      ...relayed,
      sure: intent.unmeant(endpoint, relayed.sure),
      possible: intent.unmeant(endpoint, relayed.possible),
    };
    // that a load balancer hands requests on to a server's own port is what it is for; who has to log in first is no passer-by
    const counts = holdsDataOnly(relayed, intent) ? TransportSet.ALL : SENSITIVE_PORTS;
    const sure = openTo(unmeant.sure, family, 'wide').intersect(counts);
    const possible = openTo(unmeant.possible, family, 'wide').intersect(counts);
    if (!isGuarded && !possible.isEmpty) add(byWorkload, endpoint, sure, possible).relayed.push(unmeant);
  }
  return [...byWorkload.values()];
}

/** A managed data service to which bytes are handed on as they come: there it has no application in front of it, whatever the port. */
function holdsDataOnly({ endpoint, carries }: RelayedExposure, intent: Audited['intent']): boolean {
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
