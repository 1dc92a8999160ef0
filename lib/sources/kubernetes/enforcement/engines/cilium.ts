import type { Agent, ClusterFacts, Setting } from '../cluster-facts.ts';
import type { PolicyKind, Sighting, Unhonoured } from '../enforcement.ts';
import { isTrue } from '../flag.ts';
import { isBefore, versionOf, withVersion, type Version } from '../image-version.ts';
import { sighting } from '../sighting.ts';

const OWN: readonly PolicyKind[] = [
  'cilium.io/CiliumNetworkPolicy',
  'cilium.io/CiliumClusterwideNetworkPolicy',
];
const CONFIG = 'cilium-config';
/**
 * Cilium goes by identities: what is on the network of a node has the node's, which no endpointSelector selects, and blocks of addresses mean
 * what has no identity in the cluster.
 * https://docs.cilium.io/en/stable/security/policy/language/#host-policies
 * https://docs.cilium.io/en/stable/security/policy/language/#cidr-based
 */
const OF_IDENTITIES = { sparesHostPods: true, blocks: 'outside' } as const;

/**
 * Cilium, and what cloud providers run of it. `enable-policy: never`, `policy-audit-mode` and `enable-k8s-networkpolicy: "false"` switch it off.
 * https://docs.cilium.io/en/stable/security/policy/intro/
 */
export function cilium(cluster: ClusterFacts): Sighting | undefined {
  const [anetd] = cluster.daemonSets('anetd');
  if (anetd !== undefined) return dataplaneV2(anetd);
  const own = cluster.daemonSets('cilium')[0] ?? cluster.running(/(?:^|\/)cilium\/cilium[:@]/)[0];
  return own && judged(own, cluster);
}

function judged(agent: Agent, cluster: ClusterFacts): Sighting {
  const version = versionOf(
    agent.containers.find(({ name }) => name === 'cilium-agent')?.image ?? agent.containers[0]?.image ?? '',
  );
  const engine = withVersion('Cilium', version);
  const read = (key: string): Setting => cluster.setting(agent.namespace, CONFIG, key);
  const policy = read('enable-policy');
  const off = switchedOff(read);
  const rest = {
    engine,
    agents: [agent],
    kinds: OWN,
    perhaps: clusterKind(read),
    evidence: [],
    ...OF_IDENTITIES,
  };
  if (policy.state === 'unread') {
    return sighting({
      ...rest,
      enforces: 'unknown',
      why: `its settings (${policy.at}) were not read, and they may switch policies off`,
      remedy: `Let the reader get ConfigMap ${CONFIG}, or add it to the manifests: kubectl -n ${agent.namespace} get configmap ${CONFIG} -o yaml`,
    });
  }
  const unhonoured = unhonouredBy(version, read('enable-sctp'));
  if (off !== undefined) {
    return sighting({
      ...rest,
      // NetworkPolicies alone may be off
      kinds: off === 'enable-k8s-networkpolicy' ? OWN : [],
      enforces: 'no',
      why: `it is switched off by ${off} in ${policy.at}`,
      remedy: `Set ${off} back (Helm: ${HELM[off]}) and restart the DaemonSet.`,
      evidence: [policy.at],
    });
  }
  return sighting({
    ...rest,
    enforces: 'yes',
    evidence: [policy.at],
    unhonoured,
    ...(policy.state === 'set' && policy.value === 'always' && { closesUnselected: true }),
  });
}

/** How each is set back with the chart. */
const HELM = {
  'enable-policy: never': 'policyEnforcementMode=default',
  'policy-audit-mode': 'policyAuditMode=false',
  'enable-k8s-networkpolicy': 'leave it out',
} as const;

function switchedOff(read: (key: string) => Setting): keyof typeof HELM | undefined {
  const is = (key: string, test: (value: string) => boolean): boolean => {
    const setting = read(key);
    return setting.state === 'set' && test(setting.value);
  };
  if (is('enable-policy', (value) => value === 'never')) return 'enable-policy: never';
  if (is('policy-audit-mode', isTrue)) return 'policy-audit-mode';
  if (is('enable-k8s-networkpolicy', (value) => !isTrue(value))) return 'enable-k8s-networkpolicy';
  return undefined;
}

function clusterKind(read: (key: string) => Setting): readonly PolicyKind[] {
  const setting = read('enable-k8s-cluster-network-policy');
  return setting.state === 'set' && isTrue(setting.value)
    ? ['policy.networking.k8s.io/ClusterNetworkPolicy']
    : [];
}

/**
 * Before 1.17 a range was silently taken for its first port (https://github.com/cilium/cilium/issues/28684); SCTP is off unless it is switched
 * on.
 */
function unhonouredBy(version: Version | undefined, sctp: Setting): readonly Unhonoured[] {
  const isOld = version === undefined || isBefore(version, 1, 17);
  return [
    ...(isOld
      ? [
          {
            feature: 'endPort',
            why: `${version === undefined ? 'versions of Cilium' : 'Cilium'} before 1.17 may take a range of ports for its first port`,
          } as const,
        ]
      : []),
    ...(sctp.state === 'set' && isTrue(sctp.value)
      ? []
      : [
          {
            feature: 'SCTP',
            why: `Cilium handles SCTP only with enable-sctp, which ${sctp.at} does not set`,
          } as const,
        ]),
  ];
}

/**
 * GKE Dataplane V2 is Cilium without a switch: NetworkPolicies are always on, and of Cilium's own kinds only the cluster-wide one, if asked for.
 * https://cloud.google.com/kubernetes-engine/docs/concepts/dataplane-v2
 */
function dataplaneV2(agent: Agent): Sighting {
  return sighting({
    engine: 'GKE Dataplane V2',
    enforces: 'yes',
    agents: [agent],
    ...OF_IDENTITIES,
    perhaps: ['cilium.io/CiliumClusterwideNetworkPolicy', 'networking.gke.io/FQDNNetworkPolicy'],
  });
}
