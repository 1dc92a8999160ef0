import { SOURCES, type GroupRule } from './group-rule.ts';

/**
 * Rules as the value of `--ip-permissions`, one permission for each protocol and ports. JSON and not the command line's
 * shorthand, in which a comma within a description would end it.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 */
export function permissionsOf(rules: readonly GroupRule[]): readonly object[] {
  const together = new Map<string, GroupRule[]>();
  for (const rule of rules) {
    const flows = [rule.protocol, rule.from, rule.to].join(' ');
    together.set(flows, [...(together.get(flows) ?? []), rule]);
  }
  return [...together.values()].map((list) => ({
    ...(list[0] === undefined ? {} : flowsOf(list[0])),
    ...Object.fromEntries(
      SOURCES.flatMap(([name, member, kind]) => {
        const items = list
          .filter(({ source }) => source.kind === kind)
          .map(({ source, description }) => ({
            ...(source.kind === 'group' && source.account !== undefined ? { UserId: source.account } : {}),
            [member]: source.id,
            ...(description === undefined ? {} : { Description: description }),
          }));
        return items.length === 0 ? [] : [[name, items]];
      }),
    ),
  }));
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRuleRequest.html */
export function ruleRequestOf(rule: GroupRule): object {
  const member = {
    ipv4: 'CidrIpv4',
    ipv6: 'CidrIpv6',
    'prefix-list': 'PrefixListId',
    group: 'ReferencedGroupId',
  }[rule.source.kind];
  return {
    ...flowsOf(rule),
    [member]: rule.source.id,
    // a description that is left out is taken away
    ...(rule.description === undefined ? {} : { Description: rule.description }),
  };
}

function flowsOf({ protocol, from, to }: GroupRule): object {
  return {
    IpProtocol: protocol,
    ...(from === undefined ? {} : { FromPort: from }),
    ...(to === undefined ? {} : { ToPort: to }),
  };
}
