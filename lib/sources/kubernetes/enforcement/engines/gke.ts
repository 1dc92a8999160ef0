import type { ClusterFacts } from '../cluster-facts.ts';
import type { Sighting } from '../enforcement.ts';
import { sighting } from '../sighting.ts';

/**
 * GKE without Dataplane V2: its plugin only carries packets, and Calico is an add-on, which is seen by its DaemonSet.
 * https://cloud.google.com/kubernetes-engine/docs/how-to/network-policy
 */
export function gkeLegacy(cluster: ClusterFacts): Sighting | undefined {
  const agents = cluster.daemonSets('netd');
  const isGke =
    agents.length > 0 ||
    cluster.nodes.some(({ labels }) => labels['cloud.google.com/gke-nodepool'] !== undefined);
  if (!isGke || cluster.daemonSets('anetd').length > 0) return undefined;
  return sighting({
    engine: 'GKE networking without Dataplane V2',
    enforces: 'no',
    agents,
    evidence: ['no DaemonSet anetd'],
    why: 'it has no policy engine unless the add-on (Calico) is switched on',
    remedy:
      'gcloud container clusters update NAME --update-addons=NetworkPolicy=ENABLED, then --enable-network-policy.',
  });
}
