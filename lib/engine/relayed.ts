import { ALL_IPS, IpSet, NONE, type Family, type SetId, type TransportSet } from '#netset';
import type { Endpoint, EndpointId, Relay, RelayListener } from '#model';
import type { Analysis } from './analysis.ts';
import { POSSIBLE, SURE, type Bound, type Bounds } from './band.ts';
import { exposures, type Exposure } from './exposure.ts';
import {
  keptSession,
  ownSession,
  placesOfHandoff,
  positionsIn,
  sourcesSeen,
  type HandoffPlaces,
} from './handoff-cell.ts';
import { KeptReach } from './kept-reach.ts';
import { ipsFor, joinedReach, type OutsideReach } from './outside-reach.ts';
import type { Plane } from './plane.ts';

/** What the internet reaches of one endpoint through relays, although the endpoint itself may have no address there. */
export type RelayedExposure = {
  readonly endpoint: Endpoint;
  /** Of the clients, and of the address that they dial. */
  readonly family: Family;
  /** The relays on the way, the one that clients dial first. */
  readonly through: readonly [Relay, ...Relay[]];
  /** What clients dial there. */
  readonly dialled: TransportSet;
  /** What each relay but the last dials at the next. */
  readonly between: readonly TransportSet[];
  readonly carries: RelayListener['carries'];
  /** Whether clients must log in on the way. */
  readonly isGuarded: boolean;
  /** Far addresses, and what gets to the endpoint for them, on the endpoint's own ports. */
  readonly sure: readonly OutsideReach[];
  readonly possible: readonly OutsideReach[];
};

/** Whose address a relay sees: the clients' own, or that of the relay before it, at one of its places. */
export type Sender = { readonly plane: Plane; readonly positions: 'clients' | readonly number[] };

/** Somebody who got to an interface, under whose address, and with what. */
export type Entered = {
  readonly endpoint: Endpoint;
  readonly plane: Plane;
  /** Several where it is not known whose address is seen. */
  readonly senders: readonly Sender[];
  readonly sure: readonly OutsideReach[];
  readonly possible: readonly OutsideReach[];
};

/** Clients that got to a relay, by what they can open there. */
type Arrivals = {
  readonly plane: Plane;
  /** Several where it is not known which of them the relay sees. */
  readonly senders: readonly Sender[];
  readonly through: readonly [Relay, ...Relay[]];
  readonly dialled: TransportSet | undefined;
  readonly between: readonly TransportSet[];
  readonly carries: RelayListener['carries'];
  readonly isGuarded: boolean;
  readonly reach: Bounds<readonly OutsideReach[]>;
};

/** A relay behind a relay behind a relay: nobody builds more, and a loop ends here. */
const MOST_RELAYS = 3;

/** Who can be reached from the internet through relays; direct exposure is not in here. */
export function relayedExposures(analysis: Analysis): readonly RelayedExposure[] {
  const known = RELAYED.get(analysis.planes);
  if (known !== undefined) return known;
  const found = relayedFrom(analysis, enteredBy(analysis, exposures(analysis)));
  RELAYED.set(analysis.planes, found);
  return found;
}

/** What is reached through relays by those who got to an interface of one. */
export function relayedFrom(analysis: Analysis, entered: readonly Entered[]): readonly RelayedExposure[] {
  return analysis.network.relays.size === 0 ? [] : new RelayedSearch(analysis).run(entered);
}

/** The internet at what it reaches. */
export function enteredBy(analysis: Analysis, found: readonly Exposure[]): readonly Entered[] {
  return found.flatMap(({ endpoint, family, sure, possible }) => {
    const plane = analysis.planes.find(({ axis }) => axis.family === family);
    return plane === undefined
      ? []
      : [{ endpoint, plane, senders: [{ plane, positions: 'clients' as const }], sure, possible }];
  });
}

const RELAYED = new WeakMap<Analysis['planes'], readonly RelayedExposure[]>();

class RelayedSearch {
  readonly #analysis: Analysis;
  readonly #found = new Map<string, RelayedExposure>();
  readonly #relayOf = new Map<EndpointId, Relay>();
  readonly #kept = new KeptReach();

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
    for (const relay of analysis.network.relays.values()) {
      for (const entrance of relay.entrances) this.#relayOf.set(entrance, relay);
    }
  }

  run(entered: readonly Entered[]): readonly RelayedExposure[] {
    for (const { endpoint, plane, senders, sure, possible } of entered) {
      const relay = this.#relayOf.get(endpoint.id);
      if (relay === undefined) continue;
      this.#pass(relay, {
        plane,
        senders,
        through: [relay],
        dialled: undefined,
        between: [],
        carries: 'bytes',
        isGuarded: false,
        reach: [sure, possible],
      });
    }
    return [...this.#found.values()];
  }

  #pass(relay: Relay, arrivals: Arrivals): void {
    for (const listener of relay.listeners) {
      const clients = arrivals.reach.map((reach) => ipsFor(reach, listener.transport));
      if (clients[POSSIBLE]!.isEmpty) continue;
      for (const handoff of listener.handoffs) {
        const places = placesOfHandoff(this.#analysis, relay, handoff);
        if (places === undefined) continue;
        const reach = ([SURE, POSSIBLE] as const).map((bound) =>
          this.#handedOn(places, arrivals.senders, clients[bound]!, bound),
        ) as unknown as Bounds<readonly OutsideReach[]>;
        if (reach[POSSIBLE].length === 0) continue;
        const carries = arrivals.carries === 'requests' ? 'requests' : listener.carries;
        const dialled = arrivals.dialled ?? listener.transport;
        const isGuarded = arrivals.isGuarded || handoff.isGuarded === true;
        const senders = sendersBehind(places, arrivals.senders);
        this.#arrive(places, { ...arrivals, senders, dialled, carries, isGuarded, reach });
      }
    }
  }

  #arrive(
    { plane, to, handoff }: HandoffPlaces,
    arrivals: Arrivals & { readonly dialled: TransportSet },
  ): void {
    const endpoint = plane.endpointAt(to)!;
    this.#note(endpoint, arrivals);
    const next = this.#relayOf.get(endpoint.id);
    if (next === undefined || arrivals.through.includes(next) || arrivals.through.length === MOST_RELAYS)
      return;
    const between = [...arrivals.between, handoff.transport];
    this.#pass(next, { ...arrivals, between, through: [...arrivals.through, next] });
  }

  #note(
    endpoint: Endpoint,
    {
      plane,
      through,
      dialled,
      between,
      carries,
      isGuarded,
      reach,
    }: Arrivals & { readonly dialled: TransportSet },
  ): void {
    const { family } = plane.axis;
    const key = `${endpoint.id} ${String(family)} ${carries} ${String(isGuarded)} ${through.map(({ id }) => id).join(' ')} ${dialled.spans.join()}`;
    const known = this.#found.get(key);
    const [sure, possible] = reach;
    this.#found.set(key, {
      endpoint,
      family,
      through,
      dialled,
      between,
      carries,
      isGuarded,
      sure: known === undefined ? sure : joinedReach(known.sure, sure),
      possible: known === undefined ? possible : joinedReach(known.possible, possible),
    });
  }

  /** Of these clients, those for which something is handed on, and what. */
  #handedOn(
    places: HandoffPlaces,
    senders: readonly Sender[],
    ips: IpSet,
    bound: Bound,
  ): readonly OutsideReach[] {
    if (ips.isEmpty || (bound === SURE && places.handoff.doubt !== undefined)) return [];
    const pieces = senders.flatMap((sender) => {
      const allowed = admitted(places, sender, ips);
      return sourcesSeen(places, sender.plane).map((seen) =>
        this.#seen(places, sender, seen, bound).flatMap((piece): OutsideReach[] => {
          const left = within(allowed, piece.ips);
          return left.isEmpty ? [] : [{ ips: left, transport: piece.transport }];
        }),
      );
    });
    return pieces.reduce<readonly OutsideReach[]>(
      (sum, each, i) => (i === 0 ? each : bound === SURE ? sharedReach(sum, each) : joinedReach(sum, each)),
      [],
    );
  }

  #seen(
    places: HandoffPlaces,
    { positions }: Sender,
    seen: 'relay' | 'client',
    bound: Bound,
  ): readonly OutsideReach[] {
    if (seen === 'relay') return this.#own(places, bound);
    if (positions === 'clients') return this.#kept.of(places, bound);
    const { sets } = places.plane.rows;
    const session = positions.reduce<SetId>(
      (sum, position) => sets.union(sum, keptSession(places, position, bound)),
      NONE,
    );
    return session === NONE ? [] : [{ ips: ALL_IPS, transport: sets.valueOf(session) }];
  }

  #own(places: HandoffPlaces, bound: Bound): readonly OutsideReach[] {
    const session = ownSession(places, bound);
    return session === NONE ? [] : [{ ips: ALL_IPS, transport: places.plane.rows.sets.valueOf(session) }];
  }
}

/** Of these clients, those that a handoff is meant for by the address that the relay sees: of a relay before it, at any of its places. */
function admitted({ handoff }: HandoffPlaces, { plane, positions }: Sender, ips: IpSet): IpSet {
  if (positions === 'clients') return within(ips, handoff.clients);
  return positionsIn(plane, positions, handoff.clients).length > 0 ? ips : IpSet.NONE;
}

/** Whom the target of a handoff sees, where it is a relay itself. */
function sendersBehind(places: HandoffPlaces, senders: readonly Sender[]): readonly Sender[] {
  const own: Sender = { plane: places.plane, positions: places.from };
  const behind = senders.flatMap((sender) =>
    sourcesSeen(places, sender.plane).map((seen) => (seen === 'relay' ? own : sender)),
  );
  return [...new Set(behind)];
}

/** Most often everything may pass: then there is nothing to intersect. */
function within(ips: IpSet, allowed: IpSet | undefined): IpSet {
  return allowed === undefined || allowed === ALL_IPS ? ips : ips.intersect(allowed);
}

/** What both hold. */
function sharedReach(a: readonly OutsideReach[], b: readonly OutsideReach[]): readonly OutsideReach[] {
  return a.flatMap((one) =>
    b.flatMap((other) => {
      const ips = one.ips.intersect(other.ips);
      const transport = one.transport.intersect(other.transport);
      return ips.isEmpty || transport.isEmpty ? [] : [{ ips, transport }];
    }),
  );
}

/** One exposure for each endpoint, family and way through relays, whichever port is dialled. */
export function joinRelayed(
  relayed: readonly RelayedExposure[],
): readonly (Exposure & Pick<RelayedExposure, 'through'>)[] {
  const joined = new Map<string, Exposure & Pick<RelayedExposure, 'through'>>();
  for (const { endpoint, family, through, sure, possible } of relayed) {
    const key = [endpoint.id, String(family), ...through.map(({ id }) => id)].join(' ');
    const known = joined.get(key);
    joined.set(key, {
      endpoint,
      family,
      through,
      sure: known === undefined ? sure : joinedReach(known.sure, sure),
      possible: known === undefined ? possible : joinedReach(known.possible, possible),
    });
  }
  return [...joined.values()];
}
