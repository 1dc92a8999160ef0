import { isInBlock } from './blocks.ts';
import { isCalledByName, namespaceOf, type Pod, type Sight } from './cluster.ts';
import { isSelected } from './label-selector.ts';
import type {
  KubeObject,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicyRule,
  NetworkPolicySpec,
} from './objects.ts';
import { notDefined } from './question.ts';

/**
 * networking.k8s.io/v1: whether the NetworkPolicies of a pod admit a packet; undefined where none selects the pod in that
 * direction. https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
 */
export function networkPoliciesAdmit(objects: readonly KubeObject[], sight: Sight): boolean | undefined {
  const selecting = networkPolicies(objects).filter((policy) => selects(policy, sight));
  if (selecting.length === 0) return undefined;
  return selecting.some((policy) => policyAdmits(policy, sight));
}

export function networkPolicies(objects: readonly KubeObject[]): KubeObject[] {
  return objects.filter(
    (each) => each.kind === 'NetworkPolicy' && each.apiVersion.startsWith('networking.k8s.io/'),
  );
}

export function selects(policy: KubeObject, sight: Sight): boolean {
  const spec = specOf(policy);
  if (isNode(sight.near, sight)) return false;
  if (namespaceOf(policy) !== sight.near.namespace) return false;
  if (!isSelected(spec.podSelector ?? {}, sight.near.labels)) return false;
  return directionsOf(spec).includes(sight.direction);
}

export function policyAdmits(policy: KubeObject, sight: Sight): boolean {
  const spec = specOf(policy);
  const rules = (sight.direction === 'ingress' ? spec.ingress : spec.egress) ?? [];
  return rules.some((rule) => ruleAdmits(rule, namespaceOf(policy), sight));
}

/** Without policyTypes a policy is about ingress, and about egress too if it has a rule for that. */
function directionsOf(spec: NetworkPolicySpec): string[] {
  const types = spec.policyTypes ?? [];
  if (types.length > 0) return types.map((type) => type.toLowerCase());
  return (spec.egress ?? []).length > 0 ? ['ingress', 'egress'] : ['ingress'];
}

/** An empty or missing list of peers or ports is no limit. */
function ruleAdmits(rule: NetworkPolicyRule, namespace: string, sight: Sight): boolean {
  const peers = (sight.direction === 'ingress' ? rule.from : rule.to) ?? [];
  const ports = rule.ports ?? [];
  const isPeer = peers.length === 0 || peers.some((peer) => matchesPeer(peer, namespace, sight));
  const isPort = ports.length === 0 || ports.some((port) => matchesPort(port, sight));
  return isPeer && isPort;
}

function matchesPeer(peer: NetworkPolicyPeer, namespace: string, sight: Sight): boolean {
  const { far } = sight;
  const block = peer.ipBlock ?? undefined;
  const pods = peer.podSelector ?? undefined;
  const namespaces = peer.namespaceSelector ?? undefined;
  if (block !== undefined) {
    if (pods !== undefined || namespaces !== undefined) notDefined('a block and a selector in one peer');
    return isInBlock(far, block.cidr, block.except ?? []);
  }
  if (pods === undefined && namespaces === undefined) notDefined('a peer that says nothing');
  if (far.kind !== 'pod' || isNode(far, sight)) return false;
  // Without a namespaceSelector, the pods of the policy's own namespace are meant.
  const isNamespace =
    namespaces === undefined ? far.namespace === namespace : isSelected(namespaces, far.namespaceLabels);
  const isPod = pods === undefined || isSelected(pods, far.labels);
  return isNamespace && isPod;
}

function matchesPort(entry: NetworkPolicyPort, sight: Sight): boolean {
  const protocol = entry.protocol ?? 'TCP';
  const first = entry.port ?? undefined;
  const last = entry.endPort ?? undefined;
  if (last !== undefined && (typeof first !== 'number' || last < first))
    notDefined('an endPort without a port before it');
  if (protocol !== sight.protocol) return false;
  if (first === undefined) return true;
  if (typeof first === 'string') return isCalledByName(sight, first, protocol);
  return first <= sight.port && sight.port <= (last ?? first);
}

function isNode(pod: Pod, sight: Sight): boolean {
  return pod.hostNetwork && sight.hostPods === 'as nodes';
}

function specOf(policy: KubeObject): NetworkPolicySpec {
  return policy.spec ?? {};
}
