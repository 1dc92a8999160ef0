import { TransportSet } from '#netset';
import type { Endpoint } from '#model';
import {
  doorways,
  exposures,
  openTo,
  relayedExposures,
  type Doorway,
  type Exposure,
  type RelayedExposure,
} from '#engine';
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
  /** What it may show by front doors of which it is not known whom they lead to. */
  readonly byDoors: readonly Doorway[];
};

type Open = {
  workload: Endpoint['workload'];
  endpoints: Endpoint[];
  sure: TransportSet;
  possible: TransportSet;
  exposures: Exposure[];
  relayed: RelayedExposure[];
  byDoors: Doorway[];
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
  for (const way of doorways(analysis)) {
    const { endpoint, family, isGuarded } = way;
    if (!isMeantByRule(way, analysis) || isGuarded) continue;
    const possible = openTo(intent.unmeant(endpoint, way.possible), family, 'wide').intersect(
      SENSITIVE_PORTS,
    );
    if (!possible.isEmpty) add(byWorkload, endpoint, TransportSet.NONE, possible).byDoors.push(way);
  }
  return [...byWorkload.values()];
}

/**
 * Whether somebody's rule is about what comes by a front door from the internet: one that admits the internet's own addresses where the
 * endpoint sees those, or one that names the door's group. That a range of a whole network is admitted, and a door stands somewhere in
 * it, would be a finding of every host.
 */
function isMeantByRule({ door, endpoint, through }: Doorway, { network }: Audited['analysis']): boolean {
  if (door.gate !== 'internet') return false;
  if (through.length > 0 || door.source !== 'door') return true;
  const groups = new Set(door.entrances.flatMap((id) => network.endpoints.get(id)?.groups ?? []));
  return endpoint.policies.some((id) =>
    network.policies
      .get(id)
      ?.rules.some(({ selector }) => selector.kind === 'group' && groups.has(selector.group)),
  );
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
    byDoors: [],
  };
  byWorkload.set(endpoint.workload.id, open);
  if (!open.endpoints.includes(endpoint)) open.endpoints.push(endpoint);
  open.sure = open.sure.union(sure);
  open.possible = open.possible.union(possible);
  return open;
}
