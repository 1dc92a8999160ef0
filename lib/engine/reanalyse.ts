import type { Endpoint, EndpointId, GroupId, Network, Policy, PolicyId } from '#model';
import { analyseTogether, type Analysis } from './analysis.ts';
import { EditedPlane } from './edited-plane.ts';

/**
 * An analysed network and one that is little different, over one line of positions.
 *
 * Where only rules of groups differ, or who carries which group, it costs as much as what carries those groups, and the first is the analysis
 * that was given; else, and where a rule names a block whose edges the line does not have, as much as a new analysis of both.
 */
export function reanalyse(before: Analysis, after: Network): readonly [Analysis, Analysis] {
  const touched = touchedBy(before, after);
  if (touched === undefined) return analyseTogether([before.network, after] as const);
  return [
    before,
    { network: after, planes: before.planes.map((plane) => new EditedPlane(plane, after, touched)) },
  ];
}

/** The endpoints that carry groups which differ; `undefined` where more than groups differs. */
function touchedBy(before: Analysis, after: Network): ReadonlySet<EndpointId> | undefined {
  const { policies: _, endpoints: __, blindSpots: ___, ...old } = before.network;
  if (!Object.entries(old).every(([name, value]) => after[name as keyof Network] === value)) return undefined;
  const edited = editedPolicies(before, after);
  const joined = changedMembers(before.network, after);
  if (edited === undefined || joined === undefined) return undefined;
  for (const { id, rules } of after.policies.values()) {
    if (rules.some(({ selector }) => selector.kind === 'group' && joined.groups.has(selector.group)))
      edited.add(id);
  }
  const touched = new Set(joined.endpoints);
  for (const { id, policies } of after.endpoints.values())
    if (policies.some((policy) => edited.has(policy))) touched.add(id);
  return touched;
}

function editedPolicies({ network, planes }: Analysis, after: Network): Set<PolicyId> | undefined {
  const edited = new Set<PolicyId>();
  for (const id of new Set([...network.policies.keys(), ...after.policies.keys()])) {
    const [was, is] = [network.policies.get(id), after.policies.get(id)];
    if (was === is) continue;
    if ([was, is].some((policy) => policy !== undefined && policy.kind !== 'any-allow')) return undefined;
    const known = new Set(was?.rules.map(({ selector }) => selector));
    const fits = ({ selector }: Policy['rules'][number]): boolean =>
      known.has(selector) ||
      selector.kind !== 'ips' ||
      planes.every(({ axis }) => axis.hasEdgesOf(selector.ips));
    if (is?.rules.every(fits) === false) return undefined;
    edited.add(id);
  }
  return edited;
}

function changedMembers(
  before: Network,
  after: Network,
): { readonly endpoints: readonly EndpointId[]; readonly groups: ReadonlySet<GroupId> } | undefined {
  const endpoints: EndpointId[] = [];
  const groups = new Set<GroupId>();
  if (before.endpoints === after.endpoints) return { endpoints, groups };
  if (before.endpoints.size !== after.endpoints.size) return undefined;
  for (const is of after.endpoints.values()) {
    const was = before.endpoints.get(is.id);
    if (was === is) continue;
    if (was === undefined || !isSameButForGroups(was, is)) return undefined;
    endpoints.push(is.id);
    for (const group of [...was.groups, ...is.groups])
      if (was.groups.includes(group) !== is.groups.includes(group)) groups.add(group);
  }
  return { endpoints, groups };
}

function isSameButForGroups(a: Endpoint, b: Endpoint): boolean {
  const { groups: _, policies: __, ...rest } = a;
  return Object.entries(rest).every(([name, value]) => b[name as keyof Endpoint] === value);
}
