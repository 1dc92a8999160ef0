import { NONE, TransportSet, type SetId } from '#netset';
import type { Endpoint, EndpointId, HostId } from '#model';
import type { Analysis } from './analysis.ts';
import { POSSIBLE, SURE, type Bound } from './band.ts';
import { cellOf } from './cell.ts';
import { forEachSource, forEachTarget } from './connectivity.ts';
import { exposures, openTo, type Breadth } from './exposure.ts';

/** One step of a path: who opens what on whom. `from` is undefined where it is the internet. */
export type PathHop = { readonly from: Endpoint | undefined; readonly to: Endpoint; readonly transport: TransportSet };

/** A way through pivots, in order. */
export type Path = { readonly hops: readonly [PathHop, ...PathHop[]]; /** Whether every hop is sure. */ readonly isSure: boolean };

/** Where paths begin: the internet, or everything on one host. */
export type PathStart = { readonly kind: 'internet' } | { readonly kind: 'host'; readonly host: HostId };

export type PathLimits = { readonly maxHops: number; readonly maxPaths: number };

/** Enough for any network that people can reason about; the search says so when it stops at them. */
export const PATH_LIMITS: PathLimits = { maxHops: 6, maxPaths: 20 };

/** What a hop must be able to open for somebody to log in or break in: TCP or UDP. */
const USEFUL = TransportSet.tcp().union(TransportSet.udp());

/** One host that falls, and how: the hop by which it was first reached. */
export type Reached = { readonly host: HostId; readonly depth: number; readonly by: PathHop; readonly isSure: boolean };

type HostEdge = { readonly to: HostId; readonly hop: PathHop; readonly isSure: boolean };

/** The hosts of an analysis as a graph whose edges are sessions that somebody on one host can open on another. */
export class HostGraph {
  readonly #analysis: Analysis;
  readonly #hosts = new Map<HostId, Endpoint[]>();
  readonly #edges = new Map<HostId, readonly HostEdge[]>();
  readonly #breadth: Breadth;
  #entries: readonly HostEdge[] | undefined;

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

  /** Everything that falls from a start, nearest first, each host once. Sure ways are preferred to possible ones of one length. */
  fallsFrom(start: PathStart): Reached[] {
    const reached = new Map<HostId, Reached>();
    const origin = start.kind === 'host' ? start.host : undefined;
    let frontier = [...this.#step(start)].map((edge) => ({ edge, isSure: edge.isSure }));
    for (let depth = 1; frontier.length > 0; depth += 1) {
      const next: typeof frontier = [];
      const fresh: HostId[] = [];
      for (const { edge, isSure } of frontier.sort((a, b) => Number(b.isSure) - Number(a.isSure))) {
        if (edge.to === origin || reached.has(edge.to)) continue;
        reached.set(edge.to, { host: edge.to, depth, by: edge.hop, isSure });
        fresh.push(edge.to);
      }
      for (const host of fresh) {
        const { isSure } = reached.get(host)!;
        for (const edge of this.edgesFrom(host)) if (!reached.has(edge.to)) next.push({ edge, isSure: isSure && edge.isSure });
      }
      frontier = next;
    }
    return [...reached.values()];
  }

  /** Simple paths to a host, shortest first, no more and no longer than the limits. */
  pathsTo(start: PathStart, target: HostId, limits: PathLimits = PATH_LIMITS): Path[] {
    const distance = this.#distancesTo(target, limits.maxHops);
    const found: Path[] = [];
    for (let length = 1; length <= limits.maxHops && found.length < limits.maxPaths; length += 1) {
      this.#extend(start, target, length, distance, [], new Set(start.kind === 'host' ? [start.host] : []), found, limits.maxPaths);
    }
    return found;
  }

  /** The sessions that somebody who holds the host can open on others. None from a host that cannot be hopped through. */
  edgesFrom(host: HostId): readonly HostEdge[] {
    const known = this.#edges.get(host);
    if (known !== undefined) return known;
    const best = new Map<HostId, HostEdge>();
    for (const source of this.#hosts.get(host) ?? []) {
      if (!source.canPivot) continue;
      for (const plane of this.#analysis.planes) {
        for (const from of plane.axis.positionsOf(source.id)) {
          forEachTarget(plane, from, (to) => {
            const target = plane.endpointAt(to)!;
            if (target.host === host) return;
            const edge = this.#edge(source, target, (bound) => cellOf(plane, from, to, bound).session, plane.rows.sets.valueOf.bind(plane.rows.sets));
            if (edge !== undefined) prefer(best, edge);
          });
        }
      }
    }
    const edges = [...best.values()];
    this.#edges.set(host, edges);
    return edges;
  }

  #edge(from: Endpoint, to: Endpoint, at: (bound: Bound) => SetId, valueOf: (set: SetId) => TransportSet): HostEdge | undefined {
    const possible = at(POSSIBLE);
    if (possible === NONE) return undefined;
    const sure = valueOf(at(SURE)).intersect(USEFUL);
    const transport = sure.isEmpty ? valueOf(possible).intersect(USEFUL) : sure;
    return transport.isEmpty ? undefined : { to: to.host, hop: { from, to, transport }, isSure: !sure.isEmpty };
  }

  #step(start: PathStart): readonly HostEdge[] {
    return start.kind === 'host' ? this.edgesFrom(start.host) : this.#fromInternet();
  }

  #fromInternet(): readonly HostEdge[] {
    if (this.#entries !== undefined) return this.#entries;
    const best = new Map<HostId, HostEdge>();
    for (const { endpoint, family, sure, possible } of exposures(this.#analysis)) {
      const surely = openTo(sure, family, this.#breadth).intersect(USEFUL);
      const transport = surely.isEmpty ? openTo(possible, family, this.#breadth).intersect(USEFUL) : surely;
      if (transport.isEmpty) continue;
      prefer(best, { to: endpoint.host, hop: { from: undefined, to: endpoint, transport }, isSure: !surely.isEmpty });
    }
    this.#entries = [...best.values()];
    return this.#entries;
  }

  /** For each host the number of hops from it to the target, up to a limit. */
  #distancesTo(target: HostId, maxHops: number): ReadonlyMap<HostId, number> {
    const distance = new Map<HostId, number>([[target, 0]]);
    let frontier: HostId[] = [target];
    for (let depth = 1; depth < maxHops && frontier.length > 0; depth += 1) {
      const next: HostId[] = [];
      for (const host of frontier) {
        for (const source of this.#sourcesOf(host)) {
          if (distance.has(source)) continue;
          distance.set(source, depth);
          next.push(source);
        }
      }
      frontier = next;
    }
    return distance;
  }

  #sourcesOf(host: HostId): Set<HostId> {
    const sources = new Set<HostId>();
    for (const { id } of this.#hosts.get(host) ?? []) {
      for (const plane of this.#analysis.planes) {
        for (const to of plane.axis.positionsOf(id)) {
          if (plane.endpointAt(to) === undefined) continue;
          forEachSource(plane, to, (from) => {
            const source = plane.endpointAt(from)!;
            if (!source.canPivot || source.host === host || sources.has(source.host)) return false;
            const session = plane.rows.sets.valueOf(cellOf(plane, from, to, POSSIBLE).session);
            if (session.overlaps(USEFUL)) sources.add(source.host);
            return false;
          });
        }
      }
    }
    return sources;
  }

  #extend(
    start: PathStart, target: HostId, length: number, distance: ReadonlyMap<HostId, number>,
    hops: readonly HostEdge[], visited: ReadonlySet<HostId>, found: Path[], maxPaths: number,
  ): void {
    const last = hops.at(-1);
    const edges = last === undefined ? this.#step(start) : this.edgesFrom(last.to);
    for (const edge of edges) {
      if (found.length >= maxPaths) return;
      const left = length - hops.length - 1;
      const toGo = distance.get(edge.to);
      if (toGo === undefined || toGo > left || visited.has(edge.to) || (edge.to === target) !== (left === 0)) continue;
      const walked = [...hops, edge];
      if (left === 0) found.push(pathOf(walked));
      else this.#extend(start, target, length, distance, walked, new Set([...visited, edge.to]), found, maxPaths);
    }
  }

  /** The endpoints of a host. */
  endpointsOf(host: HostId): readonly Endpoint[] {
    return this.#hosts.get(host) ?? [];
  }

  /** The host of an endpoint. */
  hostOf(id: EndpointId): HostId | undefined {
    return this.#analysis.network.endpoints.get(id)?.host;
  }
}

function prefer(best: Map<HostId, HostEdge>, edge: HostEdge): void {
  const known = best.get(edge.to);
  if (known === undefined || (edge.isSure && !known.isSure)) best.set(edge.to, edge);
  else if (edge.isSure === known.isSure && edge.hop.from?.id === known.hop.from?.id && edge.hop.to.id === known.hop.to.id) {
    best.set(edge.to, { ...known, hop: { ...known.hop, transport: known.hop.transport.union(edge.hop.transport) } });
  }
}

function pathOf(edges: readonly HostEdge[]): Path {
  return { hops: edges.map(({ hop }) => hop) as [PathHop, ...PathHop[]], isSure: edges.every(({ isSure }) => isSure) };
}
