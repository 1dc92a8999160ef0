import type { Family, Flow, IpSet, TransportSet } from '#netset';
import type { BlindSpotId, Endpoint } from '#model';
import { ipsFor, openTo, type OutsideReach } from '#engine';
import type { Audited } from './audited.ts';
import { culpritsFrom } from './culprits.ts';
import { doubtsFrom } from './doubts.ts';
import type { CheckId, Culprit, Finding, Severity } from './finding.ts';
import { fingerprintOf } from './fingerprint.ts';
import { nameList } from './name-list.ts';
import { doorCulprits } from './door-evidence.ts';
import { relayedCulprits, relayedDoubts, relayedWitness } from './relayed-evidence.ts';
import type { Shown } from './shown.ts';

/** How the internet gets to what is open. */
export type Way = {
  /** It dials the workload itself. */
  readonly isDirect: boolean;
  /** What it sends arrives as it was sent: dialled, or through a load balancer that hands on bytes. */
  readonly arrivesWhole: boolean;
};

export type ExposureCheck = {
  readonly check: CheckId;
  /** The ports that the check looks at. */
  readonly ports: TransportSet;
  /** What is open, in words: `SSH`. */
  readonly name: (transport: TransportSet) => string;
  readonly severity: (transport: TransportSet, way: Way) => Severity;
};

/** The finding of a check about one workload, if that shows any of its ports to a wide part of the internet. */
export function exposureFinding(
  shown: Shown,
  { check, ports, name, severity }: ExposureCheck,
  { analysis }: Pick<Audited, 'analysis'>,
): Finding[] {
  const possible = shown.possible.intersect(ports);
  if (possible.isEmpty) return [];
  const sure = shown.sure.intersect(ports);
  const isSure = !sure.isEmpty;
  const transport = isSure ? sure : possible;
  const unknown = possible.subtract(sure);
  const { workload } = shown;
  const seen = new Map<string, Culprit>();
  const doubts = new Set<BlindSpotId>();
  const relays = new Set<string>();
  let witness: Flow | undefined;
  let isWhole = false;
  let isDirect = false;
  let arrivesWhole = false;
  for (const { endpoint, family, ...reach } of shown.exposures) {
    const ips = ipsFor(isSure ? reach.sure : reach.possible, transport);
    if (ips.isEmpty) continue;
    isDirect = true;
    arrivesWhole = true;
    isWhole ||= isOpenToAll(isSure ? reach.sure : reach.possible, family, transport);
    for (const culprit of culpritsFrom(analysis.network, endpoint, ips, transport))
      seen.set(culprit.rule.id, culprit);
    witness ??= witnessOf(endpoint, ips, transport);
    const unsure = ipsFor(reach.possible, unknown).first();
    if (unsure === undefined) continue;
    for (const doubt of doubtsFrom(analysis, unsure, endpoint, unknown)) doubts.add(doubt);
  }
  for (const relayed of shown.relayed) {
    const ips = ipsFor(isSure ? relayed.sure : relayed.possible, transport);
    if (ips.isEmpty) continue;
    isWhole ||= isOpenToAll(isSure ? relayed.sure : relayed.possible, relayed.family, transport);
    arrivesWhole ||= relayed.carries === 'bytes';
    relays.add(relayed.through.map((relay) => relay.name).join(' and '));
    for (const culprit of relayedCulprits(analysis, relayed, ips, transport))
      seen.set(culprit.rule.id, culprit);
    witness ??= relayedWitness(analysis, relayed, ips);
    const unsure = ipsFor(relayed.possible, unknown);
    if (unsure.isEmpty) continue;
    for (const doubt of relayedDoubts(analysis, relayed, unsure, unknown)) doubts.add(doubt);
  }
  for (const way of shown.byDoors) {
    const ips = ipsFor(isSure ? way.sure : way.possible, transport);
    if (way.door.because !== undefined && way.possible.some((piece) => piece.transport.overlaps(unknown)))
      doubts.add(way.door.because);
    if (ips.isEmpty) continue;
    isWhole ||= isOpenToAll(isSure ? way.sure : way.possible, way.family, transport);
    arrivesWhole ||= way.carries === 'bytes';
    relays.add([way.door, ...way.through].map(({ name: by }) => by).join(' and '));
    for (const culprit of doorCulprits(analysis, way, ips, transport)) seen.set(culprit.rule.id, culprit);
  }
  const reach = isWhole ? 'the whole internet' : 'a wide part of the internet';
  const through = relays.size === 0 || isDirect ? '' : ` through ${nameList([...relays])}`;
  const perhaps = isSure && !unknown.isEmpty ? `, and perhaps ${unknown.toString()}` : '';
  const what = name(transport);
  // several services are open, ports with their names behind them is one thing
  const is = what.includes(' and ') && !what.endsWith(')') ? 'are' : 'is';
  return [
    {
      check,
      severity: severity(transport, { isDirect, arrivesWhole }),
      certainty: isSure ? 'surely' : 'possibly',
      fingerprint: fingerprintOf(check, workload.id),
      title: `${what} on ${workload.name} ${isSure ? is : 'may be'} open to ${reach}${through}${perhaps}`,
      workload,
      endpoints: shown.endpoints,
      transport,
      ...(witness && { witness }),
      culprits: [...seen.values()],
      because: [...doubts],
    },
  ];
}

/** Whether there is one flow at least that everybody can open: a half on one port and the other half on another are not the internet. */
function isOpenToAll(reach: readonly OutsideReach[], family: Family, transport: TransportSet): boolean {
  return openTo(reach, family, 'whole').overlaps(transport);
}

function witnessOf(endpoint: Endpoint, ips: IpSet, transport: TransportSet): Flow | undefined {
  const source = ips.first();
  const point = transport.first();
  const dialled = endpoint.addresses.find(({ publicIp }) => publicIp?.family === source?.family)?.publicIp;
  if (source === undefined || point === undefined || dialled === undefined) return undefined;
  return { source, destination: dialled, point };
}
