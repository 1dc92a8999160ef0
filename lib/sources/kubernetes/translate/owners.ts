import type { LabelSelector, Problem } from '../resources/index.ts';
import { selects, selectorText } from './match-labels.ts';
import type { PodSet } from './pods.ts';

/**
 * Pods of one owner as one. Labels that are each pod's own (`pod-template-hash`, a StatefulSet's pod name) make no difference as long
 * as no selector of a policy tells them apart.
 *
 * `onGap`: what to do where one does. In manifests that is a mistake to be told; in a live cluster it is a rollout, and each kind of pod
 * then stands for itself.
 */
export function byOwner(
  pods: readonly PodSet[],
  selectors: readonly LabelSelector[],
  onGap: 'refuse' | 'split',
  problems: Problem[],
): readonly PodSet[] {
  const distinct = [...new Map(selectors.map((selector) => [selectorText(selector), selector])).values()];
  const owners = new Map<string, Map<string, PodSet>>();
  for (const pod of pods) {
    // most pods of an owner are alike to the letter, and then nobody need ask any selector
    const alike = JSON.stringify([[...pod.labels].sort(), pod.ports, pod.hostNetwork]);
    join(owners, pod, alike);
  }
  return [...owners.values()].flatMap((alike) => {
    const merged = new Map<string, Map<string, PodSet>>();
    if (alike.size > 1) for (const pod of alike.values()) join(merged, pod, signatureOf(pod, distinct));
    const [variants = alike] = merged.values();
    const [first, ...others] = variants.values();
    if (first === undefined || others.length === 0) return [...variants.values()];
    if (onGap === 'split')
      return [...variants.values()].map((pod, i) =>
        i === 0 ? pod : { ...pod, id: `${pod.id} (${String(i + 1)})` },
      );
    for (const other of others)
      problems.push({
        kind: 'invalid',
        at: other.at,
        object: `${other.kind} ${other.namespace}/${other.name}`,
        field: 'metadata.labels',
        message: `pods of this owner differ in ${gapText(first, other, selectors)}, and a policy selects by it: give them the same labels`,
      });
    return [first];
  });
}

function join(owners: Map<string, Map<string, PodSet>>, pod: PodSet, signature: string): void {
  const variants = owners.get(pod.id) ?? new Map<string, PodSet>();
  owners.set(pod.id, variants);
  const known = variants.get(signature);
  const families = new Set([...(known?.families ?? []), ...pod.families]);
  const pods = known === undefined ? pod.pods : [...known.pods, ...pod.pods];
  variants.set(signature, { ...(known ?? pod), families, pods });
}

function signatureOf({ labels, ports, hostNetwork }: PodSet, selectors: readonly LabelSelector[]): string {
  return JSON.stringify([
    selectors.map((selector) => (selects(selector, labels) ? 1 : 0)).join(''),
    ports,
    hostNetwork,
  ]);
}

/** The label keys by which the two differ for some selector. */
function gapText(a: PodSet, b: PodSet, selectors: readonly LabelSelector[]): string {
  const seen = selectors
    .filter((selector) => selects(selector, a.labels) !== selects(selector, b.labels))
    .flatMap(({ matchLabels = {}, matchExpressions = [] }) => [
      ...Object.keys(matchLabels),
      ...matchExpressions.map(({ key }) => key),
    ]);
  const keys = [...new Set(seen)].filter((key) => a.labels.get(key) !== b.labels.get(key)).sort();
  return keys.length === 0 ? 'their ports' : `the label ${keys.join(', ')}`;
}
