import { TransportSet, type Flow, type IpSet } from '#netset';
import type { BlindSpotId, Endpoint } from '#model';
import {
  breadthOf,
  exposures,
  ipsFor,
  openTo,
  relayedExposures,
  type Exposure,
  type RelayedExposure,
} from '#engine';
import type { Audited } from '../audited.ts';
import { nameList } from '../name-list.ts';
import { culpritsFrom } from '../culprits.ts';
import { doubtsFrom } from '../doubts.ts';
import type { Culprit, Finding } from '../finding.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { relayedCulprits, relayedDoubts, relayedWitness } from '../relayed-evidence.ts';
import { nameServices, SENSITIVE_PORTS } from '../sensitive-ports.ts';

/** What one workload shows to a wide part of the internet, over all its interfaces and both families. */
type Shown = {
  readonly workload: Endpoint['workload'];
  readonly endpoints: Endpoint[];
  sure: TransportSet;
  possible: TransportSet;
  readonly exposures: Exposure[];
  /** What it shows through load balancers. */
  readonly relayed: RelayedExposure[];
};

/** The part of a set of flows that a check looks at. */
type Part = { readonly sure: TransportSet; readonly possible: TransportSet };

/** Admin and database ports, and everything else that was not meant, open to a wide part of the internet. */
export function checkExposed({ analysis, intent }: Audited): Finding[] {
  const byWorkload = new Map<string, Shown>();
  for (const exposure of exposures(analysis)) {
    const { endpoint, family } = exposure;
    const unmeant = {
      ...exposure,
      sure: intent.unmeant(endpoint, exposure.sure),
      possible: intent.unmeant(endpoint, exposure.possible),
    };
    const sure = openTo(unmeant.sure, family, 'wide');
    const possible = openTo(unmeant.possible, family, 'wide');
    if (possible.isEmpty) continue;
    show(byWorkload, endpoint, { sure, possible }).exposures.push(unmeant);
  }
  for (const relayed of relayedExposures(analysis)) {
    const { endpoint, family, isGuarded } = relayed;
    const unmeant = {
      ...relayed,
      sure: intent.unmeant(endpoint, relayed.sure),
      possible: intent.unmeant(endpoint, relayed.possible),
    };
    // that a load balancer hands requests on to a server's own port is what it is for; who has to log in first is no passer-by
    const sure = openTo(unmeant.sure, family, 'wide').intersect(SENSITIVE_PORTS);
    const possible = openTo(unmeant.possible, family, 'wide').intersect(SENSITIVE_PORTS);
    if (isGuarded || possible.isEmpty) continue;
    show(byWorkload, endpoint, { sure, possible }).relayed.push(unmeant);
  }
  return [...byWorkload.values()].flatMap((shown) => findingsOf(shown, { analysis }));
}

function show(byWorkload: Map<string, Shown>, endpoint: Endpoint, { sure, possible }: Part): Shown {
  const shown = byWorkload.get(endpoint.workload.id) ?? {
    workload: endpoint.workload,
    endpoints: [],
    sure: TransportSet.NONE,
    possible: TransportSet.NONE,
    exposures: [],
    relayed: [],
  };
  byWorkload.set(endpoint.workload.id, shown);
  if (!shown.endpoints.includes(endpoint)) shown.endpoints.push(endpoint);
  shown.sure = shown.sure.union(sure);
  shown.possible = shown.possible.union(possible);
  return shown;
}

function findingsOf(shown: Shown, audited: Pick<Audited, 'analysis'>): Finding[] {
  const findings: Finding[] = [];
  const split = (part: TransportSet) =>
    [part.intersect(SENSITIVE_PORTS), part.subtract(SENSITIVE_PORTS)] as const;
  const [sensitive, rest] = split(shown.sure);
  const [maybeSensitive, maybeRest] = split(shown.possible);
  if (!maybeSensitive.isEmpty)
    findings.push(findingOf(shown, audited, 'admin-port-exposed', sensitive, maybeSensitive));
  if (!maybeRest.isEmpty) findings.push(findingOf(shown, audited, 'unintended-exposure', rest, maybeRest));
  return findings;
}

function findingOf(
  shown: Shown,
  { analysis }: Pick<Audited, 'analysis'>,
  check: 'admin-port-exposed' | 'unintended-exposure',
  sure: TransportSet,
  possible: TransportSet,
): Finding {
  const isSure = !sure.isEmpty;
  const transport = isSure ? sure : possible;
  const { workload } = shown;
  const seen = new Map<string, Culprit>();
  let witness: Flow | undefined;
  const doubts = new Set<BlindSpotId>();
  const unknown = possible.subtract(sure);
  let isWhole = false;
  for (const { endpoint, family, ...reach } of shown.exposures) {
    const pieces = isSure ? reach.sure : reach.possible;
    const ips = ipsFor(pieces, transport);
    if (ips.isEmpty) continue;
    isWhole ||= breadthOf(ips, family) === 'whole';
    for (const culprit of culpritsFrom(analysis.network, endpoint, ips, transport))
      seen.set(culprit.rule.id, culprit);
    witness ??= witnessOf(endpoint, ips, transport);
    const unsure = ipsFor(reach.possible, unknown).first();
    if (unsure === undefined) continue;
    for (const doubt of doubtsFrom(analysis, unsure, endpoint, unknown)) doubts.add(doubt);
  }
  const relays = new Set<string>();
  let passesBytes = false;
  for (const relayed of shown.relayed) {
    const { family, sure: surely, possible: possibly } = relayed;
    const ips = ipsFor(isSure ? surely : possibly, transport);
    if (ips.isEmpty) continue;
    isWhole ||= breadthOf(ips, family) === 'whole';
    passesBytes ||= relayed.carries === 'bytes';
    relays.add(relayed.through.map(({ name }) => name).join(' and '));
    for (const culprit of relayedCulprits(analysis, relayed, ips, transport))
      seen.set(culprit.rule.id, culprit);
    witness ??= relayedWitness(analysis, relayed, ips);
    const unsure = ipsFor(possibly, unknown);
    if (unsure.isEmpty) continue;
    for (const doubt of relayedDoubts(analysis, relayed, unsure, unknown)) doubts.add(doubt);
  }
  const through = relays.size === 0 ? '' : ` through ${nameList([...relays])}`;
  const isDirect = shown.exposures.some(
    (one) => !ipsFor(isSure ? one.sure : one.possible, transport).isEmpty,
  );
  const what = check === 'admin-port-exposed' ? nameServices(transport) : transport.toString();
  const reach = isWhole ? 'the whole internet' : 'a wide part of the internet';
  return {
    check,
    severity: isDirect || passesBytes ? severityOf(check, transport) : 'high',
    certainty: isSure ? 'surely' : 'possibly',
    fingerprint: fingerprintOf(check, workload.id),
    title: `${what} on ${workload.name} ${isSure ? 'is' : 'may be'} open to ${reach}${isDirect ? '' : through}${isSure && !unknown.isEmpty ? `, and perhaps ${unknown.toString()}` : ''}`,
    workload,
    endpoints: shown.endpoints,
    transport,
    ...(witness && { witness }),
    culprits: [...seen.values()],
    because: [...doubts],
  };
}

function severityOf(check: Finding['check'], transport: TransportSet): Finding['severity'] {
  if (check === 'admin-port-exposed') return 'critical';
  const opensPorts = transport.overlaps(TransportSet.tcp()) || transport.overlaps(TransportSet.udp());
  return opensPorts ? 'high' : 'medium';
}

function witnessOf(endpoint: Endpoint, ips: IpSet, transport: TransportSet): Flow | undefined {
  const source = ips.first();
  const point = transport.first();
  const dialled = endpoint.addresses.find(({ publicIp }) => publicIp?.family === source?.family)?.publicIp;
  if (source === undefined || point === undefined || dialled === undefined) return undefined;
  return { source, destination: dialled, point };
}
