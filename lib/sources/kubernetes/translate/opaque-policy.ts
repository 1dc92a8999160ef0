import { TransportSet } from '#netset';
import type { BlindSpotId, Direction } from '#model';
import type { ClusterDraft } from './cluster-draft.ts';
import { addTieredPolicy, type TieredPolicy, type TieredRule } from './tiered-policy.ts';

/** A policy of which it is not known what it lets through: in the directions in which it applies, everything may pass, and nothing surely. */
export function addOpaquePolicy(
  draft: ClusterDraft,
  policy: Omit<TieredPolicy, 'rules'>,
  doubt: BlindSpotId,
): void {
  const rulesOf = (direction: Direction): readonly TieredRule[] =>
    (['allow', 'deny'] as const).map((action) => ({
      direction,
      action,
      ports: { numbered: TransportSet.ALL, named: [] },
      peers: [{ field: `spec (${action})`, named: [{ selector: { kind: 'anyone' }, doubt }] }],
    }));
  addTieredPolicy(draft, {
    ...policy,
    tier: { ...policy.tier, otherwise: 'next' },
    rules: policy.tier.applies.flatMap(rulesOf),
  });
}
