import { listOf, member, numberOf, objectOf, textOf, type Loose } from './fields.ts';
import { BLANK, protocolOf, type RequestedRule } from './requested-rule.ts';

type Asked = Pick<RequestedRule, 'op' | 'direction'>;
type FarEnd = Partial<Pick<RequestedRule, 'cidr' | 'group' | 'prefixList'>>;

const CALLS: Readonly<Record<string, Asked>> = {
  AuthorizeSecurityGroupIngress: { op: 'add', direction: 'ingress' },
  AuthorizeSecurityGroupEgress: { op: 'add', direction: 'egress' },
  RevokeSecurityGroupIngress: { op: 'remove', direction: 'ingress' },
  RevokeSecurityGroupEgress: { op: 'remove', direction: 'egress' },
};

/**
 * The rules of security groups in a call's parameters: in permissions, flat beside the group (the older form of the request), by
 * rule id, or modified.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html
 */
export function groupRulesOf(name: string, parameters: Loose): readonly RequestedRule[] {
  if (name === 'ModifySecurityGroupRules') return modified(parameters);
  const asked = Object.hasOwn(CALLS, name) ? CALLS[name] : undefined;
  if (asked === undefined) return [];
  const rows = [...listOf(member(parameters, 'ipPermissions')), parameters];
  return [
    ...rows.flatMap((row) =>
      farEnds(row).map((end) => ({ ...BLANK, ...asked, ...transportOf(row), ...end })),
    ),
    ...byId(parameters).map((ruleId) => ({ ...BLANK, ...asked, ruleId })),
  ];
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html */
function farEnds(row: unknown): FarEnd[] {
  const cidrs = [...within(row, 'ipRanges', 'cidrIp'), ...within(row, 'ipv6Ranges', 'cidrIpv6')];
  const groups = [
    // The API calls the list one way, the record another.
    ...['groups', 'userIdGroupPairs'].flatMap((list) =>
      listOf(member(row, list)).map((each) => firstText(each, ['groupId', 'groupName'])),
    ),
    firstText(row, ['sourceSecurityGroupId', 'sourceSecurityGroupName']),
  ];
  const lists = within(row, 'prefixListIds', 'prefixListId');
  return [
    ...[...cidrs, firstText(row, ['cidrIp']), firstText(row, ['cidrIpv6'])].map((cidr) => ({ cidr })),
    ...groups.map((group) => ({ group })),
    ...lists.map((prefixList) => ({ prefixList })),
  ].filter((end) => Object.values(end)[0] !== '');
}

/** The texts of a list whose elements hold them under a name, or are them. */
function within(row: unknown, list: string, name: string): string[] {
  return listOf(member(row, list)).map((each) => textOf(each) || textOf(member(each, name)));
}

function firstText(value: unknown, names: readonly string[]): string {
  return names.map((name) => textOf(member(value, name))).find((text) => text !== '') ?? '';
}

function transportOf(row: unknown): Pick<RequestedRule, 'protocol' | 'from' | 'to'> {
  return {
    protocol: protocolOf(member(row, 'ipProtocol')),
    from: numberOf(member(row, 'fromPort')),
    to: numberOf(member(row, 'toPort')),
  };
}

function byId(parameters: Loose): string[] {
  return within(parameters, 'securityGroupRuleIds', 'securityGroupRuleId').filter((id) => id !== '');
}

/** Each rule stands in one of the same name, beside its id. */
function modified(parameters: Loose): RequestedRule[] {
  return listOf(member(parameters, 'securityGroupRule')).map((row) => {
    const inner = member(row, 'securityGroupRule');
    const rule = inner === undefined ? row : objectOf(inner);
    return {
      ...BLANK,
      ...transportOf(rule),
      op: 'modify',
      direction: undefined,
      ruleId: textOf(member(row, 'securityGroupRuleId')) || undefined,
      cidr: firstText(rule, ['cidrIpv4', 'cidrIpv6']) || undefined,
      group: firstText(rule, ['referencedGroupId']) || undefined,
      prefixList: firstText(rule, ['prefixListId']) || undefined,
    };
  });
}
