import type { Action, Direction } from '#model';
import type { ClusterPeer, ClusterSubject, LabelSelector, ReadObject } from '../resources/index.ts';
import type { PodSelection } from './pod-groups.ts';
import type { RulePorts } from './ports.ts';
import type { TIERS } from './tiers.ts';

/** A rule of a policy of the whole cluster, whatever its version. */
export type ClusterRule = {
  readonly direction: Direction;
  readonly action: Action;
  readonly peers: readonly ClusterPeer[];
  readonly ports: RulePorts;
  /** `spec.ingress[0]`. */
  readonly field: string;
};

/** A policy of the whole cluster: rules in their order, for the pods of its subject, before or after the namespaces' own policies. */
export type ClusterPolicy = ReadObject & {
  readonly name: string;
  readonly tier: keyof typeof TIERS & ('admin' | 'baseline');
  readonly priority: number;
  readonly subject: ClusterSubject;
  readonly rules: readonly ClusterRule[];
};

/** The selectors that look at labels of pods, by which pods of one owner might be told apart. */
export function clusterPodSelectorsOf({ subject, rules }: ClusterPolicy): readonly LabelSelector[] {
  const peers = rules.flatMap((rule) => rule.peers);
  return [subject, ...peers].flatMap((one) => ('pods' in one ? (one.pods?.podSelector ?? []) : []));
}

export function podsOf({ namespaces, pods }: ClusterSubject): PodSelection {
  return {
    namespaces: { kind: 'selected', by: pods?.namespaceSelector ?? namespaces ?? {} },
    pods: pods?.podSelector ?? {},
  };
}
