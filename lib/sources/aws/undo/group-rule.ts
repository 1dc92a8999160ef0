import type { Direction } from '#model';
import type { AwsSnapshot } from '../resources/index.ts';
import { isObject, numberOf, objectsOf, textOf, type Members } from './members.ts';

/** A rule of a security group in AWS's own terms: one protocol, one range of ports, one source. */
export type GroupRule = {
  readonly group: string;
  readonly direction: Direction;
  readonly protocol: string;
  /** For ICMP the type and the code, -1 for any; absent for protocols without. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly source: GroupRuleSource;
  readonly description: string | undefined;
  /** `sgr-…`, where its record was read. */
  readonly id: string | undefined;
};

export type GroupRuleSource =
  | { readonly kind: 'ipv4' | 'ipv6' | 'prefix-list'; readonly id: string }
  /** `account` is absent where it is the account of the group that holds the rule. */
  | { readonly kind: 'group'; readonly id: string; readonly account: string | undefined };

/** The rules of the groups that were read, by group, then by what they say. */
export type GroupRules = ReadonlyMap<string, ReadonlyMap<string, GroupRule>>;

const ICMP: ReadonlySet<string> = new Set(['icmp', 'icmpv6', '1', '58']);

/** What a rule says, its description aside: two rules of a group with the same words cannot be. */
export function wordsOf({ direction, protocol, from, to, source }: GroupRule): string {
  return [direction, protocol, from ?? '', to ?? '', source.kind, source.id].join(' ');
}

/** Every readable rule of these groups of DescribeSecurityGroups, with its id if its record was read. */
export function groupRulesOf(snapshot: AwsSnapshot, wanted: ReadonlySet<string>): GroupRules {
  const groups = new Map<string, Map<string, GroupRule>>();
  for (const group of objectsOf(snapshot.DescribeSecurityGroups?.SecurityGroups)) {
    const id = textOf(group, 'GroupId');
    if (id === undefined || !wanted.has(id)) continue;
    const rules = new Map<string, GroupRule>();
    groups.set(id, rules);
    for (const [direction, member] of PERMISSIONS) {
      for (const permission of objectsOf(group[member])) {
        for (const rule of rulesOfPermission(id, direction, permission, ownerOf(group, snapshot)))
          rules.set(wordsOf(rule), rule);
      }
    }
  }
  if (groups.size > 0) addIds(groups, snapshot);
  return groups;
}

function addIds(groups: ReadonlyMap<string, Map<string, GroupRule>>, snapshot: AwsSnapshot): void {
  for (const record of objectsOf(snapshot.DescribeSecurityGroupRules?.SecurityGroupRules)) {
    const rules = groups.get(textOf(record, 'GroupId') ?? '');
    const rule = rules && ruleOfRecord(record, snapshot);
    const known = rule && rules.get(wordsOf(rule));
    if (known === undefined) continue;
    rules?.set(wordsOf(known), {
      ...known,
      id: rule?.id,
      description: known.description ?? rule?.description,
    });
  }
}

export const PERMISSIONS = [
  ['ingress', 'IpPermissions'],
  ['egress', 'IpPermissionsEgress'],
] as const;

/** The lists of a permission that say whom it admits, the member of their items that does, and what it is. */
export const SOURCES = [
  ['IpRanges', 'CidrIp', 'ipv4'],
  ['Ipv6Ranges', 'CidrIpv6', 'ipv6'],
  ['PrefixListIds', 'PrefixListId', 'prefix-list'],
  ['UserIdGroupPairs', 'GroupId', 'group'],
] as const;

function rulesOfPermission(
  group: string,
  direction: Direction,
  permission: Members,
  owner: string,
): readonly GroupRule[] {
  return SOURCES.flatMap(([list]) =>
    objectsOf(permission[list]).flatMap(
      (item) => ruleOfItem(group, direction, permission, list, item, owner) ?? [],
    ),
  );
}

/** The rule that one item of one list of a permission makes. */
export function ruleOfItem(
  group: string,
  direction: Direction,
  permission: Members,
  list: (typeof SOURCES)[number][0],
  item: Members,
  owner: string,
): GroupRule | undefined {
  const [, member, kind] = SOURCES.find(([name]) => name === list) ?? SOURCES[0];
  const id = textOf(item, member);
  const protocol = textOf(permission, 'IpProtocol');
  if (id === undefined || protocol === undefined) return undefined;
  const source = sourceOf(kind, id, textOf(item, 'UserId'), owner);
  return {
    group,
    direction,
    protocol,
    ...portsOf(protocol, permission),
    source,
    description: textOf(item, 'Description'),
    id: undefined,
  };
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html */
function ruleOfRecord(record: Members, { _meta: { account } }: AwsSnapshot): GroupRule | undefined {
  const group = textOf(record, 'GroupId');
  const protocol = textOf(record, 'IpProtocol');
  const info = record['ReferencedGroupInfo'];
  const named = isObject(info) ? info : {};
  const owner = textOf(record, 'GroupOwnerId') ?? account;
  const source = (
    [
      ['ipv4', textOf(record, 'CidrIpv4')],
      ['ipv6', textOf(record, 'CidrIpv6')],
      ['prefix-list', textOf(record, 'PrefixListId')],
      ['group', textOf(named, 'GroupId')],
    ] as const
  ).flatMap(([kind, id]) =>
    id === undefined ? [] : [sourceOf(kind, id, textOf(named, 'UserId'), owner)],
  )[0];
  if (group === undefined || protocol === undefined || source === undefined) return undefined;
  return {
    group,
    direction: record['IsEgress'] === true ? 'egress' : 'ingress',
    protocol,
    ...portsOf(protocol, record),
    source,
    description: textOf(record, 'Description'),
    id: textOf(record, 'SecurityGroupRuleId'),
  };
}

function sourceOf(
  kind: GroupRuleSource['kind'],
  id: string,
  account: string | undefined,
  owner: string,
): GroupRuleSource {
  return kind === 'group' ? { kind, id, account: account === owner ? undefined : account } : { kind, id };
}

/** A permission leaves ports out where a record says -1: both mean that there are none. For ICMP -1 is any type or code. */
function portsOf(protocol: string, members: Members): Pick<GroupRule, 'from' | 'to'> {
  const port = (name: string): number | undefined => {
    const value = numberOf(members, name);
    if (ICMP.has(protocol)) return value ?? -1;
    return value === -1 || protocol === '-1' ? undefined : value;
  };
  return { from: port('FromPort'), to: port('ToPort') };
}

export function ownerOf(group: Members, { _meta: { account } }: AwsSnapshot): string {
  return textOf(group, 'OwnerId') ?? account;
}
