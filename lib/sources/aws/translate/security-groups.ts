import { idOf, type Direction, type Policy, type PolicyId, type Rule } from '#model';
import type { Draft } from './draft.ts';
import { GroupRules, type GroupFacts, type GroupReader } from './group-rules.ts';
import { tagsOf } from './tags.ts';
import type { Item } from './target.ts';

const MEMBERS = [
  ['ingress', 'IpPermissions'],
  ['egress', 'IpPermissionsEgress'],
] as const satisfies readonly (readonly [Direction, string])[];

/** The name that AWS gives to the group every VPC has from the start, and to no other. */
const DEFAULT_NAME = 'default';

/**
 * The security groups, each a policy in which any rule allows.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
 */
export function addSecurityGroups(
  draft: Draft,
  groups: ReadonlyMap<string, Item>,
  reader: GroupReader,
): void {
  for (const { id, place, target } of groups.values()) {
    const name = place.words('GroupName') || id;
    const unread = reader.members.unreadFor(target);
    const policy: Policy = {
      id: policyIdOf(draft, id),
      name,
      kind: 'any-allow',
      rules: rulesOf({ group: id, network: place.text('VpcId') ?? '', place, target }, reader),
      isDefault: name === DEFAULT_NAME,
      ...(unread !== undefined && { carriersUnread: unread }),
      tags: tagsOf(place),
      at: place.ref(id),
    };
    draft.policies.set(policy.id, policy);
  }
  addGroupsOfRecords(draft, groups, reader);
}

/** The id of a group's policy: the group's own, unless a file has an ACL of that name. ACLs come first. */
export function policyIdOf(draft: Draft, group: string): PolicyId {
  const id = idOf<'policy'>(group);
  return draft.policies.get(id)?.kind === 'first-match' ? idOf<'policy'>(`group:${group}`) : id;
}

function rulesOf(facts: GroupFacts, reader: GroupReader): Rule[] {
  return MEMBERS.flatMap(([direction, member]) => {
    const rules = new GroupRules(facts, direction, reader);
    const { group, place, target } = facts;
    const permissions = place.has(member) ? place.list(member) : undefined;
    if (permissions !== undefined) {
      for (const permission of permissions) rules.addPermission(permission);
    } else if (!place.has(member) && target.has('DescribeSecurityGroupRules')) {
      for (const record of reader.records.of(group, direction)) rules.addRecord(record.place());
      const unread = target.unread('DescribeSecurityGroupRules');
      if (unread !== undefined) rules.addUnknown(place, unread);
    } else {
      rules.addUnknown(place, place.odd(member, 'a list'));
    }
    return rules.rules;
  });
}

/** Where the groups themselves were not collected, those that have rules are known by the rules' records. */
function addGroupsOfRecords(draft: Draft, groups: ReadonlyMap<string, Item>, reader: GroupReader): void {
  for (const id of reader.records.groups) {
    if (groups.has(id)) continue;
    const directions = MEMBERS.map(([direction]) => ({
      direction,
      records: reader.records.of(id, direction),
    }));
    const first = directions.flatMap(({ records }) => records)[0];
    if (first === undefined) continue;
    const { target } = first;
    if (target.has('DescribeSecurityGroups')) continue;
    const facts: GroupFacts = { group: id, network: '', place: first.place(), target };
    const policy = policyIdOf(draft, id);
    draft.policies.set(policy, {
      id: policy,
      name: id,
      kind: 'any-allow',
      rules: directions.flatMap(({ direction, records }) => {
        const rules = new GroupRules(facts, direction, reader);
        for (const { place } of records) rules.addRecord(place());
        return rules.rules;
      }),
      isDefault: false,
      tags: new Map(),
      at: facts.place.ref(id),
    });
  }
}
