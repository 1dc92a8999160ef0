import type { Network } from '#model';
import type { GroupRule } from '../undo/group-rule.ts';
import type { NewEntry } from './acl-entries.ts';
import type { ModelChange } from './change.ts';
import { diffText } from './diff-text.ts';
import { NEW } from './own-group.ts';
import { freshNames, resourceEdits, type Resource } from './resources.ts';

const SOURCES = {
  ipv4: 'cidr_ipv4',
  ipv6: 'cidr_ipv6',
  'prefix-list': 'prefix_list_id',
  group: 'referenced_security_group_id',
} as const;

const DESTINATIONS = {
  ipv4: 'destination_cidr_block',
  ipv6: 'destination_ipv6_cidr_block',
  list: 'destination_prefix_list_id',
} as const;

/** The argument that says where a route leads. https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route */
const TARGETS: Readonly<Record<Extract<Resource, { kind: 'route' }>['target']['kind'], string>> = {
  internet: 'gateway_id',
  site: 'gateway_id',
  service: 'vpc_endpoint_id',
  'egress-only': 'egress_only_gateway_id',
  nat: 'nat_gateway_id',
  peering: 'vpc_peering_connection_id',
  transit: 'transit_gateway_id',
};

/** Of the group that is made by the same text. */
const OWN = 'aws_security_group.own.id';

/**
 * The blocks to change in Terraform, those that go with `-` and those that come with `+`. What the blocks are called in somebody's files
 * nobody can see from here: they are told by their ids and by what they say.
 *
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule
 */
export function terraformText(network: Network, changes: readonly ModelChange[]): string | undefined {
  const edits = resourceEdits(network, changes);
  if (edits === undefined || edits.length === 0) return undefined;
  const names = freshNames(edits, (i) => `instead_${String(i)}`, 'instead');
  return edits
    .map(({ comments, old, fresh }, at) =>
      diffText(
        [...comments, ...mixing(old, fresh)],
        old.map((resource) => blockOf(resource, 'old')),
        fresh.map((resource, i) => blockOf(resource, names(at, i))),
      ),
    )
    .join('\n');
}

/**
 * The provider knows three ways to say a rule and two to say a route, and lets one of them overwrite what the other says of the same group or table.
 *
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route
 */
function mixing(old: readonly Resource[], fresh: readonly Resource[]): readonly string[] {
  const kinds = new Set([...old, ...fresh].map(({ kind }) => kind));
  if (kinds.has('group')) return [];
  return [
    ...(kinds.has('rule')
      ? [
          'where your files have it as an ingress or egress block within the group, or as aws_security_group_rule, change that instead: do not mix them',
        ]
      : []),
    ...(kinds.has('route')
      ? ['where your files have it as a route block within the table, change that instead: do not mix them']
      : []),
  ];
}

type Member = readonly [key: string, value: string];

function blockOf(resource: Resource, name: string): readonly string[] {
  switch (resource.kind) {
    case 'rule':
      return block(
        `aws_vpc_security_group_${resource.rule.direction}_rule`,
        name,
        ruleMembers(resource.rule, resource.isOfNewGroup === true),
      );
    case 'route': {
      const { table, destination, target } = resource;
      return block('aws_route', name, [
        ['route_table_id', text(table)],
        [DESTINATIONS[destination.kind], text(destination.text)],
        [TARGETS[target.kind], text(target.id)],
      ]);
    }
    case 'entry':
      return block('aws_network_acl_rule', name, entryMembers(resource.entry));
    case 'listener':
      return block('aws_lb_listener', name, [
        ['load_balancer_arn', text(resource.balancer)],
        ['port', String(resource.port)],
      ]);
    case 'group':
      // a group that Terraform makes lets nothing out but what it is told
      return [
        ...block('aws_security_group', 'own', [
          ['name', text(resource.name)],
          ['description', text(resource.description)],
          ['vpc_id', text(resource.vpc)],
        ]),
        ...resource.egress.flatMap((rule, i) =>
          block('aws_vpc_security_group_egress_rule', `own_${String(i + 1)}`, ruleMembers(rule, true)),
        ),
      ];
  }
}

function ruleMembers(
  { group, protocol, from, to, source, description }: GroupRule,
  isOfNewGroup: boolean,
): readonly Member[] {
  const named =
    source.kind === 'group' && source.account !== undefined ? `${source.account}/${source.id}` : source.id;
  return [
    ['security_group_id', isOfNewGroup ? OWN : text(group)],
    ['ip_protocol', text(protocol)],
    ...(from === undefined ? [] : [['from_port', String(from)] as const]),
    ...(to === undefined ? [] : [['to_port', String(to)] as const]),
    [SOURCES[source.kind], source.id === NEW ? OWN : text(named)],
    ...(description === undefined ? [] : [['description', text(description)] as const]),
  ];
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/network_acl_rule */
function entryMembers(entry: NewEntry): readonly Member[] {
  const { acl, number, isEgress, protocol, action, family, cidr, ports, icmp } = entry;
  return [
    ['network_acl_id', text(acl)],
    ['rule_number', String(number)],
    ['egress', String(isEgress)],
    ['protocol', text(protocol)],
    ['rule_action', text(action)],
    [family === 4 ? 'cidr_block' : 'ipv6_cidr_block', text(cidr)],
    ...(ports === undefined
      ? []
      : ([
          ['from_port', String(ports[0])],
          ['to_port', String(ports[1])],
        ] as const)),
    ...(icmp === undefined
      ? []
      : ([
          ['icmp_type', String(icmp[0])],
          ['icmp_code', String(icmp[1])],
        ] as const)),
  ];
}

function block(type: string, name: string, members: readonly Member[]): readonly string[] {
  const width = Math.max(...members.map(([key]) => key.length));
  return [
    `resource "${type}" "${name}" {`,
    ...members.map(([key, value]) => `  ${key.padEnd(width)} = ${value}`),
    '}',
  ];
}

/** A quoted text, in which `${` and `%{` begin nothing. https://developer.hashicorp.com/terraform/language/expressions/strings */
function text(value: string): string {
  return JSON.stringify(value).replaceAll(/[$%](?=\{)/g, '$&$&');
}
