import { formatBlock } from '../address.ts';
import type { GroupPair, IpPermission, SecurityGroup, SecurityGroupRule } from '../responses.ts';
import type { Dice } from './dice.ts';
import { idOf } from './ids.ts';
import type { ListPlan } from './lists.ts';
import { pickBlock, pickTraffic } from './picks.ts';
import type { Material, TrafficPick } from './picks.ts';

export type GroupPlan = {
  readonly group: Omit<SecurityGroup, 'IpPermissions' | 'IpPermissionsEgress'>;
  /** The groups that its rules may name, as its rules would name them. */
  readonly mayName: readonly GroupPair[];
  readonly lists: readonly ListPlan[];
};

/** The group with its rules: permissions of one protocol and port range are one element, as AWS prints them. */
export function writeRules(dice: Dice, material: Material, plan: GroupPlan): SecurityGroup {
  const permissions = (direction: 'in' | 'out'): IpPermission[] => {
    const own = dice.fork(direction, plan.group.GroupId);
    const isDefault = plan.group.GroupName === 'default';
    if (isDefault && own.fork('plain').chance(0.6)) return [defaultRule(direction, plan)];
    if (own.fork('open').chance(direction === 'out' || material.openGroups ? 0.5 : 0)) return [everywhere()];
    const least = direction === 'in' ? 1 : 0;
    const count = material.features.manyRules ? own.between(least, 5) : least;
    return merge(Array.from({ length: count }, (_, number) => permission(own.fork(number), material, plan)));
  };
  return { ...plan.group, IpPermissions: permissions('in'), IpPermissionsEgress: permissions('out') };
}

/** The group with further rules. */
export function withPermissions(
  group: SecurityGroup,
  ingress: readonly IpPermission[],
  egress: readonly IpPermission[],
): SecurityGroup {
  return {
    ...group,
    IpPermissions: merge([...group.IpPermissions, ...ingress]),
    IpPermissionsEgress: merge([...group.IpPermissionsEgress, ...egress]),
  };
}

/** DescribeSecurityGroupRules: one record for each range, list or group of each permission. */
export function listRules(groups: readonly SecurityGroup[]): SecurityGroupRule[] {
  const sources = groups.flatMap((group) => [
    ...group.IpPermissions.map((permission) => ({ group, permission, isEgress: false })),
    ...group.IpPermissionsEgress.map((permission) => ({ group, permission, isEgress: true })),
  ]);
  return sources
    .flatMap(({ group, permission, isEgress }) =>
      remotesOf(permission).map((remote) => ({
        GroupId: group.GroupId,
        GroupOwnerId: group.OwnerId,
        IsEgress: isEgress,
        IpProtocol: permission.IpProtocol,
        FromPort: permission.FromPort ?? -1,
        ToPort: permission.ToPort ?? -1,
        ...remote,
        Tags: [],
      })),
    )
    .map((rule, number) => ({ SecurityGroupRuleId: idOf('sgr', number), ...rule }));
}

function remotesOf(permission: IpPermission) {
  return [
    ...permission.IpRanges.map((range) => ({ CidrIpv4: range.CidrIp })),
    ...permission.Ipv6Ranges.map((range) => ({ CidrIpv6: range.CidrIpv6 })),
    ...permission.PrefixListIds.map((list) => ({ PrefixListId: list.PrefixListId })),
    ...permission.UserIdGroupPairs.map((pair) => ({ ReferencedGroupInfo: pair })),
  ];
}

const NO_REMOTES = { IpRanges: [], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] };

function defaultRule(direction: 'in' | 'out', plan: GroupPlan): IpPermission {
  const self = { GroupId: plan.group.GroupId, UserId: plan.group.OwnerId };
  return direction === 'in' ? { IpProtocol: '-1', ...NO_REMOTES, UserIdGroupPairs: [self] } : everywhere();
}

function everywhere(): IpPermission {
  const ranges = { IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [{ CidrIpv6: '::/0' }] };
  return { IpProtocol: '-1', ...NO_REMOTES, ...ranges };
}

function permission(dice: Dice, material: Material, plan: GroupPlan): IpPermission {
  const { features } = material;
  const head = headOf(pickTraffic(dice.fork('traffic'), features, false));
  const own = dice.fork('remotes');
  const cidrs = new Set<string>();
  const lists = new Set<string>();
  const pairs = new Set<GroupPair>();
  for (let count = own.pick([1, 1, 2, 3]); count > 0; count -= 1) {
    const kind = own.below(100);
    const pair = kind < 25 && features.groupReferences ? own.pickAny(plan.mayName) : undefined;
    const list = kind >= 25 && kind < 40 ? own.pickAny(plan.lists) : undefined;
    if (pair !== undefined) pairs.add(pair);
    else if (list !== undefined) lists.add(list.list.PrefixListId);
    else cidrs.add(formatBlock(pickBlock(own, material, features.ipv6 && kind >= 70 ? 6 : 4)));
  }
  const [six, four] = [true, false].map((is6) => [...cidrs].filter((cidr) => cidr.includes(':') === is6));
  return {
    ...head,
    IpRanges: (four ?? []).map((CidrIp) => ({ CidrIp })),
    Ipv6Ranges: (six ?? []).map((CidrIpv6) => ({ CidrIpv6 })),
    PrefixListIds: [...lists].map((PrefixListId) => ({ PrefixListId })),
    UserIdGroupPairs: [...pairs],
  };
}

type Head = Pick<IpPermission, 'IpProtocol' | 'FromPort' | 'ToPort'>;

function headOf({ name, ports, icmp }: TrafficPick): Head {
  const bounds = ports ?? icmp;
  return bounds === undefined
    ? { IpProtocol: name }
    : { IpProtocol: name, FromPort: bounds[0], ToPort: bounds[1] };
}

/** Several permissions of one protocol and port range become one, each remote said once. */
function merge(permissions: readonly IpPermission[]): IpPermission[] {
  const merged = new Map<string, IpPermission>();
  for (const each of permissions) {
    const key = `${each.IpProtocol} ${each.FromPort ?? ''} ${each.ToPort ?? ''}`;
    const was = merged.get(key);
    merged.set(key, was === undefined ? each : joined(was, each));
  }
  return [...merged.values()];
}

function joined(a: IpPermission, b: IpPermission): IpPermission {
  return {
    ...a,
    IpRanges: unique([...a.IpRanges, ...b.IpRanges]),
    Ipv6Ranges: unique([...a.Ipv6Ranges, ...b.Ipv6Ranges]),
    PrefixListIds: unique([...a.PrefixListIds, ...b.PrefixListIds]),
    UserIdGroupPairs: unique([...a.UserIdGroupPairs, ...b.UserIdGroupPairs]),
  };
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
