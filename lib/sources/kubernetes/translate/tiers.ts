import type { Tier } from '#model';

type Stage = Pick<Tier, 'rank' | 'name' | 'otherwise'>;

/**
 * The order in which Kubernetes asks policies of its kinds. Cluster admins may decide before a namespace's own policies, or leave it to
 * them; for a pod that no NetworkPolicy selects in a direction, the baseline decides; and what nobody decides is allowed.
 *
 * The ranks are Calico's orders of tiers, since its own tiers stand between these.
 *
 * https://network-policy-api.sigs.k8s.io/api-overview/
 */
export const TIERS = {
  /** Before all: what a node does with its own pods. */
  ownNode: { rank: -1, name: 'own node', otherwise: 'next' },
  /** A place before all others for what is known to stand somewhere. */
  unread: { rank: 0, name: 'not read', otherwise: 'next' },
  admin: { rank: 1_000, name: 'admin', otherwise: 'next' },
  /** What Cilium's policies deny, no other policy allows. */
  ciliumDeny: { rank: 999_999, name: 'denied by Cilium', otherwise: 'next' },
  /** A pod that one of these selects is shut but for what one of them allows. */
  networkPolicies: { rank: 1_000_000, name: 'NetworkPolicy', otherwise: 'deny' },
  baseline: { rank: 10_000_000, name: 'baseline', otherwise: 'next' },
} satisfies Record<string, Stage>;

/** Where in its tier a NetworkPolicy stands, for those that are asked before or after it. */
export const NETWORK_POLICY_ORDER = 1_000;
