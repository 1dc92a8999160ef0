import { NONE, type SetId } from '#netset';
import type { Endpoint, EndpointId, HostId, Relay, RelayListener } from '#model';
import type { Analysis } from './analysis.ts';
import { SURE, type Bound } from './band.ts';
import {
  addressAt,
  clientsOf,
  handedOn,
  ownSession,
  placesOfHandoff,
  positionsIn,
  sourcesSeen,
  type HandoffPlaces,
} from './handoff-cell.ts';
import { sourcesOf, type Fall, type FallLevel, type HostPlace } from './host-fall.ts';
import { publicDoorways } from './doorways.ts';
import { arrivalsAt, distinct, within } from './relay-arrivals.ts';
import { hopOf, joined, type PathHop } from './path-hop.ts';
import type { Breadth } from './outside-reach.ts';
import type { Plane } from './plane.ts';
import { relayEntries, type RelayedWay } from './relay-entries.ts';
import type { Dial, Segment } from './relay-segment.ts';
import { relayedExposures } from './relayed.ts';
import type { Span } from './row-pool.ts';

type Way = {
  readonly relay: Relay;
  readonly listener: RelayListener;
  readonly places: HandoffPlaces;
  /** Whether the target sees the same source for every client, and every client is handed on. */
  readonly isForAll: boolean;
};

/** Relays hand on only what they are told to, so they are no pivots: a way leads through them in one piece. */
export class RelayWays {
  readonly #analysis: Analysis;
  readonly #ignores: (dial: Dial) => boolean;
  readonly #ways: Way[] = [];
  readonly #byTarget = new Map<HostId, Way[]>();
  readonly #byRelay = new Map<Relay, Way[]>();
  readonly #relayOf = new Map<EndpointId, Relay>();
  readonly #clients = new Map<Way, Map<string, readonly Span[]>>();

  constructor(analysis: Analysis, ignores: (dial: Dial) => boolean) {
    this.#analysis = analysis;
    this.#ignores = ignores;
    for (const relay of analysis.network.relays.values()) {
      for (const entrance of relay.entrances) this.#relayOf.set(entrance, relay);
      for (const listener of relay.listeners) {
        for (const handoff of distinct(listener.handoffs)) {
          const places = placesOfHandoff(analysis, relay, handoff);
          if (places === undefined) continue;
          const isForAll =
            handoff.clients === undefined && sourcesSeen(places, places.plane).join() === 'relay';
          const way = { relay, listener, places, isForAll };
          this.#ways.push(way);
          push(this.#byTarget, places.plane.endpointAt(places.to)!.host, way);
          push(this.#byRelay, relay, way);
        }
      }
    }
  }

  /** Ways in from the internet, as far as so much of it gets through. */
  fromInternet(bound: Bound, breadth: Breadth): Segment[] {
    // who comes by a front door surely is not known
    const byDoors = bound === SURE ? [] : publicDoorways(this.#analysis);
    return this.from([...relayedExposures(this.#analysis), ...byDoors], bound, breadth);
  }

  /** The same for some of those ways, and for ways by front doors. */
  from(ways: readonly RelayedWay[], bound: Bound, breadth: Breadth): Segment[] {
    return relayEntries(ways, bound, breadth, {
      entranceOf: (relay) => this.#doorsOf(relay)[0],
      ignores: this.#ignores,
    });
  }

  /** The ways that a level of a fall opens to hosts that still stand: one for each host. */
  opened(level: FallLevel, stands: (host: HostId) => boolean, bound: Bound): Segment[] {
    const entered = new Map<RelayListener, PathHop | undefined>();
    const arrived = new Map<string, readonly Fall[]>();
    const found = new Map<HostId, Segment>();
    for (const way of this.#ways) {
      const { host } = way.places.plane.endpointAt(way.places.to)!;
      if (found.has(host) || !stands(host) || this.#isIgnored(way)) continue;
      const segment = way.isForAll
        ? this.#openedForAll(way, level, entered, bound)
        : this.#openedForSome(way, level, arrived, bound);
      if (segment === undefined) continue;
      found.set(host, segment);
      for (const further of this.#onward(segment, way, bound)) {
        const last = further.at(-1)!.to.host;
        if (!found.has(last) && stands(last)) found.set(last, further);
      }
    }
    return [...found.values()];
  }

  /** Every way into a host through relays that begins at a host, each source host once for each relay. */
  into(host: HostId, bound: Bound): Segment[] {
    const found = new Map<string, Segment>();
    for (const way of this.#byTarget.get(host) ?? []) {
      for (const segment of this.#segmentsOf(way, bound, [])) {
        const key = JSON.stringify([segment[0].from?.host, ...segment.map(({ to }) => to.workload.id)]);
        found.set(key, joined(found.get(key) ?? segment, segment) as unknown as Segment);
      }
    }
    return [...found.values()];
  }

  #segmentsOf(way: Way, bound: Bound, behind: readonly Relay[]): Segment[] {
    const { relay, listener, places } = way;
    const out = this.#outOf(way, bound);
    const found: Segment[] = [];
    if (this.#isIgnored(way)) return found;
    sourcesOf(
      this.#analysis.planes,
      this.#entrancesOf(relay),
      bound,
      (fall) => {
        const last = this.#handedTo(way, fall, bound);
        if (last !== undefined) found.push([hopOf(fall), last]);
      },
      listener.transport,
      ({ plane, from }) => this.#isHandedOn(places, plane, from, bound),
    );
    if (out === undefined || behind.includes(relay)) return found;
    for (const entrance of relay.entrances) {
      for (const before of this.#byTarget.get(entrance as unknown as HostId) ?? []) {
        if (!before.places.handoff.transport.overlaps(listener.transport)) continue;
        for (const segment of this.#segmentsOf(before, bound, [...behind, relay])) {
          if (this.#isHandedFurther(way, before, segment, bound))
            found.push([...segment, { ...out, from: segment.at(-1)!.to }]);
        }
      }
    }
    return found;
  }

  /** Where a way ends at another relay, what that hands on in turn. */
  #onward(segment: Segment, before: Way, bound: Bound): Segment[] {
    const { places, relay } = before;
    const next = this.#relayOf.get(places.handoff.target);
    if (next === undefined || next === relay) return [];
    return (this.#byRelay.get(next) ?? []).flatMap((way): Segment[] => {
      if (!way.listener.transport.overlaps(places.handoff.transport)) return [];
      if (!this.#isHandedFurther(way, before, segment, bound)) return [];
      const out = this.#outOf(way, bound);
      return out === undefined ? [] : [[...segment, { ...out, from: segment.at(-1)!.to }]];
    });
  }

  /** Whether a relay behind another hands on what that brings from where the segment begins, by the address that it sees. */
  #isHandedFurther({ places }: Way, before: Way, segment: Segment, bound: Bound): boolean {
    if (sourcesSeen(places, places.plane).join() !== 'relay') return false;
    const { relay, listener } = before;
    const isGuarded = places.handoff.isGuarded === true;
    if (this.#ignores({ relay, dialled: listener.transport, isGuarded })) return false;
    const { clients } = places.handoff;
    if (clients === undefined) return true;
    const { plane, from } = before.places;
    const addresses = segment[0].from?.addresses ?? [];
    const kept = addresses.filter(({ first }) => first.family === plane.axis.family);
    const isSeen = sourcesSeen(before.places, plane).map((seen) => {
      if (seen === 'relay') return positionsIn(plane, from, clients).length > 0;
      const named = kept.filter(({ first }) => clients.has(first));
      return bound === SURE ? named.length > 0 && named.length === kept.length : named.length > 0;
    });
    return bound === SURE ? isSeen.every(Boolean) : isSeen.some(Boolean);
  }

  #isIgnored({ relay, listener, places }: Way): boolean {
    const isGuarded = places.handoff.isGuarded === true;
    return this.#ignores({ relay, dialled: listener.transport, isGuarded });
  }

  #openedForAll(
    way: Way,
    level: FallLevel,
    entered: Map<RelayListener, PathHop | undefined>,
    bound: Bound,
  ): Segment | undefined {
    const { relay, listener } = way;
    if (!entered.has(listener)) {
      const fall = firstOf(this.#entrancesOf(relay), (place) => level.reach(place, listener.transport));
      entered.set(listener, fall && hopOf(fall));
    }
    const entry = entered.get(listener);
    const out = entry && this.#outOf(way, bound);
    return entry && out && [entry, { ...out, from: entry.to }];
  }

  /** Where it matters which client it is: one that gets in and for whom something is handed on. */
  #openedForSome(
    way: Way,
    level: FallLevel,
    arrived: Map<string, readonly Fall[]>,
    bound: Bound,
  ): Segment | undefined {
    const { relay, listener, places } = way;
    const { clients } = places.handoff;
    for (const entrance of this.#entrancesOf(relay)) {
      const { plane } = entrance;
      const spans = this.#clientsOf(way, plane, bound);
      if (spans.length === 0) continue;
      // many targets stand behind one door
      const key = `${entrance.host} ${String(plane.axis.family)} ${String(entrance.position)} ${listener.transport.spans.join()}`;
      const falls = arrived.get(key) ?? arrivalsAt(entrance, listener.transport, level, bound);
      arrived.set(key, falls);
      for (const fall of within(falls, spans)) {
        if (clients?.has(addressAt(plane, fall.from)) === false) continue;
        const last = this.#handedTo(way, fall, bound);
        if (last !== undefined) return [hopOf(fall), last];
      }
    }
    return undefined;
  }

  /** The known places for which something is handed on, by all but what the handoff itself says of clients. */
  #clientsOf(way: Way, clients: Plane, bound: Bound): readonly Span[] {
    let known = this.#clients.get(way);
    if (known === undefined) this.#clients.set(way, (known = new Map<string, readonly Span[]>()));
    const key = `${String(clients.axis.family)} ${String(bound)}`;
    let spans = known.get(key);
    if (spans === undefined) known.set(key, (spans = clientsOf(way.places, clients, bound)));
    return spans;
  }

  #isHandedOn(places: HandoffPlaces, clients: Plane, from: number, bound: Bound): boolean {
    const { handoff } = places;
    if (handoff.clients?.has(addressAt(clients, from)) === false) return false;
    return handedOn(places, clients, from, bound) !== NONE;
  }

  #handedTo({ places }: Way, { plane, from, to }: Fall, bound: Bound): PathHop | undefined {
    const session = handedOn(places, plane, from, bound);
    return session === NONE ? undefined : this.#lastHop(places, plane.endpointAt(to)!, session);
  }

  /** The hop out of a relay for clients whose address does not matter. */
  #outOf({ relay, places }: Way, bound: Bound): PathHop | undefined {
    if (bound === SURE && places.handoff.doubt !== undefined) return undefined;
    const session = ownSession(places, bound);
    const [door] = this.#doorsOf(relay);
    return session === NONE || door === undefined ? undefined : this.#lastHop(places, door, session);
  }

  #lastHop({ plane, to }: HandoffPlaces, from: Endpoint, session: SetId): PathHop {
    return { from, to: plane.endpointAt(to)!, transport: plane.rows.sets.valueOf(session) };
  }

  #doorsOf({ entrances }: Relay): readonly Endpoint[] {
    return entrances.flatMap((id) => this.#analysis.network.endpoints.get(id) ?? []);
  }

  #entrancesOf({ entrances }: Relay): readonly HostPlace[] {
    return this.#analysis.planes.flatMap((plane) =>
      entrances.flatMap((id) =>
        plane.axis.positionsOf(id).flatMap((position) => {
          const endpoint = plane.endpointAt(position);
          return endpoint === undefined || !plane.canReceive(position)
            ? []
            : [{ host: endpoint.host, plane, position }];
        }),
      ),
    );
  }
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
