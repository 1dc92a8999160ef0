import { formatIp, type IpSet } from '#netset';
import { exposures, ipsFor } from '#engine';
import type { Policy, Rule } from '#model';
import type { Audited } from '../audited.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { count } from '../name-list.ts';
import type { Remark } from '../remark.ts';
import { nameServices, SENSITIVE_PORTS } from '../sensitive-ports.ts';

/**
 * Groups by which one single address of the internet gets at an admin or data port. It is no exposure: few are let in. But it is how somebody's
 * home gets into a network, and how somebody who is in keeps a way back; and such an address belongs to somebody else some day.
 */
export function checkSingleAddresses({ analysis }: Audited): Remark[] {
  const found = new Map<Policy, Set<Rule>>();
  for (const { endpoint, possible } of exposures(analysis)) {
    const getIn = ipsFor(possible, SENSITIVE_PORTS);
    for (const id of endpoint.policies) {
      const policy = analysis.network.policies.get(id);
      if (policy === undefined) continue;
      for (const rule of policy.rules) {
        const { direction, selector, transport } = rule;
        if (direction !== 'ingress' || selector.kind !== 'ips' || !transport.overlaps(SENSITIVE_PORTS))
          continue;
        if (isSingle(selector.ips) && selector.ips.isSubsetOf(getIn))
          found.set(policy, (found.get(policy) ?? new Set()).add(rule));
      }
    }
  }
  return [...found].map(([policy, rules]) => remarkOf(policy, [...rules]));
}

function remarkOf(policy: Policy, rules: readonly Rule[]): Remark {
  const services = [...new Set(rules.map(({ transport }) => nameServices(transport)))].join(', ');
  const [ip] = rules.flatMap(({ selector }) => (selector.kind === 'ips' ? (selector.ips.first() ?? []) : []));
  const from =
    rules.length > 1 || ip === undefined
      ? count(rules.length, 'single address', 'single addresses')
      : `the single address ${formatIp(ip)}`;
  return {
    check: 'single-address-admitted',
    severity: 'info',
    fingerprint: fingerprintOf('single-address-admitted', policy.id),
    title: `group ${policy.name} lets ${from} of the internet in on ${services}: whose is it, and is it still?`,
    subject: { id: policy.id, name: policy.name },
    rules: rules.map((rule) => ({ policy: policy.id, rule })),
  };
}

function isSingle(ips: IpSet): boolean {
  return ips.size4() + Number(ips.size6()) === 1;
}
