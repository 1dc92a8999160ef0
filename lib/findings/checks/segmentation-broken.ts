import { TransportSet } from '#netset';
import type { BlindSpotId, Endpoint } from '#model';
import { connectionsTo, exposures, ipsFor, openTo, type End } from '#engine';
import { isAsked, type Audited } from '../audited.ts';
import { culpritsBetween, culpritsFrom } from '../culprits.ts';
import { doubtsBetween } from '../doubts.ts';
import type { Culprit, Finding } from '../finding.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { INTERNET_ZONE } from '../intent/zones.ts';
import { count, nameList } from '../name-list.ts';
import { severityOfBreach } from '../severity.ts';

/** Somebody who can open what is forbidden. */
type Breach = {
  readonly zone: string;
  readonly from: string;
  readonly end: End;
  readonly to: Endpoint;
  readonly sure: TransportSet;
  readonly possible: TransportSet;
  readonly culprits: () => readonly Culprit[];
};

/** How many of those who break one rule are looked up for the rules and blind spots that it rests on. */
const MOST_PROVEN = 20;

/** Flows that the configuration forbids between zones and that are possible, one finding for each workload that they get to. */
export function checkSegmentation(audited: Audited): Finding[] {
  if (!audited.intent.settings.flows.some(({ verdict }) => verdict === 'forbidden')) return [];
  const byWorkload = new Map<string, Breach[]>();
  for (const breach of breaches(audited)) {
    const { id } = breach.to.workload;
    const known = byWorkload.get(id);
    if (known === undefined) byWorkload.set(id, [breach]);
    else known.push(breach);
  }
  return [...byWorkload.values()].flatMap((all) => findingOf(all, audited));
}

function* breaches(audited: Audited): Generator<Breach> {
  const { analysis, intent } = audited;
  const { network, planes } = analysis;
  const forbidden = (from: string, to: string): TransportSet =>
    TransportSet.unionOf(intent.forbidden(from, to).map(({ transport }) => transport));
  const zones = intent.zones.map(({ name }) => name);
  const guarded = new Set(zones.filter((to) => zones.some((from) => !forbidden(from, to).isEmpty)));
  for (const to of network.endpoints.values()) {
    const zone = intent.zoneOf(to);
    if (!guarded.has(zone) || !isAsked(audited, to.workload.id)) continue;
    for (const plane of planes) {
      for (const each of connectionsTo(plane, to.id, plane.axis.positionsOf(to.id))) {
        const from = network.endpoints.get(each.from);
        if (from === undefined) continue;
        const ports = forbidden(intent.zoneOf(from), zone);
        const possible = each.possible.intersect(ports);
        if (possible.isEmpty) continue;
        yield {
          zone: intent.zoneOf(from),
          from: from.workload.name,
          end: { kind: 'endpoint', id: from.id },
          to,
          sure: each.sure.intersect(ports),
          possible,
          culprits: () => culpritsBetween(network, from, to, possible),
        };
      }
    }
  }
  for (const { endpoint: to, family, sure, possible } of exposures(analysis)) {
    const ports = forbidden(INTERNET_ZONE, intent.zoneOf(to));
    const open = openTo(intent.unmeant(to, possible), family, 'wide').intersect(ports);
    const ips = ipsFor(possible, open);
    const ip = ips.first();
    if (open.isEmpty || ip === undefined) continue;
    yield {
      zone: INTERNET_ZONE,
      from: INTERNET_ZONE,
      end: { kind: 'outside', ip },
      to,
      sure: openTo(intent.unmeant(to, sure), family, 'wide').intersect(ports),
      possible: open,
      culprits: () => culpritsFrom(network, to, ips, open),
    };
  }
}

function findingOf(all: readonly Breach[], { analysis, intent }: Audited): Finding[] {
  const surely = all.filter(({ sure }) => !sure.isEmpty);
  const isSure = surely.length > 0;
  const counted = isSure ? surely : all;
  const [first] = counted;
  if (first === undefined) return [];
  const { workload } = first.to;
  const transport = TransportSet.unionOf(counted.map(({ sure, possible }) => (isSure ? sure : possible)));
  const culprits = new Map<string, Culprit>();
  const doubts = new Set<BlindSpotId>();
  for (const { end, to, possible, culprits: rulesOf } of counted.slice(0, MOST_PROVEN)) {
    for (const culprit of rulesOf()) culprits.set(culprit.rule.id, culprit);
    if (isSure) continue;
    const target: End = { kind: 'endpoint', id: to.id };
    for (const doubt of doubtsBetween(analysis, end, target, possible)) doubts.add(doubt);
  }
  const sources = [...new Set(counted.map(({ from }) => from))];
  const zones = nameList([...new Set(counted.map(({ zone }) => zone))].toSorted());
  return [
    {
      check: 'segmentation-broken',
      severity: severityOfBreach(counted.some(({ to }) => intent.isCrownJewel(to))),
      certainty: isSure ? 'surely' : 'possibly',
      fingerprint: fingerprintOf('segmentation-broken', workload.id),
      title: `${workload.name} of zone ${intent.zoneOf(first.to)} ${isSure ? 'is' : 'may be'} open on ${transport.toString()} to zone ${zones}, which is forbidden: ${count(sources.length, 'source')}, ${nameList(sources)}`,
      workload,
      endpoints: [...new Set(counted.map(({ to }) => to))],
      transport,
      culprits: [...culprits.values()],
      because: [...doubts],
    },
  ];
}
