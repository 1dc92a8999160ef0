import type { ClusterFacts } from '../cluster-facts.ts';
import type { PolicyKind, Sighting } from '../enforcement.ts';
import { isBefore, versionOf, withVersion, type Version } from '../image-version.ts';
import { sighting } from '../sighting.ts';

const OWN: readonly PolicyKind[] = ['crd.projectcalico.org', 'projectcalico.org'].flatMap((group) => [
  `${group}/NetworkPolicy` as const,
  `${group}/GlobalNetworkPolicy` as const,
]);
const ADMIN: readonly PolicyKind[] = [
  'policy.networking.k8s.io/AdminNetworkPolicy',
  'policy.networking.k8s.io/BaselineAdminNetworkPolicy',
];
const CLUSTER: readonly PolicyKind[] = ['policy.networking.k8s.io/ClusterNetworkPolicy'];

/**
 * Calico, alone, on top of another plugin, or together with Flannel (Canal). It has no switch for NetworkPolicies.
 * https://docs.tigera.io/calico/latest/network-policy/get-started/kubernetes-policy/kubernetes-network-policy
 *
 * What is on the network of a node is no workload endpoint: only policies of host endpoints are about it. Blocks become `nets`, which match
 * whoever has the address.
 * https://docs.tigera.io/calico/latest/reference/host-endpoints/overview
 * https://docs.tigera.io/calico/latest/reference/resources/networkpolicy#entityrule
 */
export function calico(cluster: ClusterFacts): Sighting | undefined {
  const agents = cluster.agents.filter(
    ({ kind, containers }) =>
      kind === 'DaemonSet' &&
      containers.some(
        ({ name, image }) => name.startsWith('calico-node') || /calico\/node(?:-windows)?[:@]/.test(image),
      ),
  );
  const images = agents.flatMap(({ containers }) => containers.map(({ image }) => image));
  if (agents.length > 0) {
    const isCanal = images.some((image) => image.includes('flannel'));
    return found(
      isCanal ? 'Canal (Calico with Flannel)' : 'Calico',
      versionOf(images.find((image) => image.includes('calico')) ?? ''),
      { agents },
    );
  }
  const installations = cluster.of('Installation', 'operator.tigera.io');
  if (installations.length > 0 && cluster.how === undefined) {
    return found('Calico', undefined, { evidence: ['Installation default (operator.tigera.io)'] });
  }
  return undefined;
}

function found(
  name: string,
  version: Version | undefined,
  by: Partial<Pick<Parameters<typeof sighting>[0], 'agents' | 'evidence'>>,
): Sighting {
  // ANP and BANP came with 3.29 and gave way to ClusterNetworkPolicy in 3.32
  const isAdmin = version !== undefined && !isBefore(version, 3, 29) && isBefore(version, 3, 32);
  const isCluster = version !== undefined && !isBefore(version, 3, 32);
  return sighting({
    engine: withVersion(name, version),
    enforces: 'yes',
    ...by,
    sparesHostPods: true,
    blocks: 'anybody',
    kinds: [...OWN, ...(isAdmin ? ADMIN : []), ...(isCluster ? CLUSTER : [])],
    perhaps: version === undefined ? [...ADMIN, ...CLUSTER] : [],
  });
}
