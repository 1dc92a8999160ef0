import { TransportSet } from '#netset';
import type { EndpointId, Network, Relay } from '#model';
import type { Analysis } from './analysis.ts';
import type { FlowChange } from './flow-change.ts';
import { relayedConnections, type Asked, type RelayedConnection } from './relayed-connections.ts';

export type FlowChanges = {
  readonly opened: readonly FlowChange[];
  readonly closed: readonly FlowChange[];
  readonly maybeOpened: readonly FlowChange[];
};

/** What of the network can differ: pairs of endpoints whose own answer can, by source, and the endpoints about which anything can. */
export type Changed = {
  readonly pairs: ReadonlyMap<EndpointId, ReadonlySet<EndpointId>>;
  readonly endpoints: ReadonlySet<EndpointId>;
};

/** Flows through relays that one network has and the other has not, port by port of their targets, whatever is dialled for them. */
export function relayedChanges(before: Analysis, after: Analysis, changed: Changed): FlowChanges {
  const [opened, closed, maybeOpened]: FlowChange[][] = [[], [], []];
  const asked = askedAbout(before.network, after.network, changed);
  const [was, is] = [before, after].map((analysis) => byWay(relayedConnections(analysis, asked)));
  for (const key of new Set([...was!.keys(), ...is!.keys()])) {
    const [old, now] = [was!.get(key), is!.get(key)];
    const { from, to, family, through } = (now ?? old)!;
    const flows = (side: Way | undefined): Pick<Way, 'sure' | 'possible'> =>
      side ?? { sure: TransportSet.NONE, possible: TransportSet.NONE };
    const [a, b] = [flows(old), flows(now)];
    const add = (list: FlowChange[], transport: TransportSet): void => {
      if (!transport.isEmpty) list.push({ from, to, family, transport, through });
    };
    add(opened!, b.sure.subtract(a.sure));
    add(closed!, a.sure.subtract(b.possible));
    add(maybeOpened!, b.possible.subtract(b.sure).subtract(a.possible));
  }
  return { opened: opened!, closed: closed!, maybeOpened: maybeOpened! };
}

type Way = Omit<RelayedConnection, 'dialled'>;

/** What is dialled at the first relay is left out: the same flow by another listener is no news. */
function byWay(connections: readonly RelayedConnection[]): ReadonlyMap<string, Way> {
  const ways = new Map<string, Way>();
  for (const { from, to, family, through, sure, possible } of connections) {
    const key = [from, to, family, ...through.map(({ id }) => id)].join(' ');
    const known = ways.get(key);
    ways.set(key, {
      from,
      to,
      family,
      through,
      sure: known === undefined ? sure : known.sure.union(sure),
      possible: known === undefined ? possible : known.possible.union(possible),
    });
  }
  return ways;
}

/** Only ways that can differ: into relays about which something changed, or about whose targets; of others, of whom the way into them changed. */
function askedAbout(before: Network, after: Network, { pairs, endpoints }: Changed): Asked {
  const moved = new Set<Relay['id']>();
  const relays = [...before.relays.values(), ...after.relays.values()];
  for (const { id, entrances, listeners } of relays) {
    const isMoved =
      entrances.some((entrance) => endpoints.has(entrance)) ||
      listeners.some(({ handoffs }) => handoffs.some(({ target }) => endpoints.has(target))) ||
      formOf(before.relays.get(id)) !== formOf(after.relays.get(id));
    if (isMoved) moved.add(id);
  }
  const entrancesOf = (ids: ReadonlySet<Relay['id']>): ReadonlySet<EndpointId> =>
    new Set(relays.flatMap(({ id, entrances }) => (ids.has(id) ? entrances : [])));
  // one that hands on to one that moved has moved as well
  for (let count = -1; count !== moved.size;) {
    count = moved.size;
    const doors = entrancesOf(moved);
    for (const { id, listeners } of relays) {
      if (listeners.some(({ handoffs }) => handoffs.some(({ target }) => doors.has(target)))) moved.add(id);
    }
  }
  const entered = new Set([...pairs.values()].flatMap((targets) => [...targets]));
  return {
    into: ({ id, entrances }) => moved.has(id) || entrances.some((entrance) => entered.has(entrance)),
    by: (from, { id, entrances }) =>
      moved.has(id) || entrances.some((entrance) => pairs.get(from)?.has(entrance) === true),
  };
}

/** All that decides whom a relay hands on to. */
function formOf(relay: Relay | undefined): string {
  if (relay === undefined) return '';
  return JSON.stringify([
    relay.entrances,
    relay.listeners.map(({ transport, handoffs }) => [
      transport.spans,
      handoffs.map(({ target, ip, transport: flows, source, clients, doubt }) => [
        target,
        String(ip?.value),
        flows.spans,
        source,
        clients?.toString() ?? '',
        doubt ?? '',
      ]),
    ]),
  ]);
}
