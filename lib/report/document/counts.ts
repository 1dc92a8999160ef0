import type { Network } from '#model';
import type { Report } from './report-schema.ts';

/** How much was read: of an account interfaces, groups and networks, of clusters workloads and the policies that somebody wrote. */
export function countsOf({ endpoints, policies, networks }: Network): Report['counts'] {
  const all = [...endpoints.values()];
  const interfaces = all.filter(({ kind }) => kind === 'interface').length;
  const groups = [...policies.values()].filter(({ kind }) => kind === 'any-allow').length;
  const counts = { interfaces, groups, networks: networks.size };
  if (interfaces === all.length) return counts;
  return {
    ...counts,
    workloads: all.filter(({ kind, role }) => kind === 'workload' && role !== 'load-balancer').length,
    // one object is several policies of the model where its ports differ, and an entrance has one that nobody wrote
    policies: new Set(
      [...policies.values()].flatMap(({ kind, isDefault, at }) =>
        kind === 'tiered' && !isDefault ? [at.id] : [],
      ),
    ).size,
  };
}

/** `4 workloads, 5 policies` of a cluster alone, `31 interfaces, 14 groups, 2 networks`, or all of these. */
export function countParts({
  interfaces,
  groups,
  networks,
  workloads,
  policies,
}: Report['counts']): readonly [n: number, one: string, many: string][] {
  const cluster: [number, string, string][] =
    workloads === undefined
      ? []
      : [
          [workloads, 'workload', 'workloads'],
          [policies ?? 0, 'policy', 'policies'],
        ];
  if (workloads !== undefined && interfaces + groups === 0) return cluster;
  return [
    [interfaces, 'interface', 'interfaces'],
    [groups, 'group', 'groups'],
    [networks, 'network', 'networks'],
    ...cluster,
  ];
}
