import { ALL_IPS, IpSet, TransportSet } from '#netset';
import type { Policy, Rule, Selector } from '#model';
import type { Audited } from '../audited.ts';
import { carriersOf } from '../carriers.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { count } from '../name-list.ts';
import type { Remark } from '../remark.ts';

/** More rules than AWS lets a group have (1,000, if every interface carries no more than one); a longer list is not looked at. */
const LONGEST = 1000;

/**
 * Rules of a group that change nothing, since other rules of it admit the same already: closing one of the two closes nothing. What only
 * several others admit together is found where they share the ports, or the addresses.
 */
export function checkImpliedRules({ analysis }: Audited): Remark[] {
  const carriers = carriersOf(analysis.network);
  return [...analysis.network.policies.values()].flatMap((policy) => {
    const isCarried = policy.kind === 'any-allow' && carriers.has(policy.id);
    if (!isCarried || policy.rules.length > LONGEST) return [];
    const implied = (['ingress', 'egress'] as const).flatMap((direction) => impliedRules(policy, direction));
    if (implied.length === 0) return [];
    return [
      {
        check: 'group-rule-implied',
        severity: 'info',
        fingerprint: fingerprintOf('group-rule-implied', policy.id),
        title: `${count(implied.length, 'rule')} of group ${policy.name} change${implied.length === 1 ? 's' : ''} nothing: other rules admit the same`,
        subject: { id: policy.id, name: policy.name },
        rules: implied.map((rule) => ({ policy: policy.id, rule })),
      },
    ];
  });
}

/** The narrow ones go first, so that of two that imply each other one stays. */
function impliedRules({ rules }: Policy, direction: Rule['direction']): Rule[] {
  const left = new Set(
    rules.filter(({ direction: way, doubt }) => way === direction && doubt === undefined).toSorted(byWidth),
  );
  const implied: Rule[] = [];
  for (const rule of left) {
    const others = [...left].filter((other) => other !== rule && isFirm(other.selector));
    if (!isCovered(rule, others)) continue;
    left.delete(rule);
    implied.push(rule);
  }
  return implied;
}

/** What a rule admits by a list that is kept elsewhere may be less tomorrow, and then the other is needed. */
function isFirm(selector: Selector): boolean {
  return selector.kind === 'group' || (selector.kind === 'ips' && selector.text === undefined);
}

function isCovered({ selector, transport }: Rule, others: readonly Rule[]): boolean {
  switch (selector.kind) {
    case 'ips':
      return coversIps(selector.ips, transport, others);
    case 'group': {
      // members have addresses of any network, so only a rule for all addresses surely holds them
      const same = others.filter(
        ({ selector: other }) =>
          (other.kind === 'group' && other.group === selector.group) ||
          (other.kind === 'ips' && ALL_IPS.isSubsetOf(other.ips)),
      );
      return transport.isSubsetOf(TransportSet.unionOf(same.map((other) => other.transport)));
    }
    case 'anyone':
    case 'labels':
    case 'unresolved':
      return false;
  }
}

function coversIps(ips: IpSet, transport: TransportSet, others: readonly Rule[]): boolean {
  const onSamePorts: IpSet[] = [];
  const fromSameIps: TransportSet[] = [];
  for (const { selector, transport: carried } of others) {
    if (selector.kind !== 'ips') continue;
    if (transport.isSubsetOf(carried)) onSamePorts.push(selector.ips);
    if (ips.isSubsetOf(selector.ips)) fromSameIps.push(carried);
  }
  return (
    ips.isSubsetOf(IpSet.unionOf(onSamePorts)) || transport.isSubsetOf(TransportSet.unionOf(fromSameIps))
  );
}

function byWidth(a: Rule, b: Rule): number {
  return widthOf(a) - widthOf(b);
}

function widthOf({ selector }: Rule): number {
  if (selector.kind !== 'ips') return 0;
  return selector.ips.size4() + Number(selector.ips.size6());
}
