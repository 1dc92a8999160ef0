import { formatIp, TransportSet, type Family } from '#netset';
import type { BlindSpotId, Endpoint } from '#model';
import {
  exposures,
  exposuresOnWaking,
  openTo,
  ipsFor,
  relayedExposures,
  relayedOnWaking,
  type RelayedExposure,
  type WakingExposure,
} from '#engine';
import { isAsked, type Audited } from '../audited.ts';
import { culpritsFrom } from '../culprits.ts';
import type { Culprit, Finding, Severity } from '../finding.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { relayedCulprits } from '../relayed-evidence.ts';
import { nameServices, SENSITIVE_PORTS } from '../sensitive-ports.ts';

type Waking = {
  readonly workload: Endpoint['workload'];
  readonly endpoints: Endpoint[];
  readonly exposures: WakingExposure[];
  /** What would be reached through load balancers. */
  readonly relayed: RelayedExposure[];
  sure: TransportSet;
  possible: TransportSet;
};

/**
 * Machines that are off, and interfaces that are attached to nothing, which a wide part of the internet would reach as soon as that changes.
 *
 * | what                                     | sensitive ports | others |
 * | ---------------------------------------- | --------------- | ------ |
 * | stopped, keeps its public address        | medium          | low    |
 * | stopped, its subnet will give it one     | low             | low    |
 * | stopped, has one only if so launched     | info            | info   |
 * | stopped, behind a public load balancer   | medium          |        |
 * | attached to nothing, keeps its address   | low             | info   |
 */
export function checkLatentExposure(audited: Audited): Finding[] {
  const { analysis, intent } = audited;
  if (!hasIdle(audited)) return [];
  const waking = exposuresOnWaking(analysis);
  const behind = relayedOnWaking(analysis);
  if (waking.length + behind.length === 0) return [];
  const [open, openBehind] = [openNow(exposures(analysis)), openNow(relayedExposures(analysis))];
  const byWorkload = new Map<string, Waking>();
  for (const exposure of waking) {
    const { endpoint, family } = exposure;
    if (!isAsked(audited, endpoint.workload.id)) continue;
    const already = open.get(endpoint.workload.id) ?? TransportSet.NONE;
    const sure = openTo(intent.unmeant(endpoint, exposure.sure), family, 'wide').subtract(already);
    const possible = openTo(intent.unmeant(endpoint, exposure.possible), family, 'wide').subtract(already);
    if (!possible.isEmpty) add(byWorkload, endpoint, sure, possible).exposures.push(exposure);
  }
  for (const relayed of behind) {
    const { endpoint, family, isGuarded } = relayed;
    if (!isAsked(audited, endpoint.workload.id)) continue;
    // what a load balancer is there to hand on is no news of a server of it
    const counts = SENSITIVE_PORTS.subtract(openBehind.get(endpoint.workload.id) ?? TransportSet.NONE);
    const sure = openTo(intent.unmeant(endpoint, relayed.sure), family, 'wide').intersect(counts);
    const possible = openTo(intent.unmeant(endpoint, relayed.possible), family, 'wide').intersect(counts);
    if (!isGuarded && !possible.isEmpty) add(byWorkload, endpoint, sure, possible).relayed.push(relayed);
  }
  return [...byWorkload.values()].map((each) => findingOf(each, { analysis }));
}

function hasIdle(audited: Audited): boolean {
  for (const { liveness, workload } of audited.analysis.network.endpoints.values())
    if (liveness !== 'live' && isAsked(audited, workload.id)) return true;
  return false;
}

function add(
  byWorkload: Map<string, Waking>,
  endpoint: Endpoint,
  sure: TransportSet,
  possible: TransportSet,
): Waking {
  const known = byWorkload.get(endpoint.workload.id) ?? {
    workload: endpoint.workload,
    endpoints: [],
    exposures: [],
    relayed: [],
    sure: TransportSet.NONE,
    possible: TransportSet.NONE,
  };
  byWorkload.set(endpoint.workload.id, known);
  if (!known.endpoints.includes(endpoint)) known.endpoints.push(endpoint);
  known.sure = known.sure.union(sure);
  known.possible = known.possible.union(possible);
  return known;
}

/** What live machines of each workload show already: a stopped one of them adds nothing to that. */
function openNow(
  found: readonly Pick<RelayedExposure, 'endpoint' | 'family' | 'possible'>[],
): ReadonlyMap<string, TransportSet> {
  const open = new Map<string, TransportSet>();
  for (const { endpoint, family, possible } of found) {
    const { id } = endpoint.workload;
    open.set(id, (open.get(id) ?? TransportSet.NONE).union(openTo(possible, family, 'wide')));
  }
  return open;
}

function findingOf(
  { workload, endpoints, exposures: found, relayed, sure, possible }: Waking,
  { analysis }: Pick<Audited, 'analysis'>,
): Finding {
  const isSure = !sure.isEmpty;
  const transport = isSure ? sure : possible;
  const culprits = new Map<string, Culprit>();
  for (const { endpoint, possible: reach } of found) {
    for (const culprit of culpritsFrom(analysis.network, endpoint, ipsFor(reach, transport), transport))
      culprits.set(culprit.rule.id, culprit);
  }
  for (const way of relayed) {
    for (const culprit of relayedCulprits(analysis, way, ipsFor(way.possible, transport), transport))
      culprits.set(culprit.rule.id, culprit);
  }
  const what = transport.overlaps(SENSITIVE_PORTS) ? nameServices(transport) : transport.toString();
  return {
    check: 'latent-exposure',
    severity: severityOf(found, endpoints, isSure, transport),
    certainty: isSure ? 'surely' : 'possibly',
    fingerprint: fingerprintOf('latent-exposure', workload.id),
    title: `${what} on ${workload.name} ${isSure ? 'will' : 'may'} be open to the internet once it is ${stepOf(endpoints)}: ${reasonOf(found, relayed)}`,
    workload,
    endpoints,
    transport,
    culprits: [...culprits.values()],
    because: [
      ...new Set([
        ...doubtsOf(culprits.values()),
        ...relayed.flatMap(({ through }) => through.flatMap(({ because }) => because ?? [])),
      ]),
    ],
  };
}

function severityOf(
  found: readonly WakingExposure[],
  endpoints: readonly Endpoint[],
  isSure: boolean,
  transport: TransportSet,
): Severity {
  const isGrave = transport.overlaps(SENSITIVE_PORTS);
  if (endpoints.every(({ liveness }) => liveness === 'detached')) return isGrave ? 'low' : 'info';
  if (found.length > 0 && found.every(({ address }) => address === 'perhaps')) return 'info';
  return isGrave && isSure ? 'medium' : 'low';
}

function stepOf(endpoints: readonly Endpoint[]): string {
  return endpoints.some(({ liveness }) => liveness === 'dormant') ? 'started' : 'attached to something';
}

/** Which address the internet would dial, the surest first. */
function reasonOf(found: readonly WakingExposure[], relayed: readonly RelayedExposure[]): string {
  const [first] = relayed;
  if (found.length === 0 && first !== undefined)
    return `${first.through.map(({ name }) => name).join(' and ')} hands on to it`;
  const kept = found.find(({ address }) => address === 'kept');
  if (kept !== undefined) return `it keeps ${publicAddressOf(kept.endpoint, kept.family)}`;
  return found.some(({ address }) => address === 'assigned')
    ? 'its subnet gives a new public address at start, unless that was declined at launch'
    : 'it gets a public address at start if that was chosen at launch, which cannot be read';
}

function publicAddressOf({ addresses }: Endpoint, family: Family): string {
  const ip = addresses.find(({ publicIp }) => publicIp?.family === family)?.publicIp;
  return ip === undefined ? 'its public address' : formatIp(ip);
}

function doubtsOf(culprits: Iterable<Culprit>): readonly BlindSpotId[] {
  const doubts = [...culprits].flatMap(({ rule: { doubt, selector } }) => [
    ...(doubt === undefined ? [] : [doubt]),
    ...(selector.kind === 'unresolved' ? [selector.because] : []),
  ]);
  return [...new Set(doubts)];
}
