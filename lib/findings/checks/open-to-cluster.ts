import { TransportSet } from '#netset';
import type { Endpoint } from '#model';
import type { Audited } from '../audited.ts';
import { Clusters } from '../clusters/cluster.ts';
import type { Culprit, Finding } from '../finding.ts';
import { fingerprintOf } from '../fingerprint.ts';

/**
 * Workloads that a policy is about and that every pod of the cluster reaches all the same, since a rule admits everybody. What is published is
 * meant to be reached; what no policy is about is its namespace's matter.
 */
export function checkOpenToCluster({ analysis, intent }: Audited): Finding[] {
  const clusters = new Clusters(analysis.network);
  return clusters.workloads.flatMap((workload): Finding[] => {
    const isJewel = intent.isCrownJewel(workload);
    if (clusters.isPublished(workload) && !isJewel) return [];
    const culprits = broadRules(workload, clusters);
    if (culprits.length === 0) return [];
    const transport = TransportSet.unionOf(culprits.map(({ rule }) => rule.transport));
    return [
      {
        check: 'open-to-cluster',
        severity: isJewel ? 'high' : 'low',
        certainty: 'surely',
        fingerprint: fingerprintOf('open-to-cluster', workload.workload.id),
        title: `every pod of the cluster can open ${transport.toString()} on ${workload.name}: a policy is about it and admits everybody`,
        workload: workload.workload,
        endpoints: [workload],
        transport,
        culprits,
        because: [],
      },
    ];
  });
}

/** The rules that admit everybody, and that no policy of a tier before refuses. */
function broadRules(workload: Endpoint, clusters: Clusters): readonly Culprit[] {
  const policies = clusters.policiesOf(workload, 'ingress');
  if (policies.some(({ rules }) => rules.some(({ action }) => action === 'deny'))) return [];
  return policies.flatMap((policy) =>
    policy.rules
      .filter((rule) => rule.direction === 'ingress' && rule.action === 'allow' && clusters.isBroad(rule))
      .map((rule) => ({ policy: policy.id, rule })),
  );
}
