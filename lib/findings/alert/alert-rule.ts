import { describeSelector, type Endpoint, type Network, type PolicyId, type Rule } from '#model';
import { ruleChanges, type RuleChange } from '../rule-changes.ts';
import type { Culprit } from '../finding.ts';
import type { Alert, AlertRule } from './alert.ts';

/** More rules than these say no more to whoever reads an alert. */
const MOST = 3;

type Listed = Pick<Alert, 'rules' | 'moreRules'>;

/** The rules that findings rest on. */
export function culpritRules(culprits: readonly Culprit[], network: Network | undefined): Listed {
  return listed(culprits.map(({ policy, rule }) => alertRule(policy, rule, network)));
}

/**
 * The rules by whose change something opened or closed, those on the endpoints' way if any are. Of lists in which everything listed is
 * let in, only what was added can open, and only what was removed can close.
 */
export function changedRules(
  before: Network,
  after: Network,
  direction: 'opening' | 'closing',
  endpoints: readonly Endpoint[],
): Listed {
  const changes = ruleChanges(before, after).filter(({ policy, before: was, after: is }) => {
    const isOrdered = after.policies.get(policy as PolicyId)?.kind === 'first-match';
    return isOrdered || (direction === 'opening' ? is !== undefined : was !== undefined);
  });
  const near = new Set<string>(
    endpoints.flatMap(({ policies, subnet }) => [
      ...policies,
      ...[before, after].flatMap(({ subnets }) => subnets.get(subnet)?.policy ?? []),
    ]),
  );
  const onTheWay = changes.filter(({ policy }) => near.has(policy));
  return listed((onTheWay.length > 0 ? onTheWay : changes).flatMap((change) => changedRule(change, after)));
}

function changedRule({ policy, before, after }: RuleChange, network: Network): AlertRule[] {
  const rule = after ?? before;
  if (rule === undefined) return [];
  const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'edited';
  const was = before === undefined || change !== 'edited' ? '' : ruleText(before);
  const told = alertRule(policy, rule, network);
  // a prefix list that a rule names may hold other addresses and go by the same name
  return [
    { ...told, text: was === '' || was === told.text ? told.text : `${told.text}, before: ${was}`, change },
  ];
}

function alertRule(policy: string, rule: Rule, network: Network | undefined): AlertRule {
  return {
    id: rule.id,
    policy,
    policyName: network?.policies.get(policy as PolicyId)?.name ?? '',
    text: ruleText(rule),
    description: rule.description,
  };
}

function ruleText({ action, direction, transport, selector }: Rule): string {
  const far = `${direction === 'ingress' ? 'from' : 'to'} ${describeSelector(selector)}`;
  return `${action === 'deny' ? 'deny ' : ''}${transport.toString()} ${far}`;
}

function listed(rules: readonly AlertRule[]): Listed {
  return { rules: rules.slice(0, MOST), moreRules: Math.max(0, rules.length - MOST) };
}
