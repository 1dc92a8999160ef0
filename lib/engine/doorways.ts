import { NONE, TransportSet, type Family, type SetId } from '#netset';
import type { Endpoint, EndpointId, FrontDoor, Handoff, Relay } from '#model';
import type { Analysis } from './analysis.ts';
import { answered } from './answered.ts';
import { POSSIBLE, SURE, type Bound } from './band.ts';
import { cellOf } from './cell.ts';
import { forEachTarget } from './connectivity.ts';
import { addressAt, type HandoffPlaces } from './handoff-cell.ts';
import { KeptReach } from './kept-reach.ts';
import { joinedReach, type OutsideReach } from './outside-reach.ts';
import type { Plane } from './plane.ts';
import { relayedFrom, type Entered, type Sender } from './relayed.ts';

/** What may be opened on an endpoint by those who come in by a front door, directly or through relays. */
export type Doorway = {
  readonly door: FrontDoor;
  readonly endpoint: Endpoint;
  /** Of the address at which the endpoint, or the first relay, is dialled. */
  readonly family: Family;
  /** The relays on the way, the one that is dialled first. */
  readonly through: readonly Relay[];
  /** What is dialled at the first of them, and what each but the last dials at the next; nothing where it is the endpoint itself. */
  readonly dialled: TransportSet;
  readonly between: readonly TransportSet[];
  /** Whether only requests get there, or bytes as they are sent. */
  readonly carries: FrontDoor['carries'];
  /** Whether clients must log in on the way. */
  readonly isGuarded: boolean;
  /** The clients' addresses, as far as anything looks at them, and what gets to the endpoint for them. */
  readonly sure: readonly OutsideReach[];
  /** Sure and unknown together. */
  readonly possible: readonly OutsideReach[];
};

/** Every way by a front door; ways from the internet that need none are not in here. */
export function doorways(analysis: Analysis): readonly Doorway[] {
  const known = DOORWAYS.get(analysis.planes);
  if (known !== undefined) return known;
  const kept = new KeptReach();
  const found = [...analysis.network.frontDoors.values()].flatMap((door) => waysBy(analysis, door, kept));
  DOORWAYS.set(analysis.planes, found);
  return found;
}

const DOORWAYS = new WeakMap<Analysis['planes'], readonly Doorway[]>();

/** Those that are open, as far as can be seen, to whoever asks. */
export function publicDoorways(analysis: Analysis): readonly Doorway[] {
  return doorways(analysis).filter(({ door }) => door.gate === 'internet');
}

/** Those that lead to one endpoint. */
export function doorwaysTo(analysis: Analysis, id: EndpointId): readonly Doorway[] {
  const all = doorways(analysis);
  let byEnd = BY_END.get(all);
  if (byEnd === undefined) {
    byEnd = new Map<EndpointId, Doorway[]>();
    for (const way of all) byEnd.set(way.endpoint.id, [...(byEnd.get(way.endpoint.id) ?? []), way]);
    BY_END.set(all, byEnd);
  }
  return byEnd.get(id) ?? [];
}

const BY_END = new WeakMap<readonly Doorway[], Map<EndpointId, Doorway[]>>();

function waysBy(analysis: Analysis, door: FrontDoor, kept: KeptReach): readonly Doorway[] {
  const entered = analysis.planes.flatMap((plane) => enteredBy(analysis, plane, door, kept));
  const direct = entered.map(({ endpoint, plane, sure, possible }) => ({
    door,
    endpoint,
    family: plane.axis.family,
    through: [],
    dialled: TransportSet.NONE,
    between: [],
    carries: door.carries,
    isGuarded: false,
    sure,
    possible,
  }));
  const relayed = relayedFrom(analysis, entered).map((way) => ({
    door,
    endpoint: way.endpoint,
    family: way.family,
    through: way.through,
    dialled: way.dialled,
    between: way.between,
    carries: door.carries === 'requests' ? door.carries : way.carries,
    isGuarded: way.isGuarded,
    sure: way.sure,
    possible: way.possible,
  }));
  return [...direct, ...relayed];
}

/** Whom those who come by a door get to at once. Of what was not read nothing is sure. */
function enteredBy(analysis: Analysis, plane: Plane, door: FrontDoor, kept: KeptReach): readonly Entered[] {
  if (door.leads.kind === 'endpoints') return enteredAt(plane, door, door.leads.endpoints);
  const from = door.entrances.flatMap((id) =>
    plane.axis.positionsOf(id).filter((position) => plane.canSend(position)),
  );
  if (from.length === 0) return [];
  const found = new Map<string, Entered>();
  const note = (
    endpoint: Endpoint,
    sender: Sender,
    reach: (bound: Bound) => readonly OutsideReach[],
  ): void => {
    const possible = reach(POSSIBLE);
    if (possible.length === 0) return;
    const sure = door.because === undefined && door.source !== 'unknown' ? reach(SURE) : [];
    const known = found.get(endpoint.id);
    found.set(endpoint.id, {
      endpoint,
      plane,
      senders: known === undefined ? [sender] : [...new Set([...known.senders, sender])],
      sure: known === undefined ? sure : joinedReach(known.sure, sure),
      possible: known === undefined ? possible : joinedReach(known.possible, possible),
    });
  };
  if (door.source !== 'client') underOwnAddress(plane, door, from, note);
  if (door.source !== 'door') underClientsAddress(plane, door, from, kept, note);
  return answered(analysis.network, [...found.values()]);
}

/** Where a door leads to some endpoints, what they answer on is open to whoever comes, and whom they hand on to sees them. */
function enteredAt(plane: Plane, door: FrontDoor, ids: readonly EndpointId[]): readonly Entered[] {
  const anybody = plane.axis.addressesOf(plane.axis.internet);
  const possible = [{ ips: anybody, transport: door.opens }];
  return ids.flatMap((id): Entered[] => {
    const positions = plane.axis.positionsOf(id).filter((position) => plane.canReceive(position));
    const endpoint = plane.network.endpoints.get(id);
    if (endpoint === undefined || positions.length === 0) return [];
    return [{ endpoint, plane, senders: [{ plane, positions }], sure: [], possible }];
  });
}

type Note = (endpoint: Endpoint, sender: Sender, reach: (bound: Bound) => readonly OutsideReach[]) => void;

function underOwnAddress(plane: Plane, door: FrontDoor, from: readonly number[], note: Note): void {
  const { sets } = plane.rows;
  const opens = sets.intern(door.opens);
  const anybody = plane.axis.addressesOf(plane.axis.internet);
  const own: Sender = { plane, positions: from };
  for (const entrance of from) {
    forEachTarget(plane, entrance, (to) => {
      const endpoint = plane.endpointAt(to)!;
      if (!mayLeadTo(plane, door, entrance, endpoint)) return;
      note(endpoint, own, (bound) => {
        const session: SetId = sets.intersect(opens, cellOf(plane, entrance, to, bound).session);
        return session === NONE ? [] : [{ ips: anybody, transport: sets.valueOf(session) }];
      });
    });
  }
}

function underClientsAddress(
  plane: Plane,
  door: FrontDoor,
  from: readonly number[],
  kept: KeptReach,
  note: Note,
): void {
  const clients: Sender = { plane, positions: 'clients' };
  for (let to = 0; to < plane.axis.places.length; to += 1) {
    const endpoint = plane.endpointAt(to);
    if (endpoint === undefined || !plane.canReceive(to)) continue;
    const near = from.filter((entrance) => mayLeadTo(plane, door, entrance, endpoint));
    if (near.length === 0) continue;
    const places: HandoffPlaces = { plane, from: near, to, handoff: handoffTo(plane, door, endpoint, to) };
    note(endpoint, clients, (bound) =>
      door.passesBorders ? kept.pastBorders(places, bound) : kept.of(places, bound),
    );
  }
}

function handoffTo(plane: Plane, door: FrontDoor, { id }: Endpoint, to: number): Handoff {
  return { target: id, ip: addressAt(plane, to), transport: door.opens, source: 'client' };
}

function mayLeadTo(plane: Plane, door: FrontDoor, entrance: number, endpoint: Endpoint): boolean {
  const own = plane.endpointAt(entrance)!;
  if (own.id === endpoint.id || door.roles?.includes(endpoint.role) === false) return false;
  switch (door.leads.kind) {
    case 'endpoints':
      return false;
    case 'subnet':
      return own.subnet === endpoint.subnet;
    case 'network':
      return own.network === endpoint.network;
    case 'anywhere':
      return true;
  }
}
