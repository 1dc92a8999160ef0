import { TransportSet } from '#netset';
import { idOf, type BlindSpot, type BlindSpotId, type Policy } from '#model';
import { refOf, ruleOf, type ClusterDraft } from './cluster-draft.ts';
import { doubtPolicy } from './doubt.ts';
import type { PodSet } from './pods.ts';
import { TIERS } from './tiers.ts';

export const HOST_NETWORK: BlindSpotId = idOf<'blind-spot'>('host-network');

/**
 * Whatever policies say, a pod and its own node may open what they like on each other; which node a pod will be on nobody knows beforehand. So
 * whoever is on the network of a node may get to every pod that a policy selects, and such a pod to them.
 *
 * https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
 */
export function addOwnNodes(
  draft: ClusterDraft,
  onNodes: readonly PodSet[],
  { areSpared }: { readonly areSpared: boolean },
): readonly BlindSpot[] {
  const [first] = onNodes;
  if (first === undefined) return [];
  const at = refOf(draft.cluster, first.id, first.at);
  const { id: group } = draft.groups.named('pods on the network of their node', onNodes);
  const isOnNode = new Set(onNodes);
  draft.add(
    {
      id: idOf<'policy'>('own node'),
      name: 'own node',
      kind: 'tiered',
      tier: { ...TIERS.ownNode, order: 0, applies: ['ingress', 'egress'] },
      rules: (['ingress', 'egress'] as const).map((direction) =>
        ruleOf({
          id: `own node ${direction}`,
          direction,
          action: 'allow',
          selector: { kind: 'group', group },
          transport: TransportSet.ALL,
          doubt: HOST_NETWORK,
          at,
        }),
      ),
      isDefault: true,
      tags: new Map(),
      at,
    },
    draft.selected().filter((pod) => !isOnNode.has(pod)),
  );
  return [spotOf(draft, onNodes, areSpared)];
}

/**
 * What policies perhaps leave open although they select a pod: one on the network of its node. Kubernetes leaves it to the plugin whether it tells
 * such a pod from its node, and then policies apply to it as to any other, or not, and then they do not.
 *
 * https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-and-hostnetwork-pods
 */
export function perhapsSpared(draft: ClusterDraft, [first]: readonly PodSet[]): Policy | undefined {
  if (first === undefined) return undefined;
  const at = refOf(draft.cluster, first.id, first.at);
  return doubtPolicy({ spot: spotOf(draft, [first], false), mayAllow: true, mayDeny: false }, at);
}

function spotOf(draft: ClusterDraft, onNodes: readonly PodSet[], areSpared: boolean): BlindSpot {
  const names = onNodes.map(({ id }) => id).sort();
  const some =
    names.length > 3
      ? `${names.slice(0, 3).join(', ')} and ${String(names.length - 3)} more`
      : names.join(', ');
  const policies = areSpared
    ? 'where no policy of pods applies'
    : 'where it is up to the network plugin whether policies apply, and whether rules that name their labels mean them';
  const [first] = onNodes;
  return {
    id: HOST_NETWORK,
    code: 'host-network',
    effect: 'hides-ways',
    what: `${some}: on the network of the node, ${policies}; rules that name the node's address mean them, and they and the pods of the same node are open to each other`,
    remedy:
      'Take hostNetwork away where it is not needed; else count what is on nodes as able to reach every pod there.',
    ...(first !== undefined && { at: refOf(draft.cluster, first.id, first.at) }),
  };
}
