import type { Network } from '#model';
import type { Finding } from '../finding.ts';
import type { FixChange } from './fix.ts';

/** The ports of load balancers by which clients get to what a finding is about, or which are what is open. */
export function listenersOf(
  { endpoints: found, transport }: Finding,
  { relays, endpoints }: Network,
): readonly FixChange[] {
  if (transport === undefined) return [];
  const about = new Set(found.map(({ id }) => id));
  return [...relays.values()].flatMap(({ id, entrances, listeners }) => {
    // an entrance of a cluster is an object of its own, and has no listeners that one could take off
    if (entrances.some((entrance) => endpoints.get(entrance)?.kind === 'workload')) return [];
    const isOpenItself = entrances.some((entrance) => about.has(entrance));
    const answering = listeners.filter(
      (listener) =>
        (isOpenItself && listener.transport.overlaps(transport)) ||
        listener.handoffs.some(
          (handoff) => about.has(handoff.target) && handoff.transport.overlaps(transport),
        ),
    );
    const seen = new Set<string>();
    return answering
      .filter(({ at }) => seen.size < seen.add(at.path).size)
      .map((listener): FixChange => ({ kind: 'listener', relay: id, listener }));
  });
}
