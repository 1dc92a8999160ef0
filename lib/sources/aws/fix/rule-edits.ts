import type { Network, Policy } from '#model';
import { wordsOf, type GroupRule } from '../undo/group-rule.ts';
import type { ModelChange } from './change.ts';
import { vendorRule, vendorRuleId } from './vendor-rule.ts';

/** A rule of a security group that goes, and those that come in its place and are not there yet. */
export type RuleEdit = {
  readonly policy: Policy;
  readonly region: string;
  readonly old: GroupRule | undefined;
  readonly id: string | undefined;
  readonly instead: readonly GroupRule[];
};

/** The rule changes in AWS's terms, each rule once; `undefined` where one of them cannot be said. */
export function ruleEdits(
  network: Network,
  changes: readonly ModelChange[],
): readonly RuleEdit[] | undefined {
  const edits = new Map<string, RuleEdit>();
  const there = new Map<string, Set<string>>();
  for (const change of changes) {
    if (change.kind !== 'rule') continue;
    const policy = network.policies.get(change.policy);
    if (policy?.kind !== 'any-allow' || policy.at.source !== 'aws') return undefined;
    const old = vendorRule(policy, change.rule, change.rule, network);
    const id = vendorRuleId(change.rule);
    if (old === undefined && id === undefined) return undefined;
    const known = there.get(policy.id) ?? new Set(rulesOf(policy, network).map(wordsOf));
    there.set(policy.id, known);
    const instead: GroupRule[] = [];
    for (const words of change.instead) {
      const rule = vendorRule(policy, change.rule, words, network);
      if (rule === undefined) return undefined;
      // AWS refuses a rule that is there already
      if (known.size < known.add(wordsOf(rule)).size) instead.push(rule);
    }
    const key = `${policy.id} ${id ?? (old === undefined ? '' : wordsOf(old))}`;
    const same = edits.get(key);
    edits.set(key, {
      policy,
      region: policy.at.region,
      old,
      id,
      instead: [...(same?.instead ?? []), ...instead],
    });
  }
  return [...edits.values()];
}

function rulesOf(policy: Policy, network: Network): readonly GroupRule[] {
  return policy.rules.flatMap((rule) => vendorRule(policy, rule, rule, network) ?? []);
}
