import { NONE, TransportSet } from '#netset';
import type { Endpoint, Handoff, Relay } from '#model';
import type { Analysis } from './analysis.ts';
import { POSSIBLE, SURE, type Bound } from './band.ts';
import { cellOf } from './cell.ts';
import { explain } from './explain.ts';
import { explainDoors } from './explain-doors.ts';
import type { End, Explanation, Step } from './explanation.ts';
import { handedOn, placesOfHandoff, sourcesSeen, type HandoffPlaces } from './handoff-cell.ts';
import { matchesOf } from './match.ts';
import { tieredStep } from './tiered-step.ts';
import { isTiered } from './tiers.ts';
import type { Plane } from './plane.ts';
import { relayedFromPlace } from './relayed-connections.ts';

/** How something gets to an endpoint through a relay: into the relay, and from there. */
export type RelayedExplanation = {
  /** The relay that is dialled. */
  readonly relay: Relay;
  /** Where that hands on to further relays: those, the one that hands on to the endpoint last. */
  readonly behind?: readonly Relay[];
  readonly verdict: 'allowed' | 'unknown';
  /** What is dialled at the relay, and what of the question it hands on. */
  readonly dialled: TransportSet;
  readonly handed: TransportSet;
  readonly source: Handoff['source'];
  readonly into: Explanation;
  /** From the relay to the endpoint; where the endpoint sees the client's own address, its groups' rules for that. */
  readonly onward: readonly Step[];
};

/** The ways through one relay that surely or possibly lead from one end to an endpoint; for each relay the surest. */
export function explainRelayed(
  analysis: Analysis,
  from: End,
  to: Endpoint,
  asked: TransportSet,
): readonly RelayedExplanation[] {
  const found: RelayedExplanation[] = [];
  const byDoors = new Map(
    explainDoors(analysis, from, to, asked).flatMap(({ door, through, transport }) => {
      const last = through.at(-1);
      return last === undefined || door.gate !== 'internet' ? [] : [[last, transport] as const];
    }),
  );
  for (const relay of analysis.network.relays.values()) {
    const ways = relay.listeners.flatMap((listener) =>
      listener.handoffs.flatMap((handoff) => {
        if (handoff.target !== to.id || !handoff.transport.overlaps(asked)) return [];
        const places = placesOfHandoff(analysis, relay, handoff);
        return places === undefined
          ? []
          : waysOf(analysis, from, relay, listener.transport, places, asked, byDoors.get(relay));
      }),
    );
    const best = ways.find(({ verdict }) => verdict === 'allowed') ?? ways[0];
    if (best !== undefined) found.push(best);
  }
  return [...found, ...throughSeveral(analysis, from, to, asked)];
}

function waysOf(
  analysis: Analysis,
  from: End,
  relay: Relay,
  dialled: TransportSet,
  places: HandoffPlaces,
  asked: TransportSet,
  byDoor: TransportSet | undefined,
): RelayedExplanation[] {
  const isByDoor = byDoor?.overlaps(places.handoff.transport) === true;
  return analysis.planes.flatMap((plane) =>
    positionsOf(plane, from).flatMap((client) =>
      relay.entrances.flatMap((entrance) => {
        const gets = (bound: Bound): boolean =>
          plane.axis.positionsOf(entrance).some((door) => {
            if (plane.endpointAt(door) === undefined) return false;
            const { sets } = plane.rows;
            return sets.overlaps(cellOf(plane, client, door, bound).session, sets.intern(dialled));
          }) &&
          isAllowed(places, plane, client, from) &&
          handedOn(places, plane, client, bound) !== NONE;
        if (!gets(POSSIBLE) && !isByDoor) return [];
        const into = explain(analysis, from, { kind: 'endpoint', id: entrance }, dialled);
        if (into === undefined) return [];
        return [
          {
            relay,
            verdict: gets(SURE) ? ('allowed' as const) : ('unknown' as const),
            dialled,
            handed: places.handoff.transport.intersect(asked),
            source: places.handoff.source,
            into,
            onward: onwardOf(analysis, places, plane, client),
          },
        ];
      }),
    ),
  );
}

/** The ways through a relay behind a relay: into the first, and out of the last. */
function throughSeveral(
  analysis: Analysis,
  from: End,
  to: Endpoint,
  asked: TransportSet,
): readonly RelayedExplanation[] {
  const found = new Map<string, RelayedExplanation>();
  for (const plane of analysis.planes) {
    for (const client of positionsOf(plane, from)) {
      for (const way of relayedFromPlace(analysis, plane, client)) {
        const [first, ...behind] = way.through;
        const last = behind.at(-1);
        const [sure, possible] = [way.sure, way.possible].map((reach) =>
          TransportSet.unionOf(reach.map(({ transport }) => transport)).intersect(asked),
        );
        const key = way.through.map(({ id }) => id).join(' ');
        const known = found.get(key);
        if (way.endpoint.id !== to.id || last === undefined || possible!.isEmpty) continue;
        if (known?.verdict === 'allowed') continue;
        const [door] = first.entrances;
        const into = door && explain(analysis, from, { kind: 'endpoint', id: door }, way.dialled);
        if (into === undefined) continue;
        const ends = [last.entrances[0]!, to.id].map((id): End => ({ kind: 'endpoint', id }));
        found.set(key, {
          relay: first,
          behind,
          verdict: sure!.isEmpty ? 'unknown' : 'allowed',
          dialled: way.dialled,
          handed: possible!,
          source: 'relay',
          into,
          onward: explain(analysis, ends[0]!, ends[1]!, possible!)?.steps ?? [],
        });
      }
    }
  }
  return [...found.values()];
}

function onwardOf(
  analysis: Analysis,
  places: HandoffPlaces,
  clients: Plane,
  client: number,
): readonly Step[] {
  const { plane, from, to, handoff } = places;
  const door = plane.endpointAt(from[0]!)!;
  const target = plane.endpointAt(to)!;
  if (sourcesSeen(places, clients).includes('relay')) {
    const ends = [door, target].map(({ id }): End => ({ kind: 'endpoint', id }));
    return explain(analysis, ends[0]!, ends[1]!, handoff.transport)?.steps ?? [];
  }
  const point = handoff.transport.first()!;
  if (isTiered(plane.network, target)) {
    const step = tieredStep(plane, target, 'ingress', { near: to, far: client }, point);
    return [{ kind: 'endpoint', mark: 'passes', endpoint: target, why: 'takes part' }, step];
  }
  const rules = target.policies.flatMap((policy) => {
    const at = (far: number) => matchesOf(plane, policy, 'ingress', far, point, target.network);
    return [
      ...at(client).filter(({ rule }) => rule.selector.kind !== 'group'),
      ...from.flatMap(at).filter(({ rule }) => rule.selector.kind === 'group'),
    ];
  });
  const isOpen = target.unfiltered || rules.some(({ isSure }) => isSure);
  const mark = isOpen ? 'passes' : 'unknown';
  return [
    { kind: 'endpoint', mark: 'passes', endpoint: target, why: 'takes part' },
    { kind: 'group', mark, endpoint: target, direction: 'ingress', policies: target.policies, rules },
  ];
}

function isAllowed({ handoff }: HandoffPlaces, plane: Plane, client: number, from: End): boolean {
  if (handoff.clients === undefined) return true;
  if (from.kind === 'outside') return handoff.clients.has(from.ip);
  const { first } = plane.axis.places[client]!;
  return handoff.clients.has(
    typeof first === 'bigint' ? { family: 6, value: first } : { family: 4, value: first },
  );
}

function positionsOf(plane: Plane, end: End): readonly number[] {
  if (end.kind === 'endpoint')
    return plane.axis.positionsOf(end.id).filter((position) => plane.endpointAt(position) !== undefined);
  const position = plane.axis.positionOf(end.ip);
  return position === undefined ? [] : [position];
}
