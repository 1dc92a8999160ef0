import type { CiliumSelector } from '../../resources/index.ts';
import { selects, selectorText, type Labels } from '../match-labels.ts';
import type { PodSet } from '../pods.ts';

/** The label that holds a pod's namespace, and the prefix of those that hold the namespace's own labels. */
const NAMESPACE = 'io.kubernetes.pod.namespace';
const NAMESPACE_LABELS = 'io.cilium.k8s.namespace.labels.';
const ACCOUNT = 'io.cilium.k8s.policy.serviceaccount';
const CLUSTER = 'io.cilium.k8s.policy.cluster';

/** The labels of a pod as Cilium's selectors see them: its own, its namespace, and its namespace's. */
export function ciliumLabels({ labels, namespace, serviceAccount }: PodSet, namespaceLabels: Labels): Labels {
  return new Map([
    ...labels,
    ...[...namespaceLabels].map(([key, value]) => [`${NAMESPACE_LABELS}${key}`, value] as const),
    [NAMESPACE, namespace],
    [ACCOUNT, serviceAccount],
  ]);
}

/** `k8s:app` and `any:app` are labels of Kubernetes, as is `app`. */
function bare(key: string): string {
  return key.replace(/^(?:k8s|any)[:.]/, '');
}

export type ReadSelector = {
  readonly holds: (labels: Labels) => boolean;
  readonly text: string;
  /** Whether it says in which namespaces; one that does not keeps to that of its policy. */
  readonly namesNamespace: boolean;
  /** Whether it looks at what is not read: another cluster, a label that is not Kubernetes'. */
  readonly looksElsewhere: boolean;
};

/** https://docs.cilium.io/en/stable/security/policy/kubernetes/#namespaces */
export function readSelector({ matchLabels = {}, matchExpressions = [] }: CiliumSelector): ReadSelector {
  const selector = {
    matchLabels: Object.fromEntries(Object.entries(matchLabels).map(([key, value]) => [bare(key), value])),
    matchExpressions: matchExpressions.map((one) => ({ ...one, key: bare(one.key) })),
  };
  const keys = [...Object.keys(selector.matchLabels), ...selector.matchExpressions.map(({ key }) => key)];
  return {
    holds: (labels) => selects(selector, labels),
    text: selectorText(selector),
    namesNamespace: keys.some((key) => key === NAMESPACE || key.startsWith(NAMESPACE_LABELS)),
    looksElsewhere: keys.some((key) => key === CLUSTER || key.includes(':')),
  };
}

/**
 * Whom a policy of one namespace selects: what it says of namespaces by label is taken away, since it keeps to its own.
 *
 * https://docs.cilium.io/en/stable/network/kubernetes/policy/#namespaces
 */
export function withinNamespace({ matchLabels = {}, ...rest }: CiliumSelector): CiliumSelector {
  const labels = Object.entries(matchLabels).filter(([key]) => bare(key) !== NAMESPACE);
  return { ...rest, matchLabels: Object.fromEntries(labels) };
}
