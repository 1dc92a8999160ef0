import type { Audited } from '../audited.ts';
import type { Finding } from '../finding.ts';
import { fingerprintOf } from '../fingerprint.ts';

/** Workloads that run on a network's default group: whatever is launched without a choice of group joins them. */
export function checkDefaultGroups({ analysis }: Audited): Finding[] {
  const findings = new Map<string, Finding>();
  const { endpoints, policies } = analysis.network;
  // the live ones first: they say how grave it is
  const liveFirst = [...endpoints.values()].sort(
    (a, b) => Number(b.liveness === 'live') - Number(a.liveness === 'live'),
  );
  for (const endpoint of liveFirst) {
    const used = endpoint.policies.flatMap((id) => {
      const policy = policies.get(id);
      return policy?.kind === 'any-allow' && policy.isDefault ? [policy] : [];
    });
    if (used.length === 0) continue;
    const known = findings.get(endpoint.workload.id);
    if (known !== undefined) {
      findings.set(endpoint.workload.id, { ...known, endpoints: [...known.endpoints, endpoint] });
      continue;
    }
    const isLive = endpoint.liveness === 'live';
    findings.set(endpoint.workload.id, {
      check: 'default-group-in-use',
      severity: isLive ? 'low' : 'info',
      certainty: 'surely',
      fingerprint: fingerprintOf('default-group-in-use', endpoint.workload.id),
      title: `${endpoint.workload.name} ${isLive ? 'runs on' : 'is idle and carries'} the default group: whatever is launched without a group joins it`,
      workload: endpoint.workload,
      endpoints: [endpoint],
      culprits: used.flatMap((policy) =>
        policy.rules
          .filter(({ direction }) => direction === 'ingress')
          .map((rule) => ({ policy: policy.id, rule })),
      ),
      because: [],
    });
  }
  return [...findings.values()];
}
