import type { ClusterDraft } from './cluster-draft.ts';
import { peerOf } from './cluster-peers.ts';
import { podsOf, type ClusterPolicy } from './cluster-policy.ts';
import { addTieredPolicy } from './tiered-policy.ts';
import { TIERS } from './tiers.ts';

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
