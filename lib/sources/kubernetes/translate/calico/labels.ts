import type { Labels } from '../match-labels.ts';
import type { PodSet } from '../pods.ts';

/** The labels of a pod as Calico's selectors see them: some that it adds itself. */
export function calicoLabels({ labels, namespace, serviceAccount }: PodSet): Labels {
  return new Map([
    ...labels,
    ['projectcalico.org/namespace', namespace],
    ['projectcalico.org/orchestrator', 'k8s'],
    ['projectcalico.org/serviceaccount', serviceAccount],
  ]);
}

export function calicoNamespaceLabels(namespace: string, labels: Labels): Labels {
  return new Map([...labels, ['projectcalico.org/name', namespace]]);
}
