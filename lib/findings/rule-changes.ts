import { describeSelector, type Network, type Rule, type Selector } from '#model';

/** A rule that one network has and the other has not, or says otherwise. At least one side is there. */
export type RuleChange = {
  readonly policy: string;
  readonly before: Rule | undefined;
  readonly after: Rule | undefined;
};

/** The rules that came, went or changed, of the policies that both networks have. */
export function ruleChanges(before: Network, after: Network): readonly RuleChange[] {
  const changes: RuleChange[] = [];
  for (const now of after.policies.values()) {
    const old = before.policies.get(now.id);
    if (old === undefined) continue;
    const was = new Map(old.rules.map((rule) => [rule.id, rule]));
    const policyChanges: RuleChange[] = [];
    for (const rule of now.rules) {
      const known = was.get(rule.id);
      was.delete(rule.id);
      if (known === undefined || !isSame(known, rule))
        policyChanges.push({ policy: now.id, before: known, after: rule });
    }
    const gone = [...was.values()].map((rule) => ({ policy: now.id, before: rule, after: undefined }));
    // behind a rule that can no longer be read any of those that are gone may still be
    const isUnread = policyChanges.some(({ after: rule }) => rule?.selector.kind === 'unresolved');
    changes.push(...policyChanges, ...(isUnread ? [] : gone));
  }
  return changes;
}

function isSame(a: Rule, b: Rule): boolean {
  return (
    a.direction === b.direction &&
    a.action === b.action &&
    a.transport.equals(b.transport) &&
    isSameSelector(a.selector, b.selector)
  );
}

function isSameSelector(a: Selector, b: Selector): boolean {
  if (a.kind === 'ips' && b.kind === 'ips' && !a.ips.equals(b.ips)) return false;
  return a.kind === b.kind && describeSelector(a) === describeSelector(b);
}
