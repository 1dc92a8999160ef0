import { idOf } from '#model';
import { refOf, type ClusterDraft } from './cluster-draft.ts';
import type { PodSet } from './pods.ts';
import { NETWORK_POLICY_ORDER, TIERS } from './tiers.ts';

/**
 * Where an engine shuts what no policy selects: every pod is as one that a policy without a rule selects.
 *
 * https://docs.cilium.io/en/stable/security/policy/intro/#policy-enforcement-modes
 */
export function addClosedByDefault(draft: ClusterDraft, pods: readonly PodSet[]): void {
  draft.add(
    {
      id: idOf<'policy'>('closed by default'),
      name: 'closed by default',
      kind: 'tiered',
      tier: { ...TIERS.networkPolicies, order: NETWORK_POLICY_ORDER, applies: ['ingress', 'egress'] },
      rules: [],
      isDefault: true,
      tags: new Map(),
      at: refOf(draft.cluster, draft.cluster, { file: draft.cluster }),
    },
    pods,
  );
}
