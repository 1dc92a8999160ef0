import { ALL_IPV4, NONE, TransportSet } from '#netset';
import type { Endpoint, Policy, Rule } from '#model';
import { cellOf, SURE } from '#engine';
import type { Audited } from '../audited.ts';
import type { Finding } from '../finding.ts';
import { fingerprintOf } from '../fingerprint.ts';

/** From this many addresses on a source is wide enough for "everything from there" to mean somebody did not choose: a /16. */
const WIDE = 65_536;

/** Groups that admit every protocol and port from a wide source or another group, where that really lets something in. */
export function checkAllTrafficGroups({ analysis }: Audited): Finding[] {
  const carriers = new Map<string, Endpoint[]>();
  for (const endpoint of analysis.network.endpoints.values()) {
    for (const policy of endpoint.policies) carriers.set(policy, [...(carriers.get(policy) ?? []), endpoint]);
  }
  const findings: Finding[] = [];
  for (const policy of analysis.network.policies.values()) {
    if (policy.kind !== 'any-allow') continue;
    const rules = policy.rules.filter((rule) => isWide(rule, policy));
    const hit = (carriers.get(policy.id) ?? []).filter((endpoint) =>
      rules.some((rule) => letsIn(rule, endpoint, { analysis })),
    );
    if (hit.length === 0) continue;
    const isWorld = rules.some(
      ({ selector }) => selector.kind === 'ips' && ALL_IPV4.isSubsetOf(selector.ips),
    );
    findings.push({
      check: 'all-traffic-group',
      severity: isWorld ? 'high' : 'medium',
      certainty: 'surely',
      fingerprint: fingerprintOf('all-traffic-group', policy.id),
      title: `group ${policy.name} lets all traffic in${isWorld ? ' from anywhere' : ''}: ${String(hit.length)} interface${hit.length === 1 ? '' : 's'} open on every port to whoever can route there`,
      workload: { id: policy.id, name: policy.name },
      endpoints: hit,
      transport: TransportSet.ALL,
      culprits: rules.map((rule) => ({ policy: policy.id, rule })),
      because: [],
    });
  }
  return findings;
}

/** All traffic from a wide range, or from another group; members among themselves are how clusters work. */
function isWide({ direction, transport, selector }: Rule, policy: Policy): boolean {
  if (direction !== 'ingress' || !transport.equals(TransportSet.ALL)) return false;
  if (selector.kind === 'group') return (selector.group as string) !== policy.id;
  return selector.kind === 'ips' && (selector.ips.size4() >= WIDE || selector.ips.size6() > BigInt(WIDE));
}

function letsIn(rule: Rule, endpoint: Endpoint, { analysis }: Audited): boolean {
  return analysis.planes.some((plane) =>
    plane.axis.positionsOf(endpoint.id).some((to) =>
      plane.policies.spansOf(rule.selector, endpoint.network)[SURE].some(([start, end]) => {
        for (let from = start; from < end; from += 1) {
          if (cellOf(plane, from, to, SURE).session !== NONE) return true;
        }
        return false;
      }),
    ),
  );
}
