import type { Action, Direction } from '#model';
import {
  clusterPolicyShape,
  groupOf,
  type ClusterPolicySpec,
  type ClusterProtocol,
  type Problem,
  type ReadObject,
} from '../resources/index.ts';
import { POLICY_API } from './admin-policies.ts';
import type { ClusterPolicy, ClusterRule } from './cluster-policy.ts';
import { parsePart } from './parse.ts';
import { portsFrom, portsOf, type PortEntry } from './ports.ts';

/** The policies of v1alpha2: one kind, ClusterNetworkPolicy, in two tiers. */
export function readClusterNetworkPolicies(
  objects: readonly ReadObject[],
  problems: Problem[],
): readonly ClusterPolicy[] {
  return objects.flatMap((read): ClusterPolicy[] => {
    const { object } = read;
    // other API groups have kinds of the same name
    if (groupOf(object) !== POLICY_API || object.kind !== 'ClusterNetworkPolicy') return [];
    const spec = parsePart(clusterPolicyShape, read, 'spec', problems, false);
    if (spec === undefined) return [];
    const { tier, priority, subject } = spec;
    const name = object.metadata.name ?? '';
    return [
      {
        ...read,
        name,
        tier: tier === 'Admin' ? 'admin' : 'baseline',
        priority,
        subject,
        rules: clusterRules(spec),
      },
    ];
  });
}

const ACTIONS: Record<'Accept' | 'Deny' | 'Pass', Action> = { Accept: 'allow', Deny: 'deny', Pass: 'pass' };

function clusterRules({ ingress = [], egress = [] }: ClusterPolicySpec): readonly ClusterRule[] {
  const rule =
    (direction: Direction) =>
    (
      { action, protocols, ...rest }: NonNullable<ClusterPolicySpec['ingress' | 'egress']>[number],
      i: number,
    ): ClusterRule => ({
      direction,
      action: ACTIONS[action],
      peers: 'from' in rest ? rest.from : rest.to,
      ports: portsFrom(protocols?.map(entryOf)),
      field: `spec.${direction}[${String(i)}]`,
    });
  return [...ingress.map(rule('ingress')), ...egress.map(rule('egress'))];
}

function entryOf(protocol: ClusterProtocol): PortEntry {
  if (protocol.destinationNamedPort !== undefined) return { name: protocol.destinationNamedPort };
  const [name, part] =
    protocol.tcp !== undefined
      ? (['TCP', protocol.tcp] as const)
      : protocol.udp !== undefined
        ? (['UDP', protocol.udp] as const)
        : (['SCTP', protocol.sctp] as const);
  const { number, range } = part?.destinationPort ?? {};
  if (range !== undefined) return portsOf(name, range.start, range.end);
  return portsOf(name, number, number);
}
