import { ALL_IPS, NONE, TransportSet, type SetId } from '#netset';
import type { EndpointId, Relay } from '#model';
import type { Analysis } from './analysis.ts';
import { POSSIBLE, SURE, type Bounds } from './band.ts';
import { cellOf } from './cell.ts';
import { forEachSource, type Connection } from './connectivity.ts';
import type { OutsideReach } from './outside-reach.ts';
import type { Plane } from './plane.ts';
import { relayedFrom, type Entered, type RelayedExposure } from './relayed.ts';

/** What one endpoint opens on another through relays. */
export type RelayedConnection = Connection & Pick<RelayedExposure, 'through' | 'dialled'>;

/** Which ways into which relays are asked about. */
export type Asked = {
  readonly into: (relay: Relay) => boolean;
  readonly by: (from: EndpointId, relay: Relay) => boolean;
};

const ALL_WAYS: Asked = { into: () => true, by: () => true };

type Session = { readonly entrance: EndpointId; readonly sets: Bounds<SetId> };

/** Every pair of endpoints between which something can or may pass through relays, one entry for each way. */
export function relayedConnections(
  analysis: Analysis,
  asked: Asked = ALL_WAYS,
): readonly RelayedConnection[] {
  const found = new Map<string, RelayedConnection>();
  if (![...analysis.network.relays.values()].some(asked.into)) return [];
  const watchful = watchfulRelays(analysis);
  for (const plane of analysis.planes) {
    const ways = new Map<string, readonly RelayedExposure[]>();
    for (const [from, sessions] of sessionsIn(analysis, plane, asked)) {
      // where nothing on the way looks at who it is, clients that get in at the same doors get to the same targets
      const isSeen = sessions.some(({ entrance }) => watchful.has(entrance));
      const doors = sessions.map(({ entrance, sets }) => `${entrance} ${sets.join(' ')}`).join();
      const key = isSeen ? `${doors} ${String(from)}` : doors;
      const reached = ways.get(key) ?? relayedFrom(analysis, enteredFrom(plane, from, sessions));
      ways.set(key, reached);
      for (const way of reached) note(found, plane, plane.endpointAt(from)!.id, way);
    }
  }
  return [...found.values()];
}

/** The ways through relays of one place. */
export function relayedFromPlace(analysis: Analysis, plane: Plane, from: number): readonly RelayedExposure[] {
  const sessions = [...analysis.network.relays.values()].flatMap(({ entrances }) =>
    entrances.flatMap((entrance) =>
      plane.axis.positionsOf(entrance).flatMap((door): Session[] => {
        if (plane.endpointAt(door) === undefined) return [];
        const session = sessionsAt(plane, from, door);
        return session[POSSIBLE] === NONE ? [] : [{ entrance, sets: session }];
      }),
    ),
  );
  return relayedFrom(analysis, enteredFrom(plane, from, sessions));
}

function sessionsAt(plane: Plane, from: number, to: number): Bounds<SetId> {
  return [cellOf(plane, from, to, SURE).session, cellOf(plane, from, to, POSSIBLE).session];
}

/** For each place that gets into relays, what it may open there. Relays themselves only hand on. */
function sessionsIn(
  { network }: Analysis,
  plane: Plane,
  asked: Asked,
): ReadonlyMap<number, readonly Session[]> {
  const found = new Map<number, Session[]>();
  const relays = [...network.relays.values()];
  const doors = new Set(relays.flatMap(({ entrances }) => entrances));
  const { sets } = plane.rows;
  for (const relay of relays) {
    if (!asked.into(relay)) continue;
    const heard = sets.intern(TransportSet.unionOf(relay.listeners.map(({ transport }) => transport)));
    for (const entrance of relay.entrances) {
      for (const to of plane.axis.positionsOf(entrance)) {
        if (plane.endpointAt(to) === undefined) continue;
        forEachSource(plane, to, (from) => {
          const { id } = plane.endpointAt(from)!;
          if (doors.has(id) || !asked.by(id, relay)) return false;
          const session = sessionsAt(plane, from, to);
          if (sets.intersect(session[POSSIBLE], heard) === NONE) return false;
          const known = found.get(from);
          if (known === undefined) found.set(from, [{ entrance, sets: session }]);
          else known.push({ entrance, sets: session });
          return false;
        });
      }
    }
  }
  return found;
}

function enteredFrom(plane: Plane, from: number, sessions: readonly Session[]): readonly Entered[] {
  const reach = (set: SetId): readonly OutsideReach[] =>
    set === NONE ? [] : [{ ips: ALL_IPS, transport: plane.rows.sets.valueOf(set) }];
  return sessions.flatMap(({ entrance, sets }) => {
    const endpoint = plane.network.endpoints.get(entrance);
    const senders = [{ plane, positions: [from] }];
    return endpoint === undefined
      ? []
      : [{ endpoint, plane, senders, sure: reach(sets[SURE]), possible: reach(sets[POSSIBLE]) }];
  });
}

function note(
  found: Map<string, RelayedConnection>,
  { axis: { family } }: Plane,
  from: EndpointId,
  { endpoint: { id: to }, through, dialled, ...reach }: RelayedExposure,
): void {
  if (from === to) return;
  const flows = (pieces: readonly OutsideReach[]): TransportSet =>
    TransportSet.unionOf(pieces.map(({ transport }) => transport));
  const key = [from, to, family, ...through.map(({ id }) => id), dialled.spans.join()].join(' ');
  const known = found.get(key);
  const [sure, possible] = [flows(reach.sure), flows(reach.possible)];
  found.set(key, {
    from,
    to,
    family,
    through,
    dialled,
    sure: known === undefined ? sure : known.sure.union(sure),
    possible: known === undefined ? possible : known.possible.union(possible),
  });
}

/** The interfaces of relays that hand on by who the client is, or to others that do. */
function watchfulRelays({ network }: Analysis): ReadonlySet<EndpointId> {
  const found = new Set<EndpointId>();
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const { listeners, entrances } of network.relays.values()) {
      const looks = listeners.some(({ handoffs }) =>
        handoffs.some(
          ({ source, clients, target }) => source !== 'relay' || clients !== undefined || found.has(target),
        ),
      );
      if (looks) for (const entrance of entrances) found.add(entrance);
    }
  }
  return found;
}
