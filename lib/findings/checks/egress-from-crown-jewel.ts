import { INTERNET, TransportSet } from '#netset';
import type { BlindSpotId, Endpoint } from '#model';
import { egress, ipsFor, openTo, type Exposure } from '#engine';
import { isAsked, type Audited } from '../audited.ts';
import { doubtsBetween } from '../doubts.ts';
import type { Culprit, Finding } from '../finding.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { severityOfEgress } from '../severity.ts';

const TCP = TransportSet.tcp();
/** From this many TCP ports on, nobody chose them. */
const MOST_PORTS = 32_768;

/** Crown jewels that can open sessions to a wide part of the internet on most ports. A few ports to everywhere are how updates come in. */
export function checkJewelEgress(audited: Audited): Finding[] {
  const { analysis, intent } = audited;
  const isJewel = [...analysis.network.endpoints.values()].some(
    (endpoint) => isAsked(audited, endpoint.workload.id) && intent.isCrownJewel(endpoint),
  );
  if (!isJewel) return [];
  const byWorkload = new Map<string, Exposure[]>();
  for (const reach of egress(analysis)) {
    const { endpoint, family, possible } = reach;
    if (!intent.isCrownJewel(endpoint) || !isMost(openTo(possible, family, 'wide'))) continue;
    const known = byWorkload.get(endpoint.workload.id);
    if (known === undefined) byWorkload.set(endpoint.workload.id, [reach]);
    else known.push(reach);
  }
  return [...byWorkload.values()].flatMap((all) => findingOf(all, analysis));
}

function findingOf(all: readonly Exposure[], analysis: Audited['analysis']): Finding[] {
  const surely = all.filter(({ sure, family }) => isMost(openTo(sure, family, 'wide')));
  const isSure = surely.length > 0;
  const counted = isSure ? surely : all;
  const [first] = counted;
  if (first === undefined) return [];
  const { workload } = first.endpoint;
  const transport = TransportSet.unionOf(
    counted.map(({ sure, possible, family }) => openTo(isSure ? sure : possible, family, 'wide')),
  );
  const endpoints = [...new Set(counted.map(({ endpoint }) => endpoint))];
  return [
    {
      check: 'egress-from-crown-jewel',
      severity: severityOfEgress(endpoints.some(({ canPivot }) => canPivot)),
      certainty: isSure ? 'surely' : 'possibly',
      fingerprint: fingerprintOf('egress-from-crown-jewel', workload.id),
      title: `${workload.name} ${isSure ? 'can' : 'may be able to'} open ${transport.toString()} to the internet at large: what it holds can leave`,
      workload,
      endpoints,
      transport,
      culprits: endpoints.flatMap((endpoint) => lettingOut(endpoint, analysis)),
      because: isSure ? [] : counted.flatMap((reach) => doubtsOf(reach, transport, analysis)),
    },
  ];
}

/** The rules of its own groups that let it out to most of the internet. */
function lettingOut({ policies }: Endpoint, { network }: Audited['analysis']): readonly Culprit[] {
  return policies.flatMap((policy) =>
    (network.policies.get(policy)?.rules ?? [])
      .filter(
        ({ direction, selector, transport }) =>
          direction === 'egress' &&
          isMost(transport) &&
          (selector.kind === 'unresolved' ||
            selector.kind === 'anyone' ||
            (selector.kind === 'ips' && selector.ips.overlaps(INTERNET))),
      )
      .map((rule) => ({ policy, rule })),
  );
}

function doubtsOf(
  { endpoint, possible }: Exposure,
  transport: TransportSet,
  analysis: Audited['analysis'],
): readonly BlindSpotId[] {
  const ip = ipsFor(possible, transport).first();
  if (ip === undefined) return [];
  return doubtsBetween(analysis, { kind: 'endpoint', id: endpoint.id }, { kind: 'outside', ip }, transport);
}

function isMost(transport: TransportSet): boolean {
  const { spans } = transport.intersect(TCP);
  return spans.reduce((sum, at, i) => (i % 2 === 0 ? sum - at : sum + at), 0) >= MOST_PORTS;
}
