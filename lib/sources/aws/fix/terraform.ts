import type { Network } from '#model';
import type { GroupRule } from '../undo/group-rule.ts';
import type { ModelChange } from './change.ts';
import { diffText } from './diff-text.ts';
import { ruleEdits } from './rule-edits.ts';

const SOURCES = {
  ipv4: 'cidr_ipv4',
  ipv6: 'cidr_ipv6',
  'prefix-list': 'prefix_list_id',
  group: 'referenced_security_group_id',
} as const;

/**
 * The blocks to change in Terraform, those that go with `-` and those that come with `+`. What the blocks are called in somebody's files
 * nobody can see from here: they are told by their ids and by what they say.
 *
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule
 */
export function terraformText(network: Network, changes: readonly ModelChange[]): string | undefined {
  const edits = ruleEdits(network, changes);
  if (edits === undefined || edits.length === 0 || changes.some(({ kind }) => kind !== 'rule'))
    return undefined;
  return edits
    .map(({ old, id, instead, policy }) =>
      diffText(
        `# the rule${id === undefined ? '' : ` ${id}`} of ${policy.at.id}; it may also be an aws_security_group_rule, or a block within an aws_security_group`,
        old === undefined ? [] : [blockOf(old, 'old')],
        instead.map((rule, i) => blockOf(rule, `instead${instead.length > 1 ? `_${String(i + 1)}` : ''}`)),
      ),
    )
    .join('\n');
}

function blockOf(rule: GroupRule, name: string): readonly string[] {
  const { group, direction, protocol, from, to, source, description } = rule;
  const members: readonly (readonly [string, string])[] = [
    ['security_group_id', text(group)],
    ['ip_protocol', text(protocol)],
    ...(from === undefined ? [] : [['from_port', String(from)] as const]),
    ...(to === undefined ? [] : [['to_port', String(to)] as const]),
    [
      SOURCES[source.kind],
      text(
        source.kind === 'group' && source.account !== undefined
          ? `${source.account}/${source.id}`
          : source.id,
      ),
    ],
    ...(description === undefined ? [] : [['description', text(description)] as const]),
  ];
  const width = Math.max(...members.map(([key]) => key.length));
  return [
    `resource "aws_vpc_security_group_${direction}_rule" "${name}" {`,
    ...members.map(([key, value]) => `  ${key.padEnd(width)} = ${value}`),
    '}',
  ];
}

/** A quoted text, in which `${` and `%{` begin nothing. https://developer.hashicorp.com/terraform/language/expressions/strings */
function text(value: string): string {
  return JSON.stringify(value).replaceAll(/[$%](?=\{)/g, '$&$&');
}
