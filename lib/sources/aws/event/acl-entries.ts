import { member, numberOf, textOf, truthOf, type Loose } from './fields.ts';
import { BLANK, protocolOf, type RequestedRule } from './requested-rule.ts';

const OPS: Readonly<Record<string, RequestedRule['op']>> = {
  CreateNetworkAclEntry: 'add',
  ReplaceNetworkAclEntry: 'modify',
  DeleteNetworkAclEntry: 'remove',
};

/**
 * The entry of a network ACL in a call's parameters. A deleted one is named by its number and direction alone.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html
 */
export function aclEntriesOf(name: string, parameters: Loose): readonly RequestedRule[] {
  const op = Object.hasOwn(OPS, name) ? OPS[name] : undefined;
  if (op === undefined) return [];
  const ports = member(parameters, 'portRange');
  const isEgress = truthOf(member(parameters, 'egress'));
  const entry: RequestedRule = {
    ...BLANK,
    op,
    direction: isEgress === undefined ? undefined : isEgress ? 'egress' : 'ingress',
    action: textOf(member(parameters, 'ruleAction')) || undefined,
    ruleNumber: numberOf(member(parameters, 'ruleNumber')),
    protocol: protocolOf(member(parameters, 'aclProtocol') ?? member(parameters, 'protocol')),
    from: numberOf(member(ports, 'from')),
    to: numberOf(member(ports, 'to')),
    cidr: textOf(member(parameters, 'cidrBlock')) || textOf(member(parameters, 'ipv6CidrBlock')) || undefined,
  };
  return entry.ruleNumber === undefined && entry.cidr === undefined ? [] : [entry];
}
