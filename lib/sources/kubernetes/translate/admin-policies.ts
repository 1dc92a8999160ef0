import type { Action, Direction } from '#model';
import {
  adminPolicyShape,
  baselinePolicyShape,
  groupOf,
  type AdminPolicySpec,
  type AdminPort,
  type Problem,
  type ReadObject,
} from '../resources/index.ts';
import type { ClusterPolicy, ClusterRule } from './cluster-policy.ts';
import { parsePart } from './parse.ts';
import { portsFrom, portsOf, type PortEntry, type RulePorts } from './ports.ts';

export const POLICY_API = 'policy.networking.k8s.io';

/** The policies of v1alpha1: AdminNetworkPolicy, and one BaselineAdminNetworkPolicy of the name `default`. */
export function readAdminPolicies(
  objects: readonly ReadObject[],
  problems: Problem[],
): readonly ClusterPolicy[] {
  let baselines = 0;
  return objects.flatMap((read): ClusterPolicy[] => {
    const { object } = read;
    if (groupOf(object) !== POLICY_API) return [];
    const name = object.metadata.name ?? '';
    if (object.kind === 'AdminNetworkPolicy') {
      const spec = parsePart(adminPolicyShape, read, 'spec', problems, false);
      if (spec === undefined) return [];
      const { priority, subject } = spec;
      return [{ ...read, name, tier: 'admin', priority, subject, rules: adminRules(spec) }];
    }
    if (object.kind !== 'BaselineAdminNetworkPolicy') return [];
    const spec = parsePart(baselinePolicyShape, read, 'spec', problems, false);
    baselines += 1;
    const message =
      name !== 'default'
        ? 'is not “default”, the one name that the baseline may have'
        : baselines > 1
          ? 'is there a second time: a cluster has one baseline'
          : undefined;
    if (message !== undefined)
      problems.push({
        kind: 'invalid',
        at: read.at,
        object: `${object.kind} ${name}`,
        field: 'metadata.name',
        message,
      });
    if (spec === undefined || message !== undefined) return [];
    return [{ ...read, name, tier: 'baseline', priority: 0, subject: spec.subject, rules: adminRules(spec) }];
  });
}

const ACTIONS: Record<'Allow' | 'Deny' | 'Pass', Action> = { Allow: 'allow', Deny: 'deny', Pass: 'pass' };

function adminRules({ ingress = [], egress = [] }: AdminPolicySpec): readonly ClusterRule[] {
  const rule =
    (direction: Direction) =>
    (
      { action, ports, ...rest }: NonNullable<AdminPolicySpec['ingress' | 'egress']>[number],
      i: number,
    ): ClusterRule => ({
      direction,
      action: ACTIONS[action],
      peers: 'from' in rest ? rest.from : rest.to,
      ports: adminPorts(ports),
      field: `spec.${direction}[${String(i)}]`,
    });
  return [...ingress.map(rule('ingress')), ...egress.map(rule('egress'))];
}

function adminPorts(ports: readonly AdminPort[] | undefined): RulePorts {
  return portsFrom(
    ports?.map(({ portNumber, portRange, namedPort }): PortEntry => {
      if (portNumber !== undefined) return portsOf(portNumber.protocol ?? 'TCP', portNumber.port);
      if (portRange !== undefined)
        return portsOf(portRange.protocol ?? 'TCP', portRange.start, portRange.end);
      return { name: namedPort ?? '' };
    }),
  );
}
