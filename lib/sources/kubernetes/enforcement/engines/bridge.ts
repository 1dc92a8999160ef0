import type { ClusterFacts } from '../cluster-facts.ts';
import type { NodeFacts, Sighting } from '../enforcement.ts';
import { ADD_ENGINE, sighting } from '../sighting.ts';

/** Clusters for one's own machine, whose built-in network is a bridge: it carries packets and knows no policies. */
export function localBridge(cluster: ClusterFacts): Sighting | undefined {
  const node = cluster.nodes.find((own) => nameOf(own) !== undefined);
  if (node === undefined) return undefined;
  return sighting({
    engine: `the built-in network of ${nameOf(node) ?? ''}`,
    enforces: 'no',
    evidence: [`Node ${node.name}`],
    why: 'it has no policy engine',
    remedy: `With minikube: minikube start --cni=calico. Or: ${ADD_ENGINE}`,
  });
}

function nameOf({ name, labels }: NodeFacts): string | undefined {
  if (name === 'docker-desktop') return 'Docker Desktop';
  return labels['minikube.k8s.io/name'] === undefined ? undefined : 'minikube';
}
