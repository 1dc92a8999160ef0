import type { ClusterFacts } from '../cluster-facts.ts';
import type { Sighting } from '../enforcement.ts';
import { ADD_ENGINE, sighting } from '../sighting.ts';

/**
 * Flannel carries packets and knows no policies. Its chart can put kube-network-policies into the same DaemonSet, which is seen by itself, and
 * Canal's has Calico in it.
 * https://github.com/flannel-io/flannel/blob/master/Documentation/netpol.md
 */
export function flannel(cluster: ClusterFacts): Sighting | undefined {
  const agents = cluster.agents.filter(
    ({ kind, name, containers }) =>
      kind === 'DaemonSet' &&
      (name.startsWith('kube-flannel') ||
        containers.some(({ image }) => /flannel\/flannel[:@]|coreos\/flannel[:@]/.test(image))) &&
      !containers.some(({ name: own, image }) => own.includes('calico') || image.includes('calico')),
  );
  if (agents.length === 0) return undefined;
  return sighting({
    engine: 'Flannel',
    enforces: 'no',
    agents,
    why: 'it has no policy engine',
    remedy: `${ADD_ENGINE} Flannel's chart has one: --set netpol.enabled=true.`,
  });
}
