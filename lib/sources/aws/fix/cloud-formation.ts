import type { Network } from '#model';
import type { GroupRule } from '../undo/group-rule.ts';
import type { ModelChange } from './change.ts';
import { diffText } from './diff-text.ts';
import { ruleEdits } from './rule-edits.ts';

/** The member that says whom a rule names, by what it is, for what comes in and for what goes out. */
const SOURCES = {
  ingress: {
    ipv4: 'CidrIp',
    ipv6: 'CidrIpv6',
    'prefix-list': 'SourcePrefixListId',
    group: 'SourceSecurityGroupId',
  },
  egress: {
    ipv4: 'CidrIp',
    ipv6: 'CidrIpv6',
    'prefix-list': 'DestinationPrefixListId',
    group: 'DestinationSecurityGroupId',
  },
} as const;

/**
 * The resources to change in a template, those that go with `-` and those that come with `+`.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupingress.html
 */
export function cloudFormationText(network: Network, changes: readonly ModelChange[]): string | undefined {
  const edits = ruleEdits(network, changes);
  if (edits === undefined || edits.length === 0 || changes.some(({ kind }) => kind !== 'rule'))
    return undefined;
  return edits
    .map(({ old, id, instead, policy }) =>
      diffText(
        `# the rule${id === undefined ? '' : ` ${id}`} of ${policy.at.id}; it may also be an item of the group's own list of rules`,
        old === undefined ? [] : [resourceOf(old, 'Old')],
        instead.map((rule, i) => resourceOf(rule, `Instead${instead.length > 1 ? String(i + 1) : ''}`)),
      ),
    )
    .join('\n');
}

/** YAML in which every text is quoted as in JSON, which is YAML too. */
function resourceOf(rule: GroupRule, name: string): readonly string[] {
  const { group, direction, protocol, from, to, source, description } = rule;
  const members: readonly (readonly [string, string | number | undefined])[] = [
    ['GroupId', group],
    ['IpProtocol', protocol],
    ['FromPort', from],
    ['ToPort', to],
    [SOURCES[direction][source.kind], source.id],
    [
      'SourceSecurityGroupOwnerId',
      source.kind === 'group' && direction === 'ingress' ? source.account : undefined,
    ],
    ['Description', description],
  ];
  return [
    `${name}:`,
    `  Type: AWS::EC2::SecurityGroup${direction === 'ingress' ? 'Ingress' : 'Egress'}`,
    '  Properties:',
    ...members.flatMap(([key, value]) =>
      value === undefined ? [] : [`    ${key}: ${JSON.stringify(value)}`],
    ),
  ];
}
