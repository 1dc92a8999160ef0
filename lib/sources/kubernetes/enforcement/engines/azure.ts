import type { ClusterFacts } from '../cluster-facts.ts';
import type { NodeFacts, Sighting } from '../enforcement.ts';
import { sighting } from '../sighting.ts';

const LABEL = 'kubernetes.azure.com/network-policy';
const BASE = /^(?:azure-cns|azure-cni|azure-ip-masq-agent)/;
const REMEDY = 'Give the cluster an engine: az aks update --network-policy cilium|calico …';

/** Azure Network Policy Manager. https://learn.microsoft.com/azure/aks/use-network-policies */
export function azureNpm(cluster: ClusterFacts): Sighting | undefined {
  const agents = cluster.daemonSets(/^azure-npm/);
  if (agents.length === 0) return undefined;
  return sighting({
    engine: 'Azure Network Policy Manager',
    enforces: 'yes',
    agents,
    notes: [
      {
        text: 'Azure Network Policy Manager is being retired: move to Cilium',
        effect: 'only-narrows',
      },
    ],
  });
}

/**
 * AKS without an engine: its plugins, Azure CNI and kubenet, only carry packets. Each node says by a label which engine the cluster was given;
 * Calico, Cilium and Azure's own are then seen by their DaemonSets.
 */
export function aks(cluster: ClusterFacts): Sighting | undefined {
  const nodes = cluster.nodes.filter(isAks);
  const agents = cluster.daemonSets(BASE);
  if (nodes.length === 0 && agents.length === 0) return undefined;
  const labels = new Set(nodes.flatMap(({ labels: own }) => own[LABEL] ?? []));
  const given = [...labels].find((label) => label !== 'none' && label !== '');
  const engine = agents.some(({ name }) => /cns|cni/.test(name))
    ? 'Azure CNI'
    : 'AKS networking (Azure CNI or kubenet)';
  if (given !== undefined) {
    if (cluster.daemonSets(/^(?:cilium|calico-node|azure-npm)/).length > 0) return undefined;
    return sighting({
      engine,
      enforces: 'unknown',
      agents,
      evidence: [`Node label ${LABEL}=${given}`],
      why: `the nodes say that the engine is ${given}, and its DaemonSet is not among what was read`,
      remedy: 'Let the reader list DaemonSets in all namespaces.',
    });
  }
  const isSaid = labels.has('none');
  return sighting({
    engine,
    enforces: 'no',
    agents,
    evidence: isSaid ? [`Node label ${LABEL}=none`] : [],
    why: isSaid ? `it has no policy engine, and ${LABEL} is none` : 'it has no policy engine',
    remedy: REMEDY,
  });
}

function isAks({ labels, providerId }: NodeFacts): boolean {
  return (
    labels['kubernetes.azure.com/cluster'] !== undefined ||
    (providerId.startsWith('azure://') && LABEL in labels)
  );
}
