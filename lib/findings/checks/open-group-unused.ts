import { INTERNET, IpSet, TransportSet } from '#netset';
import type { Policy, Rule } from '#model';
import { breadthOf } from '#engine';
import type { Audited } from '../audited.ts';
import { carriersOf } from '../carriers.ts';
import type { Finding } from '../finding.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { nameServices, SENSITIVE_PORTS } from '../sensitive-ports.ts';

/**
 * Groups that admit a wide part of the internet to ports nobody should be able to knock at, and that nothing carries: open from the first
 * machine that is launched with them, with no rule changed then. Silent where not all was read that may carry them.
 */
export function checkUnusedOpenGroups({ analysis }: Audited): Finding[] {
  const carriers = carriersOf(analysis.network);
  const findings: Finding[] = [];
  for (const policy of analysis.network.policies.values()) {
    if (policy.kind !== 'any-allow' || policy.carriersUnread !== undefined || carriers.has(policy.id))
      continue;
    const { rules, transport } = wideRules(policy);
    if (rules.length === 0) continue;
    const next = policy.isDefault
      ? 'whatever is launched without a group'
      : 'the first thing launched with it';
    findings.push({
      check: 'open-group-unused',
      severity: 'low',
      certainty: 'surely',
      fingerprint: fingerprintOf('open-group-unused', policy.id),
      title: `group ${policy.name} admits ${nameServices(transport)} from the internet and nothing carries it: ${next} is open`,
      workload: { id: policy.id, name: policy.name },
      endpoints: [],
      transport,
      culprits: rules.map((rule) => ({ policy: policy.id, rule })),
      because: [],
    });
  }
  return findings;
}

/** The rules that together admit enough of the internet to some sensitive port: two halves count as well as the whole. */
function wideRules({ rules }: Policy): { readonly rules: readonly Rule[]; readonly transport: TransportSet } {
  const open = rules.filter(
    ({ direction, action, selector, transport }) =>
      direction === 'ingress' &&
      action === 'allow' &&
      selector.kind === 'ips' &&
      transport.overlaps(SENSITIVE_PORTS) &&
      selector.ips.overlaps(INTERNET),
  );
  const found = new Set<Rule>();
  let transport = TransportSet.NONE;
  for (const rule of open) {
    const ports = rule.transport.intersect(SENSITIVE_PORTS);
    const together = open.filter((other) => ports.isSubsetOf(other.transport));
    const ips = IpSet.unionOf(
      together.map(({ selector }) => (selector.kind === 'ips' ? selector.ips : IpSet.NONE)),
    ).intersect(INTERNET);
    if (breadthOf(ips, 4) === 'limited' && breadthOf(ips, 6) === 'limited') continue;
    transport = transport.union(ports);
    for (const each of together) found.add(each);
  }
  return { rules: [...found], transport };
}
