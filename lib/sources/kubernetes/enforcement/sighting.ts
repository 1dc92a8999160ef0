import { agentName, type Agent } from './cluster-facts.ts';
import type { BlocksMean, Note, PolicyKind, Sighting } from './enforcement.ts';

type Given = Pick<Sighting, 'engine' | 'enforces'> & {
  readonly agents?: readonly Agent[];
  readonly why?: string;
  readonly remedy?: string;
  /** Besides the agents. */
  readonly evidence?: readonly string[];
  readonly runsOn?: Sighting['runsOn'];
  readonly kinds?: readonly PolicyKind[];
  readonly perhaps?: readonly PolicyKind[];
  readonly unhonoured?: Sighting['unhonoured'];
  readonly sparesBarePods?: true;
  readonly sparesHostPods?: true;
  readonly blocks?: BlocksMean;
  readonly closesUnselected?: true;
  readonly notes?: readonly Note[];
};

/** What most plugins need when they have no engine of their own. */
export const ADD_ENGINE =
  'Install a policy engine that works beside it (Calico in policy-only mode, Cilium in chaining mode, kube-network-policies), or change the plugin.';

export function sighting(given: Given): Sighting {
  const {
    engine,
    enforces,
    agents = [],
    why = '',
    remedy = '',
    evidence = [],
    runsOn,
    sparesBarePods,
    sparesHostPods,
    blocks,
    closesUnselected,
  } = given;
  return {
    engine,
    enforces,
    why,
    remedy,
    evidence: [...new Set([...agents.map(agentName), ...evidence])],
    agents: agents.map(({ namespace, name }) => ({ namespace, name })),
    ...(runsOn !== undefined && { runsOn }),
    kinds: new Map([
      ...(given.perhaps ?? []).map((kind) => [kind, 'unknown'] as const),
      ...(given.kinds ?? []).map((kind) => [kind, 'yes'] as const),
    ]),
    unhonoured: given.unhonoured ?? [],
    ...(sparesBarePods !== undefined && { sparesBarePods }),
    ...(sparesHostPods !== undefined && { sparesHostPods }),
    ...(blocks !== undefined && { blocks }),
    ...(closesUnselected !== undefined && { closesUnselected }),
    notes: given.notes ?? [],
  };
}
