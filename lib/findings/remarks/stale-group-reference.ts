import type { Network, Rule } from '#model';
import type { Audited } from '../audited.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { count } from '../name-list.ts';
import type { Remark } from '../remark.ts';

/**
 * Rules that name a group which is not there any more, or which is on the far side of a peering that is gone: they admit nobody, and somebody
 * may take them for a way in that works.
 *
 * https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html#vpc-peering-stale-groups
 */
export function checkStaleReferences({ analysis }: Audited): Remark[] {
  const { network } = analysis;
  return [...network.policies.values()].flatMap((policy) => {
    const stale = policy.rules.filter((rule) => isStale(rule, network));
    if (stale.length === 0) return [];
    return [
      {
        check: 'stale-group-reference',
        severity: 'low',
        fingerprint: fingerprintOf('stale-group-reference', policy.id),
        title: `${count(stale.length, 'rule')} of group ${policy.name} name${stale.length === 1 ? 's' : ''} a group that is gone, or that no peering leads to any more`,
        subject: { id: policy.id, name: policy.name },
        rules: stale.map((rule) => ({ policy: policy.id, rule })),
      },
    ];
  });
}

function isStale({ selector, isStale: isSaid }: Rule, { blindSpots }: Network): boolean {
  if (selector.kind !== 'group') return false;
  if (isSaid === true) return true;
  const { beyond } = selector;
  return beyond !== undefined && blindSpots.get(beyond)?.code === 'dangling';
}
