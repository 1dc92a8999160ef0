import type { Policy } from '#model';
import type { Audited } from '../audited.ts';
import type { Finding } from '../finding.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { count, nameList } from '../name-list.ts';

/** Policies that somebody wrote and that nothing applies, once for each reason: whoever wrote them counts on them. */
export function checkInertPolicies({ analysis }: Audited): Finding[] {
  const byReason = new Map<string, Policy[]>();
  for (const policy of analysis.network.policies.values()) {
    if (policy.inert === undefined) continue;
    const key = JSON.stringify([policy.at.account, policy.inert.why]);
    byReason.set(key, [...(byReason.get(key) ?? []), policy]);
  }
  return [...byReason.values()].flatMap((policies) => {
    const [first] = policies;
    if (first?.inert === undefined) return [];
    const id = idFor(first);
    // one object is several in the model where its ports differ
    const names = [...new Set(policies.map(({ name }) => name))].sort();
    return [
      {
        check: 'policies-not-enforced',
        severity: 'critical',
        certainty: 'surely',
        fingerprint: inertFingerprint(first),
        // what is wrong before whom it concerns: a terminal cuts what is long
        title: `${count(names.length, 'policy', 'policies')} ${names.length === 1 ? 'has' : 'have'} no effect: ${first.inert.why} (${nameList(names, 3)})`,
        workload: { id, name: `cluster ${first.at.account}` },
        endpoints: [],
        culprits: [],
        because: [],
      },
    ];
  });
}

/** Of the kind of policy: two folders of one cluster have two names. */
function idFor({ at }: Policy): string {
  return `cluster/${at.id.split(' ', 1)[0] ?? ''}`;
}

/** Of the finding that a policy is part of, should nothing apply it. */
export function inertFingerprint(policy: Policy): string {
  return fingerprintOf('policies-not-enforced', idFor(policy));
}
