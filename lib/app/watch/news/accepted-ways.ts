import { TransportSet } from '#netset';
import { gains, type ExposureChange, type FlowChange, type OutsideReach } from '#engine';
import type { Finding } from '#findings';

/**
 * Tells the ways that accepted findings are about. Who accepts that a port is open to the internet hears nothing of that port by another name;
 * of another port of the same machine he does, and of ways to what was accepted to be some steps away.
 */
export function acceptedWays(accepted: readonly Finding[]): {
  readonly isAccepted: (flow: Pick<FlowChange, 'to' | 'transport'>) => boolean;
  /** Whether an exposure gained more than what was accepted. */
  readonly isBeyond: (change: Pick<ExposureChange, 'endpoint' | 'before' | 'after'>) => boolean;
} {
  const ways = new Map<string, TransportSet>();
  for (const { endpoints, transport, path } of accepted) {
    if (path !== undefined || transport === undefined) continue;
    for (const { id } of endpoints) ways.set(id, (ways.get(id) ?? TransportSet.NONE).union(transport));
  }
  return {
    isAccepted: ({ to, transport }) => transport.isSubsetOf(ways.get(to) ?? TransportSet.NONE),
    isBeyond: ({ endpoint, before, after }) => {
      const way = ways.get(endpoint);
      return way === undefined || gains(without(before?.possible, way), without(after?.possible, way));
    },
  };
}

function without(pieces: readonly OutsideReach[] = [], way: TransportSet): readonly OutsideReach[] {
  return pieces
    .map((piece) => ({ ...piece, transport: piece.transport.subtract(way) }))
    .filter(({ transport }) => !transport.isEmpty);
}
