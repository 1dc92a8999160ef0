import type { ClusterFacts } from '../cluster-facts.ts';
import type { Sighting } from '../enforcement.ts';
import { flagValue, isTrue } from '../flag.ts';
import { agentName } from '../cluster-facts.ts';
import { sighting } from '../sighting.ts';

/** Kube-OVN: its controller writes the policies, unless --enable-np is false. https://kubeovn.github.io/docs/stable/en/reference/setup-options/ */
export function kubeOvn(cluster: ClusterFacts): Sighting | undefined {
  const agents = cluster.daemonSets(/^kube-ovn-cni/);
  if (agents.length === 0) return undefined;
  const [controller] = cluster.deployments('kube-ovn-controller');
  const engine = 'Kube-OVN';
  if (controller === undefined) {
    return sighting({
      engine,
      enforces: 'unknown',
      agents,
      why: 'its controller (Deployment kube-ovn-controller), which may have policies switched off, was not among what was read',
      remedy: 'Let the reader list Deployments in all namespaces.',
    });
  }
  const flag =
    flagValue(
      controller.containers.flatMap(({ words }) => words),
      'enable-np',
    ) ?? 'true';
  const evidence = [agentName(controller)];
  if (!isTrue(flag)) {
    const why = `its policy engine is switched off by --enable-np=${flag}`;
    return sighting({ engine, enforces: 'no', agents, evidence, why, remedy: 'Set --enable-np=true.' });
  }
  return sighting({
    engine,
    enforces: 'yes',
    agents,
    evidence,
    perhaps: [
      'policy.networking.k8s.io/AdminNetworkPolicy',
      'policy.networking.k8s.io/BaselineAdminNetworkPolicy',
      'policy.networking.k8s.io/ClusterNetworkPolicy',
    ],
  });
}
