import { describe, expect, it } from 'vitest';
import { NONE, TransportSet } from '#netset';
import type { Endpoint, HostId } from '#model';
import {
  analyse,
  cellOf,
  exposures,
  HostGraph,
  openTo,
  POSSIBLE,
  SURE,
  type Analysis,
  type Bound,
  type PathStart,
} from '#engine';
import { networkOf } from './engine-answer.ts';
import { TRACED } from './forgotten.ts';
import { worldOf } from './oracle/worlds.ts';
import { seeds, TRIES_ALL } from './seeds.ts';

const USEFUL = TransportSet.tcp().union(TransportSet.udp());
const SEEDS = seeds(150);

describe.each(['everything known', 'something forgotten'])('%s', (kind) => {
  it('what falls from a start, and how soon, is what a search over all pairs finds', () => {
    let deepest = 0;
    for (const seed of SEEDS) {
      const targets = worldOf(seed);
      const forgetting = TRACED[seed % TRACED.length];
      const read = kind === 'everything known' ? targets : (forgetting?.apply(targets, seed) ?? targets);
      const analysis = analyse(networkOf(read));
      const graph = new HostGraph(analysis);
      for (const start of startsIn(analysis)) {
        const found = graph.fallsFrom(start);
        const depths = found
          .map(({ host, depth, isSure }) => `${host} ${String(depth)} ${String(isSure)}`)
          .sort();
        expect({ seed, start, depths }).toEqual({ seed, start, depths: searched(analysis, start) });
        for (const { host, depth } of found) {
          expect({ seed, start, host, hops: graph.shortestTo(start, host)?.hops.length }).toEqual({
            seed,
            start,
            host,
            hops: depth,
          });
          deepest = Math.max(deepest, depth);
        }
      }
    }
    if (TRIES_ALL) expect(deepest).toBeGreaterThan(2);
  });
});

function startsIn({ network }: Analysis): PathStart[] {
  const hosts = new Set([...network.endpoints.values()].map(({ host }) => host));
  return [{ kind: 'internet' }, ...[...hosts].map((host): PathStart => ({ kind: 'host', host }))];
}

function searched(analysis: Analysis, start: PathStart): string[] {
  const sure = search(analysis, start, SURE);
  const possible = [...search(analysis, start, POSSIBLE)].filter(([host]) => !sure.has(host));
  return [
    ...[...sure].map(([host, depth]) => `${host} ${String(depth)} true`),
    ...possible.map(([host, depth]) => `${host} ${String(depth)} false`),
  ].sort();
}

/** Level by level: who can be opened from a host that fell on the level before. */
function search(analysis: Analysis, start: PathStart, bound: Bound): Map<HostId, number> {
  const endpoints = [...analysis.network.endpoints.values()];
  const fallen = new Map<HostId, number>();
  let level = new Set<HostId>(start.kind === 'host' ? [start.host] : entered(analysis, bound));
  if (start.kind === 'internet') for (const host of level) fallen.set(host, 1);
  for (let depth = start.kind === 'internet' ? 2 : 1; level.size > 0; depth += 1) {
    const sources = endpoints.filter(({ host, canPivot }) => canPivot && level.has(host));
    const next = new Set<HostId>();
    for (const to of endpoints) {
      const isStanding = !fallen.has(to.host) && !(start.kind === 'host' && to.host === start.host);
      if (isStanding && sources.some((from) => opens(analysis, from, to, bound))) next.add(to.host);
    }
    for (const host of next) fallen.set(host, depth);
    level = next;
  }
  return fallen;
}

function entered(analysis: Analysis, bound: Bound): HostId[] {
  return exposures(analysis)
    .filter(({ sure, possible, family }) =>
      openTo(bound === SURE ? sure : possible, family, 'wide').overlaps(USEFUL),
    )
    .map(({ endpoint }) => endpoint.host);
}

function opens({ planes }: Analysis, from: Endpoint, to: Endpoint, bound: Bound): boolean {
  return planes.some((plane) => {
    const { sets } = plane.rows;
    const useful = sets.intern(USEFUL);
    return plane.axis
      .positionsOf(from.id)
      .some((source) =>
        plane.axis
          .positionsOf(to.id)
          .some((target) => sets.intersect(cellOf(plane, source, target, bound).session, useful) !== NONE),
      );
  });
}
