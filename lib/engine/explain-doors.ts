import { INTERNET, NONE, TransportSet } from '#netset';
import type { BlindSpotId, Endpoint, EndpointId, FrontDoor, Relay } from '#model';
import type { Analysis } from './analysis.ts';
import { POSSIBLE } from './band.ts';
import { cellOf } from './cell.ts';
import { doorways, doorwaysTo, type Doorway } from './doorways.ts';
import { exposures } from './exposure.ts';
import type { End, Explanation, Step } from './explanation.ts';
import type { OutsideReach } from './outside-reach.ts';

/** How somebody gets to an endpoint by a front door. */
export type DoorExplanation = {
  readonly door: FrontDoor;
  /** For whoever comes in by it at all. */
  readonly verdict: 'allowed' | 'unknown';
  readonly through: readonly Relay[];
  /** Of what was asked, what may be opened by it. */
  readonly transport: TransportSet;
};

/** The ways by front doors that surely or possibly lead to an endpoint, from this end as far as anything looks at who it is. */
export function explainDoors(
  analysis: Analysis,
  from: End,
  to: Endpoint,
  asked: TransportSet,
): readonly DoorExplanation[] {
  if (from.kind !== 'outside' || !INTERNET.has(from.ip)) return [];
  return doorwaysTo(analysis, to.id).flatMap((way) => {
    const possible = openFor(way, way.possible, from).intersect(asked);
    if (possible.isEmpty) return [];
    const sure = openFor(way, way.sure, from).intersect(asked);
    const verdict = sure.isEmpty ? ('unknown' as const) : ('allowed' as const);
    return [{ door: way.door, verdict, through: way.through, transport: possible }];
  });
}

/** Only where the clients' own addresses are seen it matters which one asks. */
function openFor(
  { door }: Doorway,
  reach: readonly OutsideReach[],
  from: End & { kind: 'outside' },
): TransportSet {
  const pieces = door.source === 'door' ? reach : reach.filter(({ ips }) => ips.has(from.ip));
  return TransportSet.unionOf(pieces.map(({ transport }) => transport));
}

/**
 * What an explanation becomes where the internet may come in by something of which not all was read: what is denied on the way that was looked
 * at is then unknown. Doors that let in only whom somebody invited change nothing: they are no way from the internet.
 */
export function withDoubtfulWays(
  analysis: Analysis,
  from: End,
  to: End,
  asked: TransportSet,
  found: Explanation,
): Explanation {
  if (from.kind !== 'outside' || to.kind !== 'endpoint' || !INTERNET.has(from.ip)) return found;
  const target = analysis.network.endpoints.get(to.id);
  if (target === undefined || found.verdict === 'allowed') return found;
  const byDoors = explainDoors(analysis, from, target, asked).filter(
    ({ door, through }) => door.gate === 'internet' && through.length === 0,
  );
  const byRelays = hiddenHandoffs(analysis, target, asked);
  const because = new Set<BlindSpotId>([
    ...found.because,
    ...byDoors.flatMap(({ door }) => door.because ?? []),
    ...byRelays.map(({ because: doubt }) => doubt),
  ]);
  const opened = TransportSet.unionOf([...byDoors, ...byRelays].map(({ transport }) => transport));
  if (opened.isEmpty) return found;
  const steps: Step[] = [
    ...byDoors.map(({ door, transport }) => ({
      kind: 'door' as const,
      mark: 'unknown' as const,
      door,
      transport,
    })),
    ...byRelays.map(({ relay }) => ({ kind: 'handed' as const, mark: 'unknown' as const, relay })),
  ];
  return {
    ...found,
    verdict: 'unknown',
    possible: found.possible.union(opened),
    unanswered: { ...found.unanswered, possible: found.unanswered.possible.subtract(opened) },
    steps: [...found.steps, ...steps],
    because: [...because],
  };
}

type HiddenHandoff = {
  readonly relay: Relay;
  readonly because: BlindSpotId;
  readonly transport: TransportSet;
};

/** Relays to which the internet may get, whose targets were not all read, and which may open this on the endpoint. */
function hiddenHandoffs(analysis: Analysis, target: Endpoint, asked: TransportSet): readonly HiddenHandoff[] {
  const { relays } = analysis.network;
  const hiding = [...relays.values()].filter(({ hidesTargets }) => hidesTargets === true);
  if (hiding.length === 0) return [];
  const open = openToInternet(analysis);
  return hiding.flatMap((relay) => {
    const { entrances, because } = relay;
    if (because === undefined || !entrances.some((id) => open.has(id)) || entrances.includes(target.id))
      return [];
    const transport = openedBy(analysis, entrances, target).intersect(asked);
    return transport.isEmpty ? [] : [{ relay, because, transport }];
  });
}

function openToInternet(analysis: Analysis): ReadonlySet<EndpointId> {
  const known = OPEN.get(analysis.planes);
  if (known !== undefined) return known;
  const open = new Set([
    ...exposures(analysis).map(({ endpoint }) => endpoint.id),
    ...doorways(analysis).flatMap(({ door, endpoint }) => (door.gate === 'internet' ? [endpoint.id] : [])),
  ]);
  OPEN.set(analysis.planes, open);
  return open;
}

/** Every explanation asks for the same. */
const OPEN = new WeakMap<Analysis['planes'], ReadonlySet<EndpointId>>();

/** Under a relay's own address, or with the client's kept: then some address of the internet has to be admitted. */
function openedBy({ planes }: Analysis, entrances: readonly EndpointId[], target: Endpoint): TransportSet {
  const found: TransportSet[] = [];
  for (const plane of planes) {
    const { sets } = plane.rows;
    for (const to of plane.axis.positionsOf(target.id)) {
      if (plane.endpointAt(to) === undefined || !plane.canReceive(to)) continue;
      for (const from of entrances.flatMap((id) => [...plane.axis.positionsOf(id)])) {
        if (plane.endpointAt(from) === undefined) continue;
        found.push(sets.valueOf(cellOf(plane, from, to, POSSIBLE).session));
      }
      const { ingress } = plane.classOf(to);
      for (const span of plane.axis.internet) {
        plane.rows.forEachRun(ingress[POSSIBLE], span, (start) => {
          const set = plane.rows.at(ingress[POSSIBLE], start);
          if (set !== NONE) found.push(sets.valueOf(set));
          return false;
        });
      }
    }
  }
  return TransportSet.unionOf(found);
}
