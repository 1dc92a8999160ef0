import type { SmallAccount } from './small-account.ts';

type Peer =
  { readonly cidr: string } | { readonly group: string; readonly owner: string } | { readonly list: string };

export type RuleText = {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly peer: Peer;
  readonly description?: string;
};

export function tcp(from: number, to = from): { protocol: string; from: number; to: number } {
  return { protocol: 'tcp', from, to };
}

/** Writes a rule into the group and as a record of its own, as AWS gives both. */
export function addRule(
  account: SmallAccount,
  groupId: string,
  direction: 'ingress' | 'egress',
  rule: RuleText,
): void {
  const found = account.DescribeSecurityGroups.SecurityGroups.find(({ GroupId }) => GroupId === groupId);
  if (found === undefined) throw new Error(`no group ${groupId}`);
  (direction === 'ingress' ? found.IpPermissions : found.IpPermissionsEgress).push(permission(rule));
  const records = account.DescribeSecurityGroupRules.SecurityGroupRules;
  records.push(ruleRecord(account._meta.account, groupId, direction, rule, records.length + 1));
}

export function permission({ protocol, from, to, peer, description }: RuleText) {
  const described = description === undefined ? {} : { Description: description };
  return {
    IpProtocol: protocol,
    ...(protocol === '-1' ? {} : { FromPort: from, ToPort: to }),
    IpRanges: 'cidr' in peer ? [{ CidrIp: peer.cidr, ...described }] : [],
    Ipv6Ranges: [],
    PrefixListIds: 'list' in peer ? [{ PrefixListId: peer.list, ...described }] : [],
    UserIdGroupPairs: 'group' in peer ? [{ GroupId: peer.group, UserId: peer.owner, ...described }] : [],
  };
}

export function ruleRecord(
  account: string,
  groupId: string,
  direction: 'ingress' | 'egress',
  { protocol, from, to, peer, description }: RuleText,
  count: number,
) {
  return {
    SecurityGroupRuleId: `sgr-0${count.toString(16).padStart(6, '0')}${groupId.slice(-10)}`,
    GroupId: groupId,
    GroupOwnerId: account,
    IsEgress: direction === 'egress',
    IpProtocol: protocol,
    FromPort: from,
    ToPort: to,
    ...('cidr' in peer ? { CidrIpv4: peer.cidr } : {}),
    ...('list' in peer ? { PrefixListId: peer.list } : {}),
    ...('group' in peer ? { ReferencedGroupInfo: { GroupId: peer.group, UserId: peer.owner } } : {}),
    ...(description === undefined ? {} : { Description: description }),
    Tags: [],
  };
}
