import type { Audited } from '../audited.ts';
import { carriersOf } from '../carriers.ts';
import { fingerprintOf } from '../fingerprint.ts';
import type { Remark } from '../remark.ts';

/**
 * Groups that nothing carries and no other group names. A launch template may still name one, which is not read; so it is something to look
 * at and not to delete. A network's default group cannot be deleted.
 */
export function checkUnattachedGroups({ analysis }: Audited): Remark[] {
  const { network } = analysis;
  const carriers = carriersOf(network);
  const named = new Set<string>();
  for (const { id, rules } of network.policies.values()) {
    for (const { selector } of rules)
      if (selector.kind === 'group' && (selector.group as string) !== id) named.add(selector.group);
  }
  return [...network.policies.values()].flatMap((policy) => {
    const isIdle = policy.kind === 'any-allow' && !policy.isDefault && !carriers.has(policy.id);
    if (!isIdle || named.has(policy.id) || policy.carriersUnread !== undefined) return [];
    return [
      {
        check: 'group-unattached',
        severity: 'info',
        fingerprint: fingerprintOf('group-unattached', policy.id),
        title: `nothing carries group ${policy.name}, and no other group names it`,
        subject: { id: policy.id, name: policy.name },
        rules: [],
      },
    ];
  });
}
