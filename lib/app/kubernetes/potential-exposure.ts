import { analyse } from '#engine';
import type { ClusterInput } from '#sources/kubernetes';
import { isUnprotected, potentialPeers, type PotentialPeer } from './potential-peers.ts';
import { translated } from './load-kubernetes.ts';

/** What a workload would exchange with pods that are not there yet. */
export type PotentialExposure = PotentialPeer & {
  /** Whether no policy is about that direction of the workload. */
  readonly isUnprotected: boolean;
};

/**
 * What a cluster's workloads would exchange with pods that are not there yet, by what policies say of namespaces and labels: today's list does
 * not show it, and the next deployment has it.
 */
export function potentialExposures(input: ClusterInput): readonly PotentialExposure[] {
  const { network, potential } = translated(input, { withPotential: true });
  const analysis = analyse(network);
  return potentialPeers(analysis, potential).map((peer) => ({
    ...peer,
    isUnprotected: isUnprotected(analysis, peer.workload, peer.direction),
  }));
}
