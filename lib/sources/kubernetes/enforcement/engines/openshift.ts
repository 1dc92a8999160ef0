import type { ClusterFacts } from '../cluster-facts.ts';
import type { PolicyKind, Sighting } from '../enforcement.ts';
import { flagValue, isTrue } from '../flag.ts';
import { textAt } from '../json.ts';
import { sighting } from '../sighting.ts';

const ADMIN: readonly PolicyKind[] = [
  'policy.networking.k8s.io/AdminNetworkPolicy',
  'policy.networking.k8s.io/BaselineAdminNetworkPolicy',
];

/**
 * OVN-Kubernetes enforces always; the kinds for administrators are behind a flag, which OpenShift sets. No policy is about pods on the network of
 * their node.
 * https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/network_security/network-policy
 */
export function ovnKubernetes(cluster: ClusterFacts): Sighting | undefined {
  const agents = cluster.daemonSets(/^ovnkube-node/);
  if (agents.length === 0) return undefined;
  const words = cluster.agents
    .filter(({ name }) => name.startsWith('ovnkube'))
    .flatMap(({ containers }) => containers.flatMap((own) => own.words));
  const isAdmin = isTrue(flagValue(words, 'enable-admin-network-policy') ?? 'false');
  return sighting({
    engine: 'OVN-Kubernetes',
    enforces: 'yes',
    agents,
    sparesHostPods: true,
    kinds: ['k8s.ovn.org/EgressFirewall', ...(isAdmin ? ADMIN : [])],
    perhaps: ADMIN,
  });
}

/**
 * OpenShift SDN, until 4.16: its mode decides, and only NetworkPolicy, the default, enforces.
 * https://docs.openshift.com/container-platform/4.14/networking/openshift_sdn/about-openshift-sdn.html
 */
export function openshiftSdn(cluster: ClusterFacts): Sighting | undefined {
  const agents = cluster.daemonSets('sdn').filter(({ namespace }) => namespace === 'openshift-sdn');
  if (agents.length === 0) return undefined;
  const [operator] = cluster.of('Network', 'operator.openshift.io');
  const [old] = cluster.of('ClusterNetwork', 'network.openshift.io');
  const plugin = old === undefined ? '' : textAt(old, 'pluginName');
  const mode = textAt(operator, 'spec', 'defaultNetwork', 'openshiftSDNConfig', 'mode');
  const engine = 'OpenShift SDN';
  const evidence = [
    ...(operator === undefined ? [] : ['Network cluster (operator.openshift.io)']),
    ...(old === undefined ? [] : ['ClusterNetwork default (network.openshift.io)']),
  ];
  const isOff = /subnet|multitenant/i.test(plugin === '' ? mode : plugin);
  if (isOff) {
    return sighting({
      engine,
      enforces: 'no',
      agents,
      evidence,
      why: `it has no policy engine in its mode ${plugin === '' ? mode : plugin}`,
      remedy: 'Move to OVN-Kubernetes, or to the mode NetworkPolicy.',
    });
  }
  if (operator === undefined && plugin === '') {
    return sighting({
      engine,
      enforces: 'unknown',
      agents,
      why: 'its mode was not read, and Subnet and Multitenant do not enforce policies',
      remedy: 'Let the reader list networks.operator.openshift.io.',
    });
  }
  return sighting({ engine, enforces: 'yes', agents, evidence });
}
