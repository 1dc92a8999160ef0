import type { Audited } from '../audited.ts';
import { fingerprintOf } from '../fingerprint.ts';
import type { Remark } from '../remark.ts';

/** Lists in order that stand before no subnet. A network's own first list stays, used or not. */
export function checkUnattachedAcls({ analysis }: Audited): Remark[] {
  const { policies, subnets } = analysis.network;
  const used = new Set([...subnets.values()].map(({ policy }) => policy));
  return [...policies.values()].flatMap((policy) => {
    const isIdle = policy.kind === 'first-match' && !policy.isDefault && !used.has(policy.id);
    if (!isIdle || policy.carriersUnread !== undefined) return [];
    return [
      {
        check: 'acl-unattached',
        severity: 'info',
        fingerprint: fingerprintOf('acl-unattached', policy.id),
        title: `ACL ${policy.name} stands before no subnet`,
        subject: { id: policy.id, name: policy.name },
        rules: [],
      },
    ];
  });
}
