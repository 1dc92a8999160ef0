import type { ClusterFacts } from '../cluster-facts.ts';
import type { Sighting } from '../enforcement.ts';
import { flagValue, isTrue } from '../flag.ts';
import { versionOf, withVersion } from '../image-version.ts';
import { sighting } from '../sighting.ts';

const IMAGE = /kube-network-policies/;

/**
 * The policy agent of Kubernetes' own network group, beside any plugin. The kinds for administrators are in images of their own or behind flags.
 * https://github.com/kubernetes-sigs/kube-network-policies
 */
export function kubeNetworkPolicies(cluster: ClusterFacts): Sighting | undefined {
  const agents = cluster.running(IMAGE);
  const own = agents
    .flatMap(({ containers }) => containers)
    .find(({ image }) => image.includes('kube-network-policies'));
  if (own === undefined) return undefined;
  const isOn = (flag: string): boolean => isTrue(flagValue(own.words, flag) ?? 'false');
  const perhaps = [
    'policy.networking.k8s.io/AdminNetworkPolicy',
    'policy.networking.k8s.io/BaselineAdminNetworkPolicy',
    'policy.networking.k8s.io/ClusterNetworkPolicy',
  ] as const;
  return sighting({
    engine: withVersion('kube-network-policies', versionOf(own.image)),
    enforces: 'yes',
    agents,
    kinds: [
      ...(isOn('admin-network-policy') ? [perhaps[0]] : []),
      ...(isOn('baseline-admin-network-policy') ? [perhaps[1]] : []),
    ],
    perhaps: own.image.includes('npa-') ? perhaps : [],
  });
}
