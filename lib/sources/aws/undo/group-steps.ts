import type { AwsSnapshot } from '../resources/index.ts';
import { revokeByIds } from './group-rules.ts';
import { groupRulesOf, PERMISSIONS, type GroupRule } from './group-rule.ts';
import { isSameValue, objectsOf, textOf } from './members.ts';
import { permissionsOf, ruleRequestOf } from './permission.ts';
import { shellWord } from './shell-word.ts';
import type { Step, Steps } from './step.ts';
import { withGroupRules, withoutGroupRules } from './with-group-rules.ts';

/** The way back for the rules of the security groups that are in both reads. */
export function groupSteps(before: AwsSnapshot, after: AwsSnapshot): Steps {
  const changedGroups = groupsThatDiffer(before, after);
  const old = groupRulesOf(before, changedGroups);
  const { region } = after._meta;
  const shutting: Step[] = [];
  const opening: Step[] = [];
  const either: Step[] = [];
  for (const [group, is] of groupRulesOf(after, changedGroups)) {
    const was = old.get(group);
    if (was === undefined) continue;
    const { added, removed, changed } = compared(was, is);
    for (const direction of ['ingress', 'egress'] as const) {
      const fresh = added.filter((rule) => rule.direction === direction);
      const gone = removed.filter((rule) => rule.direction === direction);
      const named = fresh.filter(({ id }) => id !== undefined);
      const unnamed = fresh.filter(({ id }) => id === undefined);
      const ids = named.flatMap(({ id }) => id ?? []);
      if (named.length > 0) shutting.push(removing(named, revokeByIds(region, group, direction, ids)));
      if (unnamed.length > 0)
        shutting.push(
          removing(unnamed, byPermissions(`revoke-security-group-${direction}`, region, group, unnamed)),
        );
      if (gone.length > 0)
        opening.push({
          command: byPermissions(`authorize-security-group-${direction}`, region, group, gone),
          apply: (snapshot) => withGroupRules(snapshot, gone),
        });
    }
    if (changed.length > 0) either.push(modifying(region, group, changed));
  }
  return { shutting, opening, either };
}

/** Few groups of an account change at once: only those are read rule by rule. */
function groupsThatDiffer(before: AwsSnapshot, after: AwsSnapshot): ReadonlySet<string> {
  const groupsOf = ({ DescribeSecurityGroups: described }: AwsSnapshot) =>
    objectsOf(described?.SecurityGroups).flatMap((group) => {
      const id = textOf(group, 'GroupId');
      return id === undefined ? [] : [[id, group] as const];
    });
  const old = new Map(groupsOf(before));
  return new Set(
    groupsOf(after).flatMap(([id, group]) =>
      PERMISSIONS.every(([, member]) => isSameValue(old.get(id)?.[member], group[member])) ? [] : [id],
    ),
  );
}

type ChangedRule = { readonly was: GroupRule; readonly is: GroupRule };

/** A rule that kept its id and says something else was changed in place, by ModifySecurityGroupRules. */
function compared(was: ReadonlyMap<string, GroupRule>, is: ReadonlyMap<string, GroupRule>) {
  const added = [...is].flatMap(([words, rule]) => (was.has(words) ? [] : [rule]));
  const removed = [...was].flatMap(([words, rule]) => (is.has(words) ? [] : [rule]));
  const freshById = new Map(added.flatMap((rule) => (rule.id === undefined ? [] : [[rule.id, rule]])));
  const changed: ChangedRule[] = removed.flatMap((rule) => {
    const now = rule.id === undefined ? undefined : freshById.get(rule.id);
    return now === undefined ? [] : [{ was: rule, is: now }];
  });
  return {
    added: added.filter((rule) => !changed.some((change) => change.is === rule)),
    removed: removed.filter((rule) => !changed.some((change) => change.was === rule)),
    changed,
  };
}

function removing(rules: readonly GroupRule[], command: string): Step {
  return { command, apply: (snapshot) => withoutGroupRules(snapshot, rules) };
}

/**
 * A command about rules of one group that are told by what they say.
 *
 * https://docs.aws.amazon.com/cli/latest/reference/ec2/authorize-security-group-ingress.html
 */
function byPermissions(
  operation: string,
  region: string,
  group: string,
  rules: readonly GroupRule[],
): string {
  return [
    `aws ec2 ${operation}`,
    `--region ${shellWord(region)}`,
    `--group-id ${shellWord(group)}`,
    `--ip-permissions ${shellWord(JSON.stringify(permissionsOf(rules)))}`,
  ].join(' ');
}

/** https://docs.aws.amazon.com/cli/latest/reference/ec2/modify-security-group-rules.html */
function modifying(region: string, group: string, changed: readonly ChangedRule[]): Step {
  const updates = changed.map(({ was }) => ({
    SecurityGroupRuleId: was.id,
    SecurityGroupRule: ruleRequestOf(was),
  }));
  return {
    command: [
      'aws ec2 modify-security-group-rules',
      `--region ${shellWord(region)}`,
      `--group-id ${shellWord(group)}`,
      `--security-group-rules ${shellWord(JSON.stringify(updates))}`,
    ].join(' '),
    apply: (snapshot) =>
      withGroupRules(
        withoutGroupRules(
          snapshot,
          changed.map(({ is }) => is),
        ),
        changed.map(({ was }) => was),
      ),
  };
}
