import type { AwsSnapshot } from '../resources/index.ts';
import { ownerOf, PERMISSIONS, ruleOfItem, SOURCES, wordsOf, type GroupRule } from './group-rule.ts';
import { objectsOf, textOf, type Members } from './members.ts';
import { permissionsOf } from './permission.ts';

/** A snapshot as it would be without these rules. What could not be read stays as it is. */
export function withoutGroupRules(snapshot: AwsSnapshot, rules: readonly GroupRule[]): AwsSnapshot {
  const gone = new Set(rules.map(inGroup));
  return edited(snapshot, rules, (permissions, { id, direction, owner }) =>
    permissions.map((permission) => ({
      ...permission,
      ...Object.fromEntries(
        SOURCES.map(([list]) => [
          list,
          objectsOf(permission[list]).filter((item) => {
            const rule = ruleOfItem(id, direction, permission, list, item, owner);
            return rule === undefined || !gone.has(inGroup(rule));
          }),
        ]),
      ),
    })),
  );
}

/** A snapshot as it would be with these rules too, for the groups that it has. */
export function withGroupRules(snapshot: AwsSnapshot, rules: readonly GroupRule[]): AwsSnapshot {
  return edited(snapshot, rules, (permissions, { id, direction }) => [
    ...permissions,
    ...(permissionsOf(
      rules.filter((rule) => rule.group === id && rule.direction === direction),
    ) as readonly Members[]),
  ]);
}

function inGroup(rule: GroupRule): string {
  return `${rule.group} ${wordsOf(rule)}`;
}

type Side = { readonly id: string; readonly direction: GroupRule['direction']; readonly owner: string };

/** Only the groups are edited: the records of their rules give ids, and do not decide what is let in. */
function edited(
  snapshot: AwsSnapshot,
  rules: readonly GroupRule[],
  edit: (permissions: readonly Members[], side: Side) => readonly Members[],
): AwsSnapshot {
  const groups = new Set(rules.map(({ group }) => group));
  const editedGroup = (group: Members, id: string): Members => ({
    ...group,
    ...Object.fromEntries(
      PERMISSIONS.map(([direction, member]) => [
        member,
        edit(objectsOf(group[member]), { id, direction, owner: ownerOf(group, snapshot) }),
      ]),
    ),
  });
  return {
    ...snapshot,
    DescribeSecurityGroups: {
      ...snapshot.DescribeSecurityGroups,
      SecurityGroups: objectsOf(snapshot.DescribeSecurityGroups?.SecurityGroups).map((group) => {
        const id = textOf(group, 'GroupId');
        return id !== undefined && groups.has(id) ? editedGroup(group, id) : group;
      }),
    },
  };
}
