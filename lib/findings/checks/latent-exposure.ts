import { formatIp, TransportSet, type Family } from '#netset';
import type { BlindSpotId, Endpoint } from '#model';
import { exposures, exposuresOnWaking, openTo, ipsFor, type WakingExposure } from '#engine';
import { isAsked, type Audited } from '../audited.ts';
import { culpritsFrom } from '../culprits.ts';
import type { Culprit, Finding, Severity } from '../finding.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { nameServices, SENSITIVE_PORTS } from '../sensitive-ports.ts';

type Waking = {
  readonly workload: Endpoint['workload'];
  readonly endpoints: Endpoint[];
  readonly exposures: WakingExposure[];
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
 * | attached to nothing, keeps its address   | low             | info   |
 */
export function checkLatentExposure(audited: Audited): Finding[] {
  const { analysis, intent } = audited;
  if (!hasIdle(audited)) return [];
  const waking = exposuresOnWaking(analysis);
  if (waking.length === 0) return [];
  const open = openNow({ analysis });
  const byWorkload = new Map<string, Waking>();
  for (const exposure of waking) {
    const { endpoint, family } = exposure;
    if (!isAsked(audited, endpoint.workload.id)) continue;
    const already = open.get(endpoint.workload.id) ?? TransportSet.NONE;
    const sure = openTo(intent.unmeant(endpoint, exposure.sure), family, 'wide').subtract(already);
    const possible = openTo(intent.unmeant(endpoint, exposure.possible), family, 'wide').subtract(already);
    if (possible.isEmpty) continue;
    const known = byWorkload.get(endpoint.workload.id) ?? {
      workload: endpoint.workload,
      endpoints: [],
      exposures: [],
      sure: TransportSet.NONE,
      possible: TransportSet.NONE,
    };
    byWorkload.set(endpoint.workload.id, known);
    if (!known.endpoints.includes(endpoint)) known.endpoints.push(endpoint);
    known.exposures.push(exposure);
    known.sure = known.sure.union(sure);
    known.possible = known.possible.union(possible);
  }
  return [...byWorkload.values()].map((each) => findingOf(each, { analysis }));
}

function hasIdle(audited: Audited): boolean {
  for (const { liveness, workload } of audited.analysis.network.endpoints.values())
    if (liveness !== 'live' && isAsked(audited, workload.id)) return true;
  return false;
}

/** What live machines of each workload show already: a stopped one of them adds nothing to that. */
function openNow({ analysis }: Pick<Audited, 'analysis'>): ReadonlyMap<string, TransportSet> {
  const open = new Map<string, TransportSet>();
  for (const { endpoint, family, possible } of exposures(analysis)) {
    const { id } = endpoint.workload;
    open.set(id, (open.get(id) ?? TransportSet.NONE).union(openTo(possible, family, 'wide')));
  }
  return open;
}

function findingOf(
  { workload, endpoints, exposures: found, sure, possible }: Waking,
  { analysis }: Pick<Audited, 'analysis'>,
): Finding {
  const isSure = !sure.isEmpty;
  const transport = isSure ? sure : possible;
  const culprits = new Map<string, Culprit>();
  for (const { endpoint, possible: reach } of found) {
    for (const culprit of culpritsFrom(analysis.network, endpoint, ipsFor(reach, transport), transport))
      culprits.set(culprit.rule.id, culprit);
  }
  const what = transport.overlaps(SENSITIVE_PORTS) ? nameServices(transport) : transport.toString();
  return {
    check: 'latent-exposure',
    severity: severityOf(found, isSure, transport),
    certainty: isSure ? 'surely' : 'possibly',
    fingerprint: fingerprintOf('latent-exposure', workload.id),
    title: `${what} on ${workload.name} ${isSure ? 'will' : 'may'} be open to the internet once it is ${stepOf(endpoints)}: ${reasonOf(found)}`,
    workload,
    endpoints,
    transport,
    culprits: [...culprits.values()],
    because: doubtsOf(culprits.values()),
  };
}

function severityOf(found: readonly WakingExposure[], isSure: boolean, transport: TransportSet): Severity {
  const isGrave = transport.overlaps(SENSITIVE_PORTS);
  if (found.every(({ endpoint }) => endpoint.liveness === 'detached')) return isGrave ? 'low' : 'info';
  if (found.every(({ address }) => address === 'perhaps')) return 'info';
  return isGrave && isSure ? 'medium' : 'low';
}

function stepOf(endpoints: readonly Endpoint[]): string {
  return endpoints.some(({ liveness }) => liveness === 'dormant') ? 'started' : 'attached to something';
}

/** Which address the internet would dial, the surest first. */
function reasonOf(found: readonly WakingExposure[]): string {
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
