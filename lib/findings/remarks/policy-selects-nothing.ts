import type { Audited } from '../audited.ts';
import { Clusters } from '../clusters/cluster.ts';
import { fingerprintOf } from '../fingerprint.ts';
import type { Remark } from '../remark.ts';

/** Policies that are about no workload: a label that is spelt otherwise, or a namespace that is empty. Whoever wrote it believes in it. */
export function checkPoliciesWithoutPods({ analysis }: Audited): Remark[] {
  const clusters = new Clusters(analysis.network);
  return clusters
    .written()
    .filter((policy) => clusters.carriersOf(policy).length === 0)
    .map((policy) => ({
      check: 'policy-selects-nothing',
      severity: 'low',
      fingerprint: fingerprintOf('policy-selects-nothing', policy.at.id),
      title: `policy ${policy.name} selects no workload: nothing is kept in or out by it`,
      subject: { id: policy.at.id, name: policy.name },
      rules: [],
    }));
}
