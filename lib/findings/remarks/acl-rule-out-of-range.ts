import type { IpSet } from '#netset';
import type { Rule, Subnet } from '#model';
import type { Audited } from '../audited.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { count } from '../name-list.ts';
import type { Remark } from '../remark.ts';
import { aclsInUse } from './acls-in-use.ts';
import { PRIVATE, Ranges } from './ranges-of.ts';

/**
 * Rules at the border of a subnet that no packet meets: for addresses of the subnet itself, whose packets among each other cross no border,
 * and, of those that allow, for private addresses from nowhere. A deny for addresses from nowhere is a belt beside the braces.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html#nacl-basics
 */
export function checkAclRanges({ analysis }: Audited): Remark[] {
  const ranges = new Ranges(analysis.network);
  return aclsInUse(analysis.network).flatMap(({ policy, subnets }) => {
    const near = ranges.ofAll(subnets.map(({ network }) => network));
    const inside = policy.rules.filter((rule) => isWithinEach(rule, subnets));
    const astray = policy.rules.filter((rule) => !inside.includes(rule) && isFromNowhere(rule, near));
    const idle = [...inside, ...astray];
    if (idle.length === 0) return [];
    const why =
      inside.length === 0
        ? 'they name private addresses that nothing here has'
        : 'what stays within a subnet crosses no border, and is not filtered by it';
    return [
      {
        check: 'acl-rule-out-of-range',
        severity: inside.some(({ action }) => action === 'deny') ? 'low' : 'info',
        fingerprint: fingerprintOf('acl-rule-out-of-range', policy.id),
        title: `no packet meets ${count(idle.length, 'rule')} of ACL ${policy.name}: ${why}`,
        subject: { id: policy.id, name: policy.name },
        rules: idle.map((rule) => ({ policy: policy.id, rule })),
      },
    ];
  });
}

function isWithinEach({ selector, doubt }: Rule, subnets: readonly Subnet[]): boolean {
  if (doubt !== undefined || selector.kind !== 'ips' || selector.ips.isEmpty) return false;
  return subnets.every(({ cidrs }) => selector.ips.isSubsetOf(cidrs));
}

function isFromNowhere({ action, selector, doubt }: Rule, near: IpSet | undefined): boolean {
  if (near === undefined || action !== 'allow' || doubt !== undefined || selector.kind !== 'ips')
    return false;
  return !selector.ips.isEmpty && selector.ips.isSubsetOf(PRIVATE) && !selector.ips.overlaps(near);
}
