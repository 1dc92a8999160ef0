import type { Action, Direction } from '#model';
import type { ClusterPeer, ClusterSubject, LabelSelector, ReadObject } from '../resources/index.ts';
import type { ClusterDraft } from './cluster-draft.ts';
import { peerOf } from './cluster-peers.ts';
import type { PodSelection } from './pod-groups.ts';
import type { RulePorts } from './ports.ts';
import { addTieredPolicy } from './tiered-policy.ts';
import { TIERS } from './tiers.ts';

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

/** Adds a policy to the tier that it belongs to. */
export function addClusterPolicy(draft: ClusterDraft, policy: ClusterPolicy): void {
  const { object, name, tier, priority, subject, rules } = policy;
  const applies = (['ingress', 'egress'] as const).filter((direction) =>
    rules.some((rule) => rule.direction === direction),
  );
  addTieredPolicy(draft, {
    read: policy,
    title: `${object.kind} ${name}`,
    name,
    isNamespaced: false,
    tier: { ...TIERS[tier], order: priority, applies },
    carriers: draft.groups.select(podsOf(subject)),
    rules: rules.map(({ direction, action, peers, ports, field }) => ({
      direction,
      action,
      ports,
      peers: peers.map((peer, i) =>
        peerOf(draft, policy, peer, `${field}.${direction === 'ingress' ? 'from' : 'to'}[${String(i)}]`),
      ),
    })),
  });
}

export function podsOf({ namespaces, pods }: ClusterSubject): PodSelection {
  return {
    namespaces: { kind: 'selected', by: pods?.namespaceSelector ?? namespaces ?? {} },
    pods: pods?.podSelector ?? {},
  };
}
