import type { Network } from '#model';
import { revokeByIds } from '../undo/group-rules.ts';
import type { GroupRule } from '../undo/group-rule.ts';
import { permissionsOf, ruleRequestOf } from '../undo/permission.ts';
import { shellWord } from '../undo/shell-word.ts';
import type { ModelChange } from './change.ts';
import { createEntries } from './acl-entries.ts';
import { deleteListener, deleteRoute } from './deletions.ts';
import { ownGroupCommands } from './own-group.ts';
import { ruleEdits, type RuleEdit } from './rule-edits.ts';

/** Commands of the AWS command line that make these changes, in an order in which nothing is shut for longer than meant. Empty: it has none. */
export function cliCommands(network: Network, changes: readonly ModelChange[]): readonly string[] {
  const edits = ruleEdits(network, changes);
  if (edits === undefined) return [];
  const others = changes.flatMap((change) => otherCommands(network, change));
  if (others.includes(undefined)) return [];
  return [...ruleCommands(edits), ...others.filter((command) => command !== undefined)];
}

/** What is to stay is let in before what is too wide is taken away; a rule that only becomes narrower is changed where it stands. */
function ruleCommands(edits: readonly RuleEdit[]): readonly string[] {
  const modified = edits.filter(isModified);
  const replaced = edits.filter((edit) => !isModified(edit));
  const authorized = grouped(replaced.flatMap((edit) => edit.instead.map((rule) => ({ edit, rule }))));
  const byIds = new Map<string, { readonly edit: RuleEdit; readonly ids: string[] }>();
  for (const edit of replaced) {
    if (edit.id === undefined) continue;
    const key = `${edit.policy.id} ${directionOf(edit)}`;
    const known = byIds.get(key);
    if (known === undefined) byIds.set(key, { edit, ids: [edit.id] });
    else known.ids.push(edit.id);
  }
  const bySource = grouped(
    replaced.flatMap((edit) =>
      edit.id === undefined && edit.old !== undefined ? [{ edit, rule: edit.old }] : [],
    ),
  );
  return [
    ...modified.map(modify),
    ...authorized.map((each) => byPermissions('authorize', each)),
    ...[...byIds.values()].map(({ edit, ids }) =>
      revokeByIds(edit.region, edit.policy.at.id, directionOf(edit), ids),
    ),
    ...bySource.map((each) => byPermissions('revoke', each)),
  ];
}

function directionOf({ old, instead }: RuleEdit): GroupRule['direction'] {
  return old?.direction ?? instead[0]?.direction ?? 'ingress';
}

/** A rule keeps its id and its kind of source. https://docs.aws.amazon.com/cli/latest/reference/ec2/modify-security-group-rules.html */
function isModified({ id, old, instead }: RuleEdit): boolean {
  const [only, ...more] = instead;
  return id !== undefined && only !== undefined && more.length === 0 && old?.source.kind === only.source.kind;
}

function modify({ region, policy, id, instead: [only] }: RuleEdit): string {
  const updates =
    only === undefined ? [] : [{ SecurityGroupRuleId: id, SecurityGroupRule: ruleRequestOf(only) }];
  return [
    'aws ec2 modify-security-group-rules',
    `--region ${shellWord(region)}`,
    `--group-id ${shellWord(policy.at.id)}`,
    `--security-group-rules ${shellWord(JSON.stringify(updates))}`,
  ].join(' ');
}

type OfGroup = {
  readonly region: string;
  readonly group: string;
  readonly direction: GroupRule['direction'];
  readonly rules: GroupRule[];
};

function grouped(all: readonly { readonly edit: RuleEdit; readonly rule: GroupRule }[]): readonly OfGroup[] {
  const groups = new Map<string, OfGroup>();
  for (const { edit, rule } of all) {
    const key = `${rule.group} ${rule.direction}`;
    const known = groups.get(key);
    if (known === undefined)
      groups.set(key, { region: edit.region, group: rule.group, direction: rule.direction, rules: [rule] });
    else known.rules.push(rule);
  }
  return [...groups.values()];
}

/** By exactly what the rules say: of a permission with several sources the others stay. */
function byPermissions(verb: 'authorize' | 'revoke', { region, group, direction, rules }: OfGroup): string {
  return [
    `aws ec2 ${verb}-security-group-${direction}`,
    `--region ${shellWord(region)}`,
    `--group-id ${shellWord(group)}`,
    `--ip-permissions ${shellWord(JSON.stringify(permissionsOf(rules)))}`,
  ].join(' ');
}

function otherCommands(network: Network, change: ModelChange): readonly (string | undefined)[] {
  switch (change.kind) {
    case 'rule':
      return [];
    case 'route':
      return [deleteRoute(network, change)];
    case 'listener':
      return [deleteListener(network, change)];
    case 'acl':
      return createEntries(network, change);
    case 'group':
      return ownGroupCommands(network, change);
  }
}
