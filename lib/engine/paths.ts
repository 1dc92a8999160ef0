import type { TransportSet } from '#netset';
import type { Endpoint, EndpointId, HostId } from '#model';
import type { Analysis } from './analysis.ts';
import { answersOf } from './answered.ts';
import { POSSIBLE, SURE, type Bound, type Bounds } from './band.ts';
import { entriesBy, stepsByDoorsOf, type Steps } from './door-steps.ts';
import { publicDoorways } from './doorways.ts';
import { exposures } from './exposure.ts';
import { FallLevel, sourcesOf, USEFUL, type Fall, type HostPlace } from './host-fall.ts';
import { openTo, type Breadth } from './outside-reach.ts';
import type { Plane } from './plane.ts';
import { hopOf, type PathHop } from './path-hop.ts';
import type { Dial, Segment } from './relay-segment.ts';
import { RelayWays } from './relay-ways.ts';

/** A way through pivots, in order; sure if every hop is. */
export type Path = { readonly hops: readonly [PathHop, ...PathHop[]]; readonly isSure: boolean };

/** Where paths begin: the internet, or everything on one host. */
export type PathStart = { readonly kind: 'internet' } | { readonly kind: 'host'; readonly host: HostId };

export type PathLimits = { readonly maxHops: number; readonly maxPaths: number };

/** More than people can reason about; a search says so when it stops at them. */
export const PATH_LIMITS: PathLimits = { maxHops: 6, maxPaths: 20 };

/** One host that falls: after how many hops, and by which hop it was first reached. */
export type Reached = {
  readonly host: HostId;
  readonly depth: number;
  readonly by: PathHop;
  /** The hops before that one which lead through relays, from the host that fell before it. */
  readonly through?: readonly PathHop[];
  readonly isSure: boolean;
};

export type GraphOptions = {
  /** How much of the internet must get in for a host to count as entered from there. */
  readonly breadth?: Breadth;
  /** Ways in through relays that do not count. */
  readonly ignores?: (dial: Dial) => boolean;
};

/** The hosts of an analysis as a graph whose edges are sessions that somebody on one host can open on another. */
export class HostGraph {
  readonly #analysis: Analysis;
  readonly #breadth: Breadth;
  readonly #hosts = new Map<HostId, Endpoint[]>();
  readonly #places = new Map<HostId, readonly HostPlace[]>();
  readonly #falls = new Map<string, ReadonlyMap<HostId, Reached>>();
  readonly #sources = new Map<string, readonly Steps[]>();
  readonly #relays: RelayWays;
  readonly #relayed = new Map<Bound, readonly Segment[]>();
  #entered: Bounds<readonly PathHop[]> | undefined;

  constructor(analysis: Analysis, { breadth = 'wide', ignores = () => false }: GraphOptions = {}) {
    this.#analysis = analysis;
    this.#breadth = breadth;
    this.#relays = new RelayWays(analysis, ignores);
    for (const endpoint of analysis.network.endpoints.values()) {
      const known = this.#hosts.get(endpoint.host);
      if (known === undefined) this.#hosts.set(endpoint.host, [endpoint]);
      else known.push(endpoint);
    }
  }

  /** Everything that falls from a start, nearest first: what surely does, then what only possibly does. */
  fallsFrom(start: PathStart): Reached[] {
    const sure = this.#fall(start, SURE);
    const possible = [...this.#fall(start, POSSIBLE).values()].filter(({ host }) => !sure.has(host));
    return [...sure.values(), ...possible];
  }

  /** Everything that surely falls from a start, nearest first. */
  surelyFallsFrom(start: PathStart): Reached[] {
    return [...this.#fall(start, SURE).values()];
  }

  /** The first hops that make up a shortest way to a host that falls. */
  shortestTo(start: PathStart, target: HostId): Path | undefined {
    const isSure = this.#fall(start, SURE).has(target);
    const fallen = this.#fall(start, isSure ? SURE : POSSIBLE);
    const hops: PathHop[] = [];
    for (let at = fallen.get(target); at !== undefined;) {
      const steps = [...(at.through ?? []), at.by];
      hops.unshift(...steps);
      const source = steps[0]?.from;
      at = source && fallen.get(source.host);
    }
    return hops.length === 0 ? undefined : { hops: hops as [PathHop, ...PathHop[]], isSure };
  }

  /** Simple paths to a host, shortest first, no more and no longer than the limits. Sure ones come before possible ones. */
  pathsTo(start: PathStart, target: HostId, limits: PathLimits = PATH_LIMITS): Path[] {
    const found: Path[] = [];
    for (const bound of [SURE, POSSIBLE] as const) {
      const fallen = this.#fall(start, bound);
      if (!fallen.has(target)) continue;
      for (let length = 1; length <= limits.maxHops && found.length < limits.maxPaths; length += 1) {
        this.#walkBack(start, target, length, bound, [], found, limits.maxPaths);
      }
      if (found.length > 0) break;
    }
    return found;
  }

  endpointsOf(host: HostId): readonly Endpoint[] {
    return this.#hosts.get(host) ?? [];
  }

  hostOf(id: EndpointId): HostId | undefined {
    return this.#analysis.network.endpoints.get(id)?.host;
  }

  #fall(start: PathStart, bound: Bound): ReadonlyMap<HostId, Reached> {
    const key = `${start.kind === 'host' ? start.host : '*'} ${String(bound)}`;
    const known = this.#falls.get(key);
    if (known !== undefined) return known;
    const reached = new Map<HostId, Reached>();
    const isSure = bound === SURE;
    let fresh: HostId[] = start.kind === 'host' ? [start.host] : [];
    if (start.kind === 'internet') {
      for (const by of this.#entries(bound)) {
        if (reached.has(by.to.host)) continue;
        reached.set(by.to.host, { host: by.to.host, depth: 1, by, isSure });
        fresh.push(by.to.host);
      }
    }
    const origin = start.kind === 'host' ? start.host : undefined;
    const stands = (host: HostId): boolean => host !== origin && !reached.has(host);
    // a way through relays takes several steps: its end falls later than the hosts around it
    const later = new Map<number, Steps[]>();
    const delay = (segments: readonly Steps[], depth: number): void => {
      for (const segment of segments) {
        const end = depth + segment.length;
        later.set(end, [...(later.get(end) ?? []), segment]);
      }
    };
    delay(start.kind === 'internet' ? this.#relayEntries(bound) : this.#stepsByDoorsOf(start, bound), 0);
    for (let depth = start.kind === 'host' ? 1 : 2; fresh.length > 0 || later.size > 0; depth += 1) {
      const level = new FallLevel(this.#frontier(fresh), bound);
      fresh = [];
      delay(this.#relays.opened(level, stands, bound), depth - 1);
      for (const segment of later.get(depth) ?? []) {
        const by = segment[segment.length - 1]!;
        const { host } = by.to;
        if (!stands(host)) continue;
        reached.set(host, { host, depth, by, through: segment.slice(0, -1), isSure });
        fresh.push(host);
      }
      later.delete(depth);
      for (const host of this.#hosts.keys()) {
        if (!stands(host)) continue;
        const fall = this.#reach(level, host);
        if (fall === undefined) continue;
        reached.set(host, { host, depth, by: hopOf(fall), isSure });
        fresh.push(host);
      }
    }
    this.#falls.set(key, reached);
    return reached;
  }

  #reach(level: FallLevel, host: HostId): Fall | undefined {
    for (const place of this.#placesOf(host)) {
      if (!place.plane.canReceive(place.position)) continue;
      const fall = level.reach(place, this.#answersAt(place));
      if (fall !== undefined) return fall;
    }
    return undefined;
  }

  /** What is of use there: only what something answers on. */
  #answersAt({ plane, position }: HostPlace): TransportSet {
    const { id } = plane.endpointAt(position)!;
    return answersOf(this.#analysis.network).get(id)?.intersect(USEFUL) ?? USEFUL;
  }

  /** The places of fallen hosts from which somebody can go on. */
  #frontier(hosts: readonly HostId[]): Map<Plane, number[]> {
    const frontier = new Map<Plane, number[]>();
    for (const host of hosts) {
      for (const { plane, position } of this.#placesOf(host)) {
        if (plane.endpointAt(position)?.canPivot !== true || !plane.canSend(position)) continue;
        const positions = frontier.get(plane);
        if (positions === undefined) frontier.set(plane, [position]);
        else positions.push(position);
      }
    }
    return frontier;
  }

  /** Every search looks at every host: where it stands is looked up once. */
  #placesOf(host: HostId): readonly HostPlace[] {
    const known = this.#places.get(host);
    if (known !== undefined) return known;
    const places = this.#analysis.planes.flatMap((plane) =>
      this.endpointsOf(host).flatMap(({ id }) =>
        plane.axis
          .positionsOf(id)
          .filter((position) => plane.endpointAt(position) !== undefined)
          .map((position) => ({ host, plane, position })),
      ),
    );
    this.#places.set(host, places);
    return places;
  }

  /** The hops by which the internet enters. */
  #entries(bound: Bound): readonly PathHop[] {
    if (this.#entered === undefined) {
      const found = exposures(this.#analysis);
      const hops = (isSure: boolean): PathHop[] =>
        found.flatMap(({ endpoint, family, sure, possible }) => {
          const transport = openTo(isSure ? sure : possible, family, this.#breadth).intersect(USEFUL);
          return transport.isEmpty ? [] : [{ from: undefined, to: endpoint, transport }];
        });
      this.#entered = [
        hops(true),
        [...hops(false), ...entriesBy(publicDoorways(this.#analysis), this.#breadth)],
      ];
    }
    return this.#entered[bound];
  }

  /** The steps of those who come in by the front doors of a host: nobody dials a door, and it is no pivot. */
  #stepsByDoorsOf(start: PathStart, bound: Bound): readonly Steps[] {
    if (start.kind === 'internet' || bound === SURE) return [];
    return stepsByDoorsOf(this.#analysis, this.endpointsOf(start.host), this.#relays);
  }

  /** The ways through relays by which it does. */
  #relayEntries(bound: Bound): readonly Segment[] {
    const known = this.#relayed.get(bound) ?? this.#relays.fromInternet(bound, this.#breadth);
    this.#relayed.set(bound, known);
    return known;
  }

  #walkBack(
    start: PathStart,
    at: HostId,
    left: number,
    bound: Bound,
    tail: readonly PathHop[],
    found: Path[],
    maxPaths: number,
  ): void {
    const fallen = this.#fall(start, bound);
    const visited = new Set([...tail.map(({ to }) => to.host), at]);
    const relays = new Set(tail.map(({ to }) => to.workload.id));
    const byDoors = this.#stepsByDoorsOf(start, bound).filter((steps) => steps.at(-1)?.to.host === at);
    for (const steps of [...this.#stepsInto(start, at, bound), ...byDoors]) {
      if (found.length >= maxPaths) return;
      if (steps.slice(0, -1).some(({ to }) => relays.has(to.workload.id))) continue;
      const source = steps[0].from?.host;
      const isStart = start.kind === 'internet' ? source === undefined : source === start.host;
      const hops: Steps = [...steps, ...tail];
      const rest = left - steps.length;
      if (isStart) {
        if (rest === 0) found.push({ hops, isSure: bound === SURE });
        continue;
      }
      const depth = source === undefined ? undefined : fallen.get(source)?.depth;
      if (source === undefined || depth === undefined || depth > rest || visited.has(source)) continue;
      this.#walkBack(start, source, rest, bound, hops, found, maxPaths);
    }
  }

  /** Every way from the internet straight into a host. */
  stepsFromInternet(host: HostId, bound: Bound): readonly Steps[] {
    const direct = this.#entries(bound).filter(({ to }) => to.host === host);
    const relayed = this.#relayEntries(bound).filter((segment) => segment.at(-1)?.to.host === host);
    return [...direct.map((hop): Steps => [hop]), ...relayed];
  }

  /** Every way into a host from one other, each source once. */
  stepsBetween(host: HostId, bound: Bound): readonly Steps[] {
    return this.#stepsInto({ kind: 'host', host }, host, bound);
  }

  #stepsInto(start: PathStart, host: HostId, bound: Bound): readonly Steps[] {
    const key = `${start.kind} ${host} ${String(bound)}`;
    const known = this.#sources.get(key);
    if (known !== undefined) return known;
    const into: Steps[] = [...this.#relays.into(host, bound)];
    if (start.kind === 'internet') into.push(...this.stepsFromInternet(host, bound));
    const places = this.#placesOf(host);
    const wanted = places[0] === undefined ? USEFUL : this.#answersAt(places[0]);
    sourcesOf(this.#analysis.planes, places, bound, (fall) => into.push([hopOf(fall)]), wanted);
    into.sort(([a], [b]) => ((a.from?.name ?? '') < (b.from?.name ?? '') ? -1 : 1));
    this.#sources.set(key, into);
    return into;
  }
}
