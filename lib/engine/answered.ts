import { TransportSet } from '#netset';
import type { Endpoint, EndpointId, Network } from '#model';
import { joinedReach, type OutsideReach } from './outside-reach.ts';

/**
 * Where no policy filters a relay, its listeners are all that does. Where one does, a port that it opens and nobody answers on is open
 * all the same, as it is on a host: somebody wrote that rule, and a listener may follow.
 *
 * @returns for each interface of a relay that nothing filters, what the relay answers on
 */
export function answersOf(network: Network): ReadonlyMap<EndpointId, TransportSet> {
  const known = ANSWERS.get(network.relays);
  if (known !== undefined) return known;
  const answers = new Map<EndpointId, TransportSet>();
  for (const { entrances, listeners, isWhole } of network.relays.values()) {
    if (!isWhole) continue;
    const transport = TransportSet.unionOf(listeners.map((listener) => listener.transport));
    for (const entrance of entrances) {
      if (network.endpoints.get(entrance)?.unfiltered === true) answers.set(entrance, transport);
    }
  }
  ANSWERS.set(network.relays, answers);
  return answers;
}

const ANSWERS = new WeakMap<Network['relays'], ReadonlyMap<EndpointId, TransportSet>>();

type Opened = {
  readonly endpoint: Endpoint;
  readonly sure: readonly OutsideReach[];
  readonly possible: readonly OutsideReach[];
};

/** Of what is open, what something answers on. */
export function answered<T extends Opened>(network: Network, found: readonly T[]): readonly T[] {
  const answers = answersOf(network);
  if (answers.size === 0) return found;
  return found.flatMap((exposure) => {
    const transport = answers.get(exposure.endpoint.id);
    if (transport === undefined) return [exposure];
    const [sure, possible] = [exposure.sure, exposure.possible].map((reach) => within(reach, transport));
    return possible!.length === 0 ? [] : [{ ...exposure, sure: sure!, possible: possible! }];
  });
}

function within(reach: readonly OutsideReach[], transport: TransportSet): readonly OutsideReach[] {
  const pieces = reach.map((piece) => ({ ...piece, transport: piece.transport.intersect(transport) }));
  return joinedReach(
    [],
    pieces.filter((piece) => !piece.transport.isEmpty),
  );
}
