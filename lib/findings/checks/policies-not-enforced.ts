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
    // two folders of one cluster have two names
    const id = `cluster/${first.at.id.split(' ', 1)[0] ?? ''}`;
    // one object is several in the model where its ports differ
    const names = [...new Set(policies.map(({ name }) => name))].sort();
    return [
      {
        check: 'policies-not-enforced',
        severity: 'critical',
        certainty: 'surely',
        fingerprint: fingerprintOf('policies-not-enforced', id),
        title: `${count(names.length, 'policy', 'policies')} of cluster ${first.at.account} ${names.length === 1 ? 'has' : 'have'} no effect (${nameList(names, 3)}): ${first.inert.why}. ${first.inert.remedy}`,
        workload: { id, name: `cluster ${first.at.account}` },
        endpoints: [],
        culprits: [],
        because: [],
      },
    ];
  });
}
