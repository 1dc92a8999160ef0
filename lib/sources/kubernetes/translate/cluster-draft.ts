import { idOf, type Policy, type PolicyId, type Rule, type SourceRef } from '#model';
import { placeText, type KubernetesObject, type Problem, type ReadAt } from '../resources/index.ts';
import { titleOf } from './parse.ts';
import type { PodGroups } from './pod-groups.ts';
import type { PodSet } from './pods.ts';

/** What the translators of policies of any kind put together: groups of pods, and who carries which policy. */
export class ClusterDraft {
  readonly cluster: string;
  readonly groups: PodGroups;
  readonly problems: Problem[];
  readonly policies = new Map<PolicyId, Policy>();
  readonly #carried = new Map<PodSet, PolicyId[]>();

  constructor(cluster: string, groups: PodGroups, problems: Problem[]) {
    this.cluster = cluster;
    this.groups = groups;
    this.problems = problems;
  }

  /** Adds a policy, which applies to these pods. */
  add(policy: Policy, carriers: Iterable<PodSet>): void {
    if (this.policies.has(policy.id)) throw new Error(`two policies have the id ${policy.id}`);
    this.policies.set(policy.id, policy);
    for (const pod of carriers) {
      const known = this.#carried.get(pod);
      if (known === undefined) this.#carried.set(pod, [policy.id]);
      else known.push(policy.id);
    }
  }

  policiesOf(pod: PodSet): readonly PolicyId[] {
    return this.#carried.get(pod) ?? [];
  }

  /** Where in an object something stands: `payments.yaml:12 spec.ingress[0]`. */
  at(object: KubernetesObject, read: ReadAt, field = '', isNamespaced = true): SourceRef {
    return refOf(this.cluster, titleOf(object, isNamespaced), read, field);
  }
}

export function refOf(cluster: string, id: string, read: ReadAt, field = ''): SourceRef {
  const path = field === '' ? placeText(read) : `${placeText(read)} ${field}`;
  return { source: 'kubernetes', account: cluster, region: '', path, id };
}

/** A rule of a policy without the parts that are the same for every one of Kubernetes'. */
export function ruleOf(rule: Omit<Rule, 'id' | 'description'> & { readonly id: string }): Rule {
  return { ...rule, id: idOf<'rule'>(rule.id), description: '' };
}
