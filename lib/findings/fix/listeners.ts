import type { Network } from '#model';
import type { Finding } from '../finding.ts';
import type { FixChange } from './fix.ts';

/** The ports of load balancers by which clients get to what a finding is about, or which are what is open. */
export function listenersOf({ endpoints, transport }: Finding, { relays }: Network): readonly FixChange[] {
  if (transport === undefined) return [];
  const about = new Set(endpoints.map(({ id }) => id));
  return [...relays.values()].flatMap(({ id, entrances, listeners }) => {
    const isOpenItself = entrances.some((entrance) => about.has(entrance));
    const found = listeners.filter(
      (listener) =>
        (isOpenItself && listener.transport.overlaps(transport)) ||
        listener.handoffs.some(
          (handoff) => about.has(handoff.target) && handoff.transport.overlaps(transport),
        ),
    );
    const seen = new Set<string>();
    return found
      .filter(({ at }) => seen.size < seen.add(at.path).size)
      .map((listener): FixChange => ({ kind: 'listener', relay: id, listener }));
  });
}
