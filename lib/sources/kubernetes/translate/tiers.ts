import type { Tier } from '#model';

type Stage = Pick<Tier, 'rank' | 'name' | 'otherwise'>;

/**
 * The order in which Kubernetes asks policies of its kinds. Cluster admins may decide before a namespace's own policies, or leave it to
 * them; for a pod that no NetworkPolicy selects in a direction, the baseline decides; and what nobody decides is allowed.
 *
 * https://network-policy-api.sigs.k8s.io/api-overview/
 */
export const TIERS = {
  admin: { rank: 100, name: 'admin', otherwise: 'next' },
  /** A pod that one of these selects is shut but for what one of them allows. */
  networkPolicies: { rank: 200, name: 'NetworkPolicy', otherwise: 'deny' },
  baseline: { rank: 300, name: 'baseline', otherwise: 'next' },
} satisfies Record<string, Stage>;
