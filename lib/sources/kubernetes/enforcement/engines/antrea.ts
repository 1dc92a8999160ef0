import type { ClusterFacts } from '../cluster-facts.ts';
import type { Sighting } from '../enforcement.ts';
import { versionOf, withVersion } from '../image-version.ts';
import { sighting } from '../sighting.ts';

/**
 * Antrea enforces always; the kinds for administrators are behind a feature gate of its agent's configuration, which is not read.
 * https://antrea.io/docs/main/docs/feature-gates/
 */
export function antrea(cluster: ClusterFacts): Sighting | undefined {
  const agents = cluster.daemonSets(/^antrea-agent/);
  const images = agents.flatMap(({ containers }) => containers.map(({ image }) => image));
  if (agents.length === 0) return undefined;
  return sighting({
    engine: withVersion('Antrea', versionOf(images.find((image) => image.includes('antrea')) ?? '')),
    enforces: 'yes',
    agents,
    kinds: ['crd.antrea.io/ClusterNetworkPolicy', 'crd.antrea.io/NetworkPolicy'],
    perhaps: [
      'policy.networking.k8s.io/AdminNetworkPolicy',
      'policy.networking.k8s.io/BaselineAdminNetworkPolicy',
    ],
  });
}
