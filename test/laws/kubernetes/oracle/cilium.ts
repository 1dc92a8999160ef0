import { isInBlock } from './blocks.ts';
import type { CiliumPort, CiliumPorts, CiliumRule, CiliumSpec } from './cilium-objects.ts';
import { isSameAddress } from '../../oracle/address.ts';
import { isCalledByName, namespaceOf, nodesOf, type FarEnd, type Pod, type Sight } from './cluster.ts';
import { isSelected } from './label-selector.ts';
import { networkPoliciesAdmit } from './network-policy.ts';
import type { KubeObject, Labels, LabelSelector, Protocol } from './objects.ts';
import { notDefined } from './question.ts';

const NAMESPACE = 'io.kubernetes.pod.namespace';
const NAMESPACE_LABELS = 'io.cilium.k8s.namespace.labels.';
const SIDES = { ingress: 'from', egress: 'to' } as const;

/** One rule set of a policy; `namespace` is undefined for a clusterwide one. */
type Scoped = { readonly spec: CiliumSpec; readonly namespace: string | undefined };

export function isCiliumPolicy(object: KubeObject): boolean {
  return (
    object.apiVersion.startsWith('cilium.io/') && /^Cilium(Clusterwide)?NetworkPolicy$/.test(object.kind)
  );
}

/**
 * A deny beats every allow. Where any policy with rules for a direction selects a pod, or a NetworkPolicy of Kubernetes does, only
 * what one of them allows passes. https://docs.cilium.io/en/stable/security/policy/intro/
 */
export function ciliumAdmits(objects: readonly KubeObject[], sight: Sight): boolean {
  const { far } = sight;
  // it has an identity of its own, and which of the nodes is the pod's is not known
  if (
    far.kind === 'external' &&
    nodesOf(objects).some(({ addresses }) => addresses.some((own) => isSameAddress(own, far.address)))
  )
    notDefined('what a node is');
  const kubernetes = networkPoliciesAdmit(objects, sight);
  const selecting = objects
    .filter(isCiliumPolicy)
    .flatMap(specsOf)
    .filter((each) => isAbout(each, sight.near));
  if (
    selecting.some(({ spec, namespace }) =>
      rulesOf(spec, sight, 'deny').some((rule) => matches(rule, namespace, sight)),
    )
  )
    return false;
  const isClosed = selecting.some(
    ({ spec }) =>
      spec.enableDefaultDeny?.[sight.direction] !== false &&
      rulesOf(spec, sight, 'allow').length + rulesOf(spec, sight, 'deny').length > 0,
  );
  if (!isClosed && kubernetes === undefined) return true;
  return (
    kubernetes === true ||
    selecting.some(({ spec, namespace }) =>
      // An empty rule closes and allows nothing.
      rulesOf(spec, sight, 'allow').some((rule) => !isEmpty(rule) && matches(rule, namespace, sight)),
    )
  );
}

function specsOf(policy: KubeObject): Scoped[] {
  const { spec, specs } = policy as { spec?: CiliumSpec | null; specs?: readonly CiliumSpec[] | null };
  const namespace = policy.kind === 'CiliumNetworkPolicy' ? namespaceOf(policy) : undefined;
  return [...(spec ? [spec] : []), ...(specs ?? [])].map((each) => ({ spec: each, namespace }));
}

function isAbout({ spec, namespace }: Scoped, pod: Pod): boolean {
  if (spec.nodeSelector) return false;
  const selector = spec.endpointSelector ?? notDefined('a policy for nobody');
  if (namespace !== undefined && namespace !== pod.namespace) return false;
  return isSelected(withoutSources(selector), labelsOf(pod));
}

function rulesOf(spec: CiliumSpec, { direction }: Sight, kind: 'allow' | 'deny'): readonly CiliumRule[] {
  const rules =
    direction === 'ingress'
      ? { allow: spec.ingress, deny: spec.ingressDeny }
      : { allow: spec.egress, deny: spec.egressDeny };
  return rules[kind] ?? [];
}

function isEmpty(rule: CiliumRule): boolean {
  return Object.values(rule).every((field) => field === undefined || field === null);
}

function matches(rule: CiliumRule, namespace: string | undefined, sight: Sight): boolean {
  if (isEmpty(rule)) notDefined('a deny of nothing');
  const side = SIDES[sight.direction];
  const known = ['Endpoints', 'Entities', 'CIDR', 'CIDRSet'].map((kind) => `${side}${kind}`);
  const present = Object.entries(rule).filter(([, value]) => value !== undefined && value !== null);
  const peers = present.filter(([name]) => name !== 'toPorts').map(([name]) => name);
  if (peers.some((name) => !known.includes(name))) notDefined('a kind of peer');
  if (peers.length > 1) notDefined('several kinds of peers in one rule');
  const isPort = !rule.toPorts || rule.toPorts.some((entry) => matchesPorts(entry, sight));
  // Ports alone are for everybody.
  return isPort && (peers.length === 0 || isPeer(rule, namespace, sight));
}

function isPeer(rule: CiliumRule, namespace: string | undefined, { direction, far }: Sight): boolean {
  const isIn = direction === 'ingress';
  const endpoints = isIn ? rule.fromEndpoints : rule.toEndpoints;
  if (endpoints) return endpoints.some((selector) => isEndpoint(selector, namespace, far));
  const entities = isIn ? rule.fromEntities : rule.toEntities;
  if (entities) return entities.some((entity) => isEntity(entity, far));
  // Blocks are for what is not in the cluster.
  const blocks = [
    ...((isIn ? rule.fromCIDR : rule.toCIDR) ?? []).map((cidr) => ({ cidr, except: [] })),
    ...((isIn ? rule.fromCIDRSet : rule.toCIDRSet) ?? []),
  ];
  return blocks.some(({ cidr, except }) => isInBlock(far, cidr, except ?? []));
}

/** Without a word of namespaces, a policy's own is meant; a clusterwide one means pods of any. */
function isEndpoint(selector: LabelSelector, namespace: string | undefined, far: FarEnd): boolean {
  if (far.kind !== 'pod') return false;
  const plain = withoutSources(selector);
  const keys = [
    ...Object.keys(plain.matchLabels ?? {}),
    ...(plain.matchExpressions ?? []).map((expression) => expression.key),
  ];
  if (namespace !== undefined && !keys.includes(NAMESPACE)) {
    // One document says that these are ignored here, the code that they widen the policy to other namespaces.
    if (keys.some((key) => key.startsWith(NAMESPACE_LABELS))) notDefined('labels of namespaces');
    if (far.namespace !== namespace) return false;
  }
  return isSelected(plain, labelsOf(far));
}

function isEntity(entity: string, far: FarEnd): boolean {
  switch (entity) {
    case 'all':
      return true;
    case 'cluster':
      return far.kind === 'pod';
    case 'world':
      return far.kind === 'external';
    case 'world-ipv4':
      return far.kind === 'external' && far.address.family === 4;
    case 'world-ipv6':
      return far.kind === 'external' && far.address.family === 6;
    case 'kube-apiserver':
      return far.kind === 'external' && notDefined('where the API server is');
    case 'host':
    case 'remote-node':
    case 'health':
    case 'init':
      return false;
    default:
      return notDefined(`the entity ${entity}`);
  }
}

function matchesPorts({ ports, ...more }: CiliumPorts, sight: Sight): boolean {
  if (ports === undefined || ports === null || ports.length === 0) return notDefined('no ports');
  if (!ports.some((port) => matchesPort(port, sight))) return false;
  // Rules for what is said over the connection, a listener, …
  if (!isEmpty(more)) notDefined('more than ports');
  return true;
}

function matchesPort({ port, endPort, protocol }: CiliumPort, sight: Sight): boolean {
  const wanted = !protocol || protocol === 'ANY' ? undefined : (protocol as Protocol);
  if (wanted !== undefined && wanted !== sight.protocol) return false;
  const isMatch = /^\d+$/.test(port)
    ? isBetween(Number(port), endPort ?? 0, sight.port)
    : isCalledByName(sight, port, wanted);
  // Whether any protocol is SCTP too depends on the version.
  if (isMatch && wanted === undefined && sight.protocol === 'SCTP') notDefined('SCTP as any protocol');
  return isMatch;
}

/** `last` is 0 where only `first` is meant. */
function isBetween(first: number, last: number, port: number): boolean {
  if (first === 0) notDefined('port 0');
  return first <= port && port <= (last === 0 ? first : last);
}

function labelsOf(pod: Pod): Labels {
  return {
    ...pod.labels,
    [NAMESPACE]: pod.namespace,
    'io.cilium.k8s.policy.serviceaccount': pod.serviceAccount,
    ...Object.fromEntries(
      Object.entries(pod.namespaceLabels).map(([key, value]) => [`${NAMESPACE_LABELS}${key}`, value]),
    ),
  };
}

/** A key may say where a label comes from: all labels here come from Kubernetes. */
function withoutSources({ matchLabels, matchExpressions }: LabelSelector): LabelSelector {
  return {
    matchLabels: Object.fromEntries(
      Object.entries(matchLabels ?? {}).map(([key, value]) => [withoutSource(key), value]),
    ),
    matchExpressions: (matchExpressions ?? []).map((each) => ({ ...each, key: withoutSource(each.key) })),
  };
}

function withoutSource(key: string): string {
  const bare = key.replace(/^(k8s|any):/, '');
  return bare.includes(':') ? notDefined(`where ${key} comes from`) : bare;
}
