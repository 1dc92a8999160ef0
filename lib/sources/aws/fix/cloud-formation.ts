import type { Network } from '#model';
import type { GroupRule } from '../undo/group-rule.ts';
import type { ModelChange } from './change.ts';
import { diffText } from './diff-text.ts';
import { NEW } from './own-group.ts';
import { freshNames, resourceEdits, type Resource } from './resources.ts';

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

const DESTINATIONS = {
  ipv4: 'DestinationCidrBlock',
  ipv6: 'DestinationIpv6CidrBlock',
  list: 'DestinationPrefixListId',
} as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-route.html */
const TARGETS: Readonly<Record<Extract<Resource, { kind: 'route' }>['target']['kind'], string>> = {
  internet: 'GatewayId',
  site: 'GatewayId',
  service: 'VpcEndpointId',
  'egress-only': 'EgressOnlyInternetGatewayId',
  nat: 'NatGatewayId',
  peering: 'VpcPeeringConnectionId',
  transit: 'TransitGatewayId',
};

const OWN = '!GetAtt Own.GroupId';

/**
 * The resources to change in a template, those that go with `-` and those that come with `+`.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupingress.html
 */
export function cloudFormationText(network: Network, changes: readonly ModelChange[]): string | undefined {
  const edits = resourceEdits(network, changes);
  if (edits === undefined || edits.length === 0) return undefined;
  const names = freshNames(edits, (i) => `Instead${String(i)}`, 'Instead');
  return edits
    .map(({ comments, old, fresh }, at) =>
      diffText(
        [...comments, ...within(old)],
        old.map((resource) => yamlOf(resource, 'Old')),
        fresh.map((resource, i) => yamlOf(resource, names(at, i))),
      ),
    )
    .join('\n');
}

/** A group's rules may as well be lists of its own. */
function within(old: readonly Resource[]): readonly string[] {
  const [rule] = old.flatMap((resource) => (resource.kind === 'rule' ? [resource.rule] : []));
  if (rule === undefined) return [];
  const list = rule.direction === 'ingress' ? 'SecurityGroupIngress' : 'SecurityGroupEgress';
  return [`where your template has it in the ${list} of the group, change that instead`];
}

/** A value as YAML has it: JSON is YAML too, and so is a tag with its argument. */
type Member = readonly [key: string, yaml: string];

function yamlOf(resource: Resource, name: string): readonly string[] {
  switch (resource.kind) {
    case 'rule':
      return yaml(
        name,
        `AWS::EC2::SecurityGroup${resource.rule.direction === 'ingress' ? 'Ingress' : 'Egress'}`,
        ruleMembers(resource.rule, resource.isOfNewGroup === true),
      );
    case 'route': {
      const { table, destination, target } = resource;
      return yaml(name, 'AWS::EC2::Route', [
        ['RouteTableId', json(table)],
        [DESTINATIONS[destination.kind], json(destination.text)],
        [TARGETS[target.kind], json(target.id)],
      ]);
    }
    case 'entry':
      return yaml(name, 'AWS::EC2::NetworkAclEntry', entryMembers(resource.entry));
    case 'listener':
      return yaml(name, 'AWS::ElasticLoadBalancingV2::Listener', [
        ['LoadBalancerArn', json(resource.balancer)],
        ['Port', json(resource.port)],
      ]);
    case 'group':
      return yaml('Own', 'AWS::EC2::SecurityGroup', [
        ['GroupName', json(resource.name)],
        ['GroupDescription', json(resource.description)],
        ['VpcId', json(resource.vpc)],
        ['SecurityGroupEgress', json(egressOf(resource.egress))],
      ]);
  }
}

/**
 * What a group lets out, said within it: only then is the rule gone that lets everything out. Nothing is said by an address that leads nowhere.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
 */
function egressOf(rules: readonly GroupRule[]): readonly object[] {
  if (rules.length === 0) return [{ IpProtocol: '-1', CidrIp: '127.0.0.1/32' }];
  return rules.map(({ protocol, from, to, source, description }) => ({
    IpProtocol: protocol,
    FromPort: from,
    ToPort: to,
    [SOURCES.egress[source.kind]]: source.id,
    Description: description,
  }));
}

function ruleMembers(
  { group, direction, protocol, from, to, source, description }: GroupRule,
  isOfNewGroup: boolean,
): readonly Member[] {
  const owner = source.kind === 'group' && direction === 'ingress' ? source.account : undefined;
  return [
    ['GroupId', isOfNewGroup ? OWN : json(group)],
    ['IpProtocol', json(protocol)],
    ...given('FromPort', from),
    ...given('ToPort', to),
    [SOURCES[direction][source.kind], source.id === NEW ? OWN : json(source.id)],
    ...given('SourceSecurityGroupOwnerId', owner),
    ...given('Description', description),
  ];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-networkaclentry.html */
function entryMembers(entry: Extract<Resource, { kind: 'entry' }>['entry']): readonly Member[] {
  const { acl, number, isEgress, protocol, action, family, cidr, ports, icmp } = entry;
  return [
    ['NetworkAclId', json(acl)],
    ['RuleNumber', json(number)],
    ['Egress', json(isEgress)],
    ['Protocol', json(Number(protocol))],
    ['RuleAction', json(action)],
    [family === 4 ? 'CidrBlock' : 'Ipv6CidrBlock', json(cidr)],
    ...given('PortRange', ports && { From: ports[0], To: ports[1] }),
    ...given('Icmp', icmp && { Type: icmp[0], Code: icmp[1] }),
  ];
}

function given(key: string, value: string | number | object | undefined): readonly Member[] {
  return value === undefined ? [] : [[key, json(value)]];
}

function json(value: string | number | boolean | object): string {
  return JSON.stringify(value);
}

function yaml(name: string, type: string, members: readonly Member[]): readonly string[] {
  return [
    `${name}:`,
    `  Type: ${type}`,
    '  Properties:',
    ...members.map(([key, value]) => `    ${key}: ${value}`),
  ];
}
