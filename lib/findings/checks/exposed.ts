import { TransportSet, type Flow, type IpSet } from '#netset';
import type { BlindSpotId, Endpoint } from '#model';
import { breadthOf, exposures, ipsFor, openTo, type Exposure } from '#engine';
import type { Audited } from '../audited.ts';
import { culpritsFrom } from '../culprits.ts';
import { doubtsFrom } from '../doubts.ts';
import type { Culprit, Finding } from '../finding.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { nameServices, SENSITIVE_PORTS } from '../sensitive-ports.ts';

/** What an internet-facing load balancer is there for. */
const MEANT_FOR_LOAD_BALANCERS = TransportSet.tcp(80).union(TransportSet.tcp(443));

/** What one workload shows to a wide part of the internet, over all its interfaces and both families. */
type Shown = {
  readonly workload: Endpoint['workload'];
  readonly endpoints: Endpoint[];
  sure: TransportSet;
  possible: TransportSet;
  readonly exposures: Exposure[];
};

/** Admin and database ports, and everything else that was not meant, open to a wide part of the internet. */
export function checkExposed({ analysis }: Audited): Finding[] {
  const byWorkload = new Map<string, Shown>();
  for (const exposure of exposures(analysis)) {
    const { endpoint, family } = exposure;
    const meant = endpoint.role === 'load-balancer' ? MEANT_FOR_LOAD_BALANCERS : TransportSet.NONE;
    const sure = openTo(exposure.sure, family, 'wide').subtract(meant);
    const possible = openTo(exposure.possible, family, 'wide').subtract(meant);
    if (possible.isEmpty) continue;
    const shown = byWorkload.get(endpoint.workload.id) ?? {
      workload: endpoint.workload,
      endpoints: [],
      sure: TransportSet.NONE,
      possible: TransportSet.NONE,
      exposures: [],
    };
    byWorkload.set(endpoint.workload.id, shown);
    if (!shown.endpoints.includes(endpoint)) shown.endpoints.push(endpoint);
    shown.sure = shown.sure.union(sure);
    shown.possible = shown.possible.union(possible);
    shown.exposures.push(exposure);
  }
  return [...byWorkload.values()].flatMap((shown) => findingsOf(shown, { analysis }));
}

function findingsOf(shown: Shown, audited: Audited): Finding[] {
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
  { analysis }: Audited,
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
  const what = check === 'admin-port-exposed' ? nameServices(transport) : transport.toString();
  const reach = isWhole ? 'the whole internet' : 'a wide part of the internet';
  return {
    check,
    severity: severityOf(check, transport),
    certainty: isSure ? 'surely' : 'possibly',
    fingerprint: fingerprintOf(check, workload.id),
    title: `${what} on ${workload.name} ${isSure ? 'is' : 'may be'} open to ${reach}${isSure && !unknown.isEmpty ? `, and perhaps ${unknown.toString()}` : ''}`,
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
