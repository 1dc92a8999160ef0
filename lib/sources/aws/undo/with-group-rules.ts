import type { AwsSnapshot } from '../resources/index.ts';
import {
  ownerOf,
  PERMISSIONS,
  ruleOfItem,
  ruleOfRecord,
  SOURCES,
  wordsOf,
  type GroupRule,
} from './group-rule.ts';
import { objectsOf, textOf, type Members } from './members.ts';
import { permissionsOf, ruleRequestOf } from './permission.ts';

/** A snapshot as it would be without these rules. What could not be read stays as it is. */
export function withoutGroupRules(snapshot: AwsSnapshot, rules: readonly GroupRule[]): AwsSnapshot {
  const gone = new Set(rules.map(inGroup));
  const isGone = (rule: GroupRule | undefined): boolean => rule !== undefined && gone.has(inGroup(rule));
  return edited(
    snapshot,
    new Set(rules.map(({ group }) => group)),
    (group, id) => ({
      ...group,
      ...Object.fromEntries(
        PERMISSIONS.map(([direction, member]) => [
          member,
          objectsOf(group[member]).map((permission) => ({
            ...permission,
            ...Object.fromEntries(
              SOURCES.map(([list]) => [
                list,
                objectsOf(permission[list]).filter(
                  (item) =>
                    !isGone(ruleOfItem(id, direction, permission, list, item, ownerOf(group, snapshot))),
                ),
              ]),
            ),
          })),
        ]),
      ),
    }),
    (records) => records.filter((record) => !isGone(ruleOfRecord(record, snapshot))),
  );
}

/** A snapshot as it would be with these rules too, for the groups that it has. */
export function withGroupRules(snapshot: AwsSnapshot, rules: readonly GroupRule[]): AwsSnapshot {
  const of = (id: string, direction: GroupRule['direction']): readonly GroupRule[] =>
    rules.filter((rule) => rule.group === id && rule.direction === direction);
  return edited(
    snapshot,
    new Set(rules.map(({ group }) => group)),
    (group, id) => ({
      ...group,
      ...Object.fromEntries(
        PERMISSIONS.map(([direction, member]) => [
          member,
          [...objectsOf(group[member]), ...permissionsOf(of(id, direction))],
        ]),
      ),
    }),
    (records) => [...records, ...rules.flatMap((rule) => (rule.id === undefined ? [] : [recordOf(rule)]))],
  );
}

function recordOf(rule: GroupRule): Members {
  const { ReferencedGroupId: id, ...said } = ruleRequestOf(rule) as Members;
  return {
    SecurityGroupRuleId: rule.id,
    GroupId: rule.group,
    IsEgress: rule.direction === 'egress',
    ...said,
    ...(id === undefined ? {} : { ReferencedGroupInfo: { GroupId: id } }),
  };
}

function inGroup(rule: GroupRule): string {
  return `${rule.group} ${wordsOf(rule)}`;
}

function edited(
  snapshot: AwsSnapshot,
  groups: ReadonlySet<string>,
  group: (group: Members, id: string) => Members,
  records: (records: readonly Members[]) => readonly Members[],
): AwsSnapshot {
  const { DescribeSecurityGroups: described, DescribeSecurityGroupRules: listed } = snapshot;
  return {
    ...snapshot,
    ...(described && {
      DescribeSecurityGroups: {
        ...described,
        SecurityGroups: objectsOf(described.SecurityGroups).map((each) => {
          const id = textOf(each, 'GroupId');
          return id !== undefined && groups.has(id) ? group(each, id) : each;
        }),
      },
    }),
    ...(listed && {
      DescribeSecurityGroupRules: {
        ...listed,
        SecurityGroupRules: records(objectsOf(listed.SecurityGroupRules)),
      },
    }),
  };
}
