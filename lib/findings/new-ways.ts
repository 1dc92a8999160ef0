import { TransportSet, type Family } from '#netset';
import type { Endpoint, Network } from '#model';
import { reachBetween, type Diff } from '#engine';

/** What one workload can newly open on another. */
export type NewWay = {
  readonly from: Endpoint['workload'];
  readonly to: Endpoint['workload'];
  readonly transport: TransportSet;
};

type Pair = {
  readonly from: Endpoint['workload'];
  readonly to: Endpoint['workload'];
  readonly byFamily: Map<Family, TransportSet>;
};

/**
 * The ways that a change opened between workloads that were there, and alive, before it. More machines of a group, and a machine that is
 * new or was started, bring their ways with them: no rule was changed for that, so it is no news here. (What a new one shows to the internet is
 * a finding of its own.)
 */
export function newWays({ before, after, opened }: Pick<Diff, 'before' | 'after' | 'opened'>): NewWay[] {
  if (opened.length === 0) return [];
  const old = liveByWorkload(before.network);
  const pairs = new Map<string, Pair>();
  for (const { from, to, family, transport } of opened) {
    const source = after.network.endpoints.get(from)?.workload;
    const target = after.network.endpoints.get(to)?.workload;
    if (source === undefined || target === undefined || !old.has(source.id) || !old.has(target.id)) continue;
    const key = JSON.stringify([source.id, target.id]);
    const pair = pairs.get(key) ?? { from: source, to: target, byFamily: new Map() };
    pairs.set(key, pair);
    pair.byFamily.set(family, (pair.byFamily.get(family) ?? TransportSet.NONE).union(transport));
  }
  return [...pairs.values()].flatMap(({ from, to, byFamily }) => {
    const fresh = [...byFamily].map(([family, transport]) => {
      let left = transport;
      for (const source of old.get(from.id) ?? []) {
        for (const target of old.get(to.id) ?? []) {
          if (left.isEmpty) return left;
          if (source.id !== target.id)
            left = left.subtract(reachBetween(before, source.id, target.id, family).sure);
        }
      }
      return left;
    });
    const transport = TransportSet.unionOf(fresh);
    return transport.isEmpty ? [] : [{ from, to, transport }];
  });
}

function liveByWorkload({ endpoints }: Network): ReadonlyMap<string, readonly Endpoint[]> {
  const live = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints.values()) {
    if (endpoint.liveness !== 'live') continue;
    const { id } = endpoint.workload;
    live.set(id, [...(live.get(id) ?? []), endpoint]);
  }
  return live;
}
