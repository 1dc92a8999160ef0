import type { GroupPlan, PeerPlan, RulePlan, VpcGroups } from '../groups.ts';
import type { Ids } from '../ids.ts';
import type { VpcPlan } from '../layout.ts';
import { ACCOUNT, arnOf, nameTag } from '../owner.ts';

/** The groups with their rules, and the same rules as records of their own. */
export function groupBodies(byVpc: ReadonlyMap<VpcPlan, VpcGroups>, hasRuleRecords: boolean, ids: Ids) {
  const groups = [...byVpc.values()].flatMap(({ all }) => all);
  return {
    DescribeSecurityGroups: { SecurityGroups: groups.map(groupBody) },
    DescribeSecurityGroupRules: {
      SecurityGroupRules: hasRuleRecords ? groups.flatMap((group) => ruleRecords(group, ids)) : [],
    },
  };
}

function groupBody(group: GroupPlan) {
  return {
    GroupId: group.id,
    IpPermissionsEgress: permissionsOf(group, group.egress),
    Tags: group.role === 'default' ? [] : nameTag(group.name),
    VpcId: group.vpc.id,
    SecurityGroupArn: arnOf('security-group', group.id),
    OwnerId: ACCOUNT,
    GroupName: group.name,
    Description:
      group.role === 'default'
        ? 'default VPC security group'
        : `${group.role} of ${group.app?.name ?? group.vpc.name}`,
    IpPermissions: permissionsOf(group, group.ingress),
  };
}

/** AWS gathers the rules that share protocol and ports. */
function permissionsOf(group: GroupPlan, rules: readonly RulePlan[]) {
  const gathered = new Map<string, ReturnType<typeof emptyPermission>>();
  for (const rule of rules) {
    const key = `${rule.protocol} ${rule.from ?? ''} ${rule.to ?? ''}`;
    let permission = gathered.get(key);
    if (permission === undefined) gathered.set(key, (permission = emptyPermission(rule)));
    const description = descriptionOf(rule);
    switch (rule.peer.kind) {
      case 'block':
        permission.IpRanges.push({ ...description, CidrIp: rule.peer.cidr });
        break;
      case 'list':
        permission.PrefixListIds.push({ ...description, PrefixListId: rule.peer.list });
        break;
      case 'group':
        permission.UserIdGroupPairs.push({
          ...description,
          UserId: ACCOUNT,
          ...referenceTo(group, rule.peer.group),
        });
        break;
    }
  }
  return [...gathered.values()];
}

type Described = { Description?: string };

function emptyPermission(rule: RulePlan) {
  return {
    IpProtocol: rule.protocol,
    ...portsOf(rule),
    UserIdGroupPairs: [] as (Described & { UserId: string } & ReturnType<typeof referenceTo>)[],
    IpRanges: [] as (Described & { CidrIp: string })[],
    Ipv6Ranges: [],
    PrefixListIds: [] as (Described & { PrefixListId: string })[],
  };
}

function ruleRecords(group: GroupPlan, ids: Ids) {
  const record = (rule: RulePlan, isEgress: boolean) => ({
    SecurityGroupRuleId: ids.next('sgr'),
    GroupId: group.id,
    GroupOwnerId: ACCOUNT,
    IsEgress: isEgress,
    IpProtocol: rule.protocol,
    ...(rule.protocol === '-1' ? { FromPort: -1, ToPort: -1 } : portsOf(rule)),
    ...peerMember(group, rule.peer),
    ...descriptionOf(rule),
    Tags: [],
  });
  return [
    ...group.ingress.map((rule) => record(rule, false)),
    ...group.egress.map((rule) => record(rule, true)),
  ];
}

function peerMember(
  group: GroupPlan,
  peer: PeerPlan,
): {
  CidrIpv4?: string;
  PrefixListId?: string;
  ReferencedGroupInfo?: { UserId: string } & ReturnType<typeof referenceTo>;
} {
  switch (peer.kind) {
    case 'block':
      return { CidrIpv4: peer.cidr };
    case 'list':
      return { PrefixListId: peer.list };
    case 'group':
      return { ReferencedGroupInfo: { ...referenceTo(group, peer.group), UserId: ACCOUNT } };
  }
}

/** A group of another VPC is named together with the peering that leads there. */
function referenceTo(
  group: GroupPlan,
  named: GroupPlan,
): { GroupId: string; VpcId?: string; VpcPeeringConnectionId?: string; PeeringStatus?: string } {
  const peering = group.vpc.peers.get(named.vpc);
  if (group.vpc === named.vpc || peering === undefined) return { GroupId: named.id };
  return { GroupId: named.id, VpcId: named.vpc.id, VpcPeeringConnectionId: peering, PeeringStatus: 'active' };
}

function portsOf({ from, to }: RulePlan): { FromPort?: number; ToPort?: number } {
  return from === undefined || to === undefined ? {} : { FromPort: from, ToPort: to };
}

function descriptionOf({ description }: RulePlan): Described {
  return description === undefined ? {} : { Description: description };
}
