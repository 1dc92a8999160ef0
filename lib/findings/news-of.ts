import type { TransportSet } from '#netset';
import type { Endpoint, EndpointId, Network } from '#model';
import { reachBetween, type Analysis, type Diff, type FlowChange } from '#engine';

/**
 * What of a difference is news about workloads that were there, and alive, before it.
 *
 * More machines of a group, and a machine that is new or was started, bring their ways with them: no rule was changed for that, so it is no
 * news here. (What a new one shows to the whole internet is a finding of its own.)
 */
export function newsOf(delta: Diff): Diff {
  const { before, after, opened, maybeOpened, exposures } = delta;
  const old = liveByWorkload(before.network);
  return {
    ...delta,
    opened: opened.filter((flow) => isNew(flow, delta, old, 'sure')),
    maybeOpened: maybeOpened.filter((flow) => isNew(flow, delta, old, 'possible')),
    exposures: exposures.filter(({ endpoint }) =>
      formerly(endpoint, after, old).some(({ id }) => id === endpoint),
    ),
  };
}

type Live = ReadonlyMap<string, readonly Endpoint[]>;

/** Whether some of a flow was impossible before, between any machines of the same two workloads. */
function isNew(
  { from, to, family, transport }: FlowChange,
  { before, after }: Diff,
  old: Live,
  bound: 'sure' | 'possible',
): boolean {
  const sources = formerly(from, after, old);
  const targets = formerly(to, after, old);
  if (sources.length === 0 || targets.length === 0) return false;
  let left: TransportSet = transport;
  for (const source of sources) {
    for (const target of targets) {
      if (source.id === target.id) continue;
      left = left.subtract(reachBetween(before, source.id, target.id, family)[bound]);
      if (left.isEmpty) return false;
    }
  }
  return true;
}

/** The machines that a workload had. */
function formerly(id: EndpointId, { network }: Analysis, old: Live): readonly Endpoint[] {
  const workload = network.endpoints.get(id)?.workload.id;
  return workload === undefined ? [] : (old.get(workload) ?? []);
}

function liveByWorkload({ endpoints }: Network): Live {
  const live = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints.values()) {
    if (endpoint.liveness !== 'live') continue;
    const { id } = endpoint.workload;
    live.set(id, [...(live.get(id) ?? []), endpoint]);
  }
  return live;
}
