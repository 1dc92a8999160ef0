import type { TransportSet } from '#netset';
import type { Endpoint, EndpointId, HostId } from '#model';
import type { Analysis } from './analysis.ts';
import { POSSIBLE, SURE, type Bound, type Bounds } from './band.ts';
import { exposures, openTo, type Breadth } from './exposure.ts';
import { FallLevel, sourcesOf, USEFUL, type Fall, type HostPlace } from './host-fall.ts';
import type { Plane } from './plane.ts';

/** One step of a path: who opens what on whom. `from` is undefined where it is the internet. */
export type PathHop = {
  readonly from: Endpoint | undefined;
  readonly to: Endpoint;
  readonly transport: TransportSet;
};

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
  readonly isSure: boolean;
};

/** The hosts of an analysis as a graph whose edges are sessions that somebody on one host can open on another. */
export class HostGraph {
  readonly #analysis: Analysis;
  readonly #breadth: Breadth;
  readonly #hosts = new Map<HostId, Endpoint[]>();
  readonly #places = new Map<HostId, readonly HostPlace[]>();
  readonly #falls = new Map<string, ReadonlyMap<HostId, Reached>>();
  readonly #sources = new Map<string, readonly PathHop[]>();
  #entered: Bounds<readonly PathHop[]> | undefined;

  /** `breadth`: how much of the internet must get in for a host to count as entered from there. */
  constructor(analysis: Analysis, breadth: Breadth = 'wide') {
    this.#analysis = analysis;
    this.#breadth = breadth;
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
    for (let at = fallen.get(target); at !== undefined; at = at.by.from && fallen.get(at.by.from.host))
      hops.unshift(at.by);
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
    for (let depth = start.kind === 'host' ? 1 : 2; fresh.length > 0; depth += 1) {
      const level = new FallLevel(this.#frontier(fresh), bound);
      fresh = [];
      for (const host of this.#hosts.keys()) {
        if (host === origin || reached.has(host)) continue;
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
      const fall = level.reach(place);
      if (fall !== undefined) return fall;
    }
    return undefined;
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
      this.#entered = [hops(true), hops(false)];
    }
    return this.#entered[bound];
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
    for (const hop of this.#hopsInto(start, at, bound)) {
      if (found.length >= maxPaths) return;
      const source = hop.from?.host;
      const isStart = start.kind === 'internet' ? source === undefined : source === start.host;
      const hops = [hop, ...tail];
      if (isStart) {
        if (left === 1) found.push({ hops: hops as [PathHop, ...PathHop[]], isSure: bound === SURE });
        continue;
      }
      const depth = source === undefined ? undefined : fallen.get(source)?.depth;
      if (source === undefined || depth === undefined || depth > left - 1 || visited.has(source)) continue;
      this.#walkBack(start, source, left - 1, bound, hops, found, maxPaths);
    }
  }

  #hopsInto(start: PathStart, host: HostId, bound: Bound): readonly PathHop[] {
    const key = `${start.kind} ${host} ${String(bound)}`;
    const known = this.#sources.get(key);
    if (known !== undefined) return known;
    const hops: PathHop[] =
      start.kind === 'internet' ? this.#entries(bound).filter(({ to }) => to.host === host) : [];
    sourcesOf(this.#analysis.planes, this.#placesOf(host), bound, (fall) => hops.push(hopOf(fall)));
    hops.sort((a, b) => ((a.from?.name ?? '') < (b.from?.name ?? '') ? -1 : 1));
    this.#sources.set(key, hops);
    return hops;
  }
}

function hopOf({ plane, from, to, session }: Fall): PathHop {
  return {
    from: plane.endpointAt(from)!,
    to: plane.endpointAt(to)!,
    transport: plane.rows.sets.valueOf(session),
  };
}
