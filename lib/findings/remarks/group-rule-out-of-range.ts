import type { Audited } from '../audited.ts';
import { carriersOf } from '../carriers.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { count } from '../name-list.ts';
import type { Remark } from '../remark.ts';
import { PRIVATE, Ranges } from './ranges-of.ts';

/**
 * Rules of a group for private addresses that neither its network nor a peer of it has. Silent where a site outside, a transit gateway or an
 * appliance may bring any private address.
 */
export function checkGroupRanges({ analysis }: Audited): Remark[] {
  const carriers = carriersOf(analysis.network);
  const ranges = new Ranges(analysis.network);
  return [...analysis.network.policies.values()].flatMap((policy) => {
    const carriedBy = policy.kind === 'any-allow' ? (carriers.get(policy.id) ?? []) : [];
    if (carriedBy.length === 0) return [];
    const near = ranges.ofAll(carriedBy.map(({ network }) => network));
    if (near === undefined) return [];
    const astray = policy.rules.filter(
      ({ selector, doubt }) =>
        doubt === undefined &&
        selector.kind === 'ips' &&
        !selector.ips.isEmpty &&
        selector.ips.isSubsetOf(PRIVATE) &&
        !selector.ips.overlaps(near),
    );
    if (astray.length === 0) return [];
    return [
      {
        check: 'group-rule-out-of-range',
        severity: 'low',
        fingerprint: fingerprintOf('group-rule-out-of-range', policy.id),
        title: `${count(astray.length, 'rule')} of group ${policy.name} name${astray.length === 1 ? 's' : ''} private addresses that nothing here has: neither its network nor a peer`,
        subject: { id: policy.id, name: policy.name },
        rules: astray.map((rule) => ({ policy: policy.id, rule })),
      },
    ];
  });
}
