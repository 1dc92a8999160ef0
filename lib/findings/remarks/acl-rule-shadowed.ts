import { ALL_IPS, ALL_IPV4, ALL_IPV6, HeaderSpace, TransportSet } from '#netset';
import type { Policy, Rule } from '#model';
import type { Audited } from '../audited.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { count } from '../name-list.ts';
import type { Remark } from '../remark.ts';
import { aclsInUse } from './acls-in-use.ts';

/** A list longer than this is none that AWS accepts (20 a direction, 40 by request), and would cost its length squared. */
const LONGEST = 400;

/** Rules of a list in order that are never the first to match. A deny behind an allow is what somebody believes in. */
export function checkShadowedRules({ analysis }: Audited): Remark[] {
  return aclsInUse(analysis.network).flatMap(({ policy }) => {
    if (policy.rules.length > LONGEST) return [];
    const shadowed = (['ingress', 'egress'] as const).flatMap((direction) =>
      shadowedRules(policy, direction),
    );
    if (shadowed.length === 0) return [];
    const isMisleading = shadowed.some(({ isOpposed }) => isOpposed);
    return [
      {
        check: 'acl-rule-shadowed',
        severity: isMisleading ? 'low' : 'info',
        fingerprint: fingerprintOf('acl-rule-shadowed', policy.id),
        title: `${count(shadowed.length, 'rule')} of ACL ${policy.name} never decide${shadowed.length === 1 ? 's' : ''}: earlier rules match first${isMisleading ? ', and say the opposite' : ''}`,
        subject: { id: policy.id, name: policy.name },
        rules: shadowed.map(({ rule }) => ({ policy: policy.id, rule })),
      },
    ];
  });
}

function shadowedRules(
  { rules }: Policy,
  direction: Rule['direction'],
): { readonly rule: Rule; readonly isOpposed: boolean }[] {
  const inOrder = rules.filter((rule) => rule.direction === direction);
  const spaces = inOrder.map(spaceOf);
  return inOrder.flatMap((rule, at) => {
    let left = rule.doubt === undefined ? spaces[at] : undefined;
    if (left === undefined || isLastWord(rule, inOrder.slice(at + 1))) return [];
    let isOpposed = false;
    for (const [i, earlier] of inOrder.slice(0, at).entries()) {
      const taken = spaces[i];
      // one that is in doubt may not match
      if (taken === undefined || earlier.doubt !== undefined || !taken.overlaps(left)) continue;
      left = left.subtract(taken);
      isOpposed ||= earlier.action !== rule.action;
    }
    return left.isEmpty ? [{ rule, isOpposed }] : [];
  });
}

function spaceOf({ selector, transport }: Rule): HeaderSpace | undefined {
  return selector.kind === 'ips' ? HeaderSpace.of(selector.ips, ALL_IPS, transport) : undefined;
}

/** The deny of everything with which every list ends, whatever stands before it. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html#nacl-basics */
function isLastWord({ action, selector, transport }: Rule, later: readonly Rule[]): boolean {
  if (action !== 'deny' || selector.kind !== 'ips' || !transport.equals(TransportSet.ALL)) return false;
  const family = [ALL_IPV4, ALL_IPV6].find((all) => all.isSubsetOf(selector.ips));
  return (
    family !== undefined &&
    later.every(({ selector: other }) => other.kind !== 'ips' || !other.ips.overlaps(family))
  );
}
