import { ALL, NONE, type Family, type SetId, type TransportSet } from '#netset';
import type { EndpointId, FrontDoor, Network, Relay } from '#model';
import { analyseTogether, type Analysis } from './analysis.ts';
import { POSSIBLE, SURE, type Bound } from './band.ts';
import { answersOf } from './answered.ts';
import { cellOf } from './cell.ts';
import { connectionsTo, forEachTarget } from './connectivity.ts';
import { publicDoorways } from './doorways.ts';
import { exposures, type Exposure } from './exposure.ts';
import type { FlowChange } from './flow-change.ts';
import type { OutsideReach } from './outside-reach.ts';
import type { PlaceClass, Plane } from './plane.ts';
import { relayedChanges } from './relayed-changes.ts';
import { joinRelayed, relayedExposures } from './relayed.ts';

/** How an endpoint's exposure to the internet changed; absent on the side where there is none. */
export type ExposureChange = {
  readonly endpoint: EndpointId;
  readonly family: Family;
  /** The relays on the way, the one that clients dial first; absent where they dial the endpoint itself. */
  readonly through?: readonly Relay[];
  /** The front door by which they may come; absent where they need none. */
  readonly door?: FrontDoor;
  readonly before?: Exposure;
  readonly after?: Exposure;
  /** Whether some address can, or may, open more than before. */
  readonly isWider: boolean;
};

/** Connectivity gained and lost between two networks. Of what is unknown only changes of what is sure, or of what is possible, show. */
export type Diff = {
  readonly before: Analysis;
  readonly after: Analysis;
  readonly opened: readonly FlowChange[];
  readonly closed: readonly FlowChange[];
  /** Flows that were denied and now are unknown. */
  readonly maybeOpened: readonly FlowChange[];
  readonly exposures: readonly ExposureChange[];
};

export function diff(before: Network, after: Network): Diff {
  const [old, now] = analyseTogether([before, after] as const);
  const opened: FlowChange[] = [];
  const closed: FlowChange[] = [];
  const maybeOpened: FlowChange[] = [];
  const all = { pairs: new Map<EndpointId, Set<EndpointId>>(), endpoints: new Set<EndpointId>() };
  for (const [i, plane] of now.planes.entries()) {
    const previous = old.planes[i]!;
    const pairs = changedPairs(previous, plane, all.endpoints);
    for (const [from, targets] of pairs) {
      all.pairs.set(from, new Set([...(all.pairs.get(from) ?? []), ...targets]));
      for (const to of targets) {
        const was = pairSets(previous, from, to);
        const is = pairSets(plane, from, to);
        const { sets } = plane.rows;
        const note = (list: FlowChange[], set: SetId): void => {
          if (set !== NONE) list.push({ from, to, family: plane.axis.family, transport: sets.valueOf(set) });
        };
        note(opened, sets.subtract(is[SURE], was[SURE]));
        note(closed, sets.subtract(was[SURE], is[POSSIBLE]));
        note(maybeOpened, sets.subtract(sets.subtract(is[POSSIBLE], is[SURE]), was[POSSIBLE]));
      }
    }
  }
  const relayed = relayedChanges(old, now, all);
  return {
    before: old,
    after: now,
    opened: [...opened, ...relayed.opened],
    closed: [...closed, ...relayed.closed],
    maybeOpened: [...maybeOpened, ...relayed.maybeOpened],
    exposures: [...exposureChanges(old, now), ...changesOf(listedByDoors(old), listedByDoors(now))],
  };
}

function pairSets(plane: Plane, from: EndpointId, to: EndpointId): readonly [SetId, SetId] {
  const { sets } = plane.rows;
  const answers = answersOf(plane.network).get(to);
  const heard = answers === undefined ? ALL : sets.intern(answers);
  const union = (bound: Bound): SetId => {
    let sum: SetId = NONE;
    for (const source of plane.axis.positionsOf(from)) {
      for (const target of plane.axis.positionsOf(to)) {
        sum = sets.union(sum, cellOf(plane, source, target, bound).session);
      }
    }
    return sets.intersect(sum, heard);
  };
  return [union(SURE), union(POSSIBLE)];
}

/** The pairs of endpoints whose answer can differ: those where a row of either end, which is noted, is another one than before. */
function changedPairs(before: Plane, after: Plane, ends: Set<EndpointId>): Map<EndpointId, Set<EndpointId>> {
  const pairs = new Map<EndpointId, Set<EndpointId>>();
  const note = (from: EndpointId, to: EndpointId): void => {
    const targets = pairs.get(from) ?? new Set();
    targets.add(to);
    pairs.set(from, targets);
  };
  for (let position = 0; position < after.axis.places.length; position += 1) {
    const was = before.endpointAt(position);
    const is = after.endpointAt(position);
    if (was === undefined && is === undefined) continue;
    const isSame =
      was !== undefined &&
      is !== undefined &&
      before.canSend(position) === after.canSend(position) &&
      before.canReceive(position) === after.canReceive(position) &&
      sameSet(answersOf(before.network).get(was.id), answersOf(after.network).get(is.id)) &&
      sameClass(before.classOf(position), after.classOf(position));
    if (isSame) continue;
    for (const each of [was, is]) if (each !== undefined) ends.add(each.id);
    for (const plane of [before, after]) {
      const endpoint = plane.endpointAt(position);
      if (endpoint === undefined) continue;
      for (const { from } of connectionsTo(plane, endpoint.id, [position])) note(from, endpoint.id);
      forEachTarget(plane, position, (to) => {
        note(endpoint.id, plane.endpointAt(to)!.id);
      });
    }
  }
  return pairs;
}

function sameSet(a: TransportSet | undefined, b: TransportSet | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.equals(b));
}

function sameClass(a: PlaceClass, b: PlaceClass): boolean {
  const rows = (c: PlaceClass): number[] => [
    ...c.in,
    ...c.out,
    ...c.replyOut,
    ...c.replyIn,
    ...c.egress,
    ...c.legs.flatMap((leg) => [
      leg.via,
      ...leg.forward,
      ...leg.fromClient,
      ...leg.fromFar,
      ...leg.hopOut,
      ...leg.back,
      ...leg.clientIn,
    ]),
  ];
  const left = rows(a);
  const right = rows(b);
  return left.length === right.length && left.every((row, i) => row === right[i]);
}

type Listed = Exposure & { readonly through?: readonly Relay[]; readonly door?: FrontDoor };

/** Direct exposures first, then those through relays, each way once. */
function listed(analysis: Analysis): readonly Listed[] {
  return [...exposures(analysis), ...joinRelayed(relayedExposures(analysis))];
}

/** Ways by front doors that are open to whoever asks: of what comes by them nothing is sure. */
function listedByDoors(analysis: Analysis): readonly Listed[] {
  return publicDoorways(analysis).map(({ door, endpoint, family, through, possible }) => ({
    door,
    endpoint,
    family,
    ...(through.length > 0 && { through }),
    sure: [],
    possible,
  }));
}

/** How what the internet reaches differs between two analyses. */
export function exposureChanges(before: Analysis, after: Analysis): readonly ExposureChange[] {
  return changesOf(listed(before), listed(after));
}

function changesOf(before: readonly Listed[], after: readonly Listed[]): readonly ExposureChange[] {
  const key = ({ endpoint, family, through, door }: Listed): string =>
    [door?.id ?? '', endpoint.id, String(family), ...(through ?? []).map(({ id }) => id)].join(' ');
  const old = new Map(before.map((exposure) => [key(exposure), exposure]));
  const now = new Map(after.map((exposure) => [key(exposure), exposure]));
  const changes: ExposureChange[] = [];
  for (const id of new Set([...old.keys(), ...now.keys()])) {
    const was = old.get(id);
    const is = now.get(id);
    if (was !== undefined && is !== undefined && sameExposure(was, is)) continue;
    const { endpoint, family, through, door } = (is ?? was)!;
    changes.push({
      endpoint: endpoint.id,
      family,
      ...(through && { through }),
      ...(door && { door }),
      ...(was && { before: was }),
      ...(is && { after: is }),
      isWider: gains(was?.possible ?? [], is?.possible ?? []) || gains(was?.sure ?? [], is?.sure ?? []),
    });
  }
  return changes;
}

/** Whether an address can open something by the later pieces that it could not by the earlier. Pieces of one side are disjoint. */
export function gains(before: readonly OutsideReach[], after: readonly OutsideReach[]): boolean {
  return after.some(({ ips, transport }) => {
    let fresh = ips;
    for (const known of before) {
      if (transport.isSubsetOf(known.transport)) fresh = fresh.subtract(known.ips);
    }
    return !fresh.isEmpty;
  });
}

function sameExposure(a: Exposure, b: Exposure): boolean {
  return (['sure', 'possible'] as const).every(
    (part) =>
      a[part].length === b[part].length &&
      a[part].every(
        (piece, i) => piece.ips.equals(b[part][i]!.ips) && piece.transport.equals(b[part][i]!.transport),
      ),
  );
}
