import { TransportSet } from '#netset';
import { idOf, type BlindSpot, type BlindSpotId } from '#model';
import { refOf, ruleOf, type ClusterDraft } from './cluster-draft.ts';
import type { PodSet } from './pods.ts';
import { TIERS } from './tiers.ts';

export const HOST_NETWORK: BlindSpotId = idOf<'blind-spot'>('host-network');

/**
 * What runs on the network of a node may open what it likes on the pods of that node, whatever policies say; which node a pod will be on nobody
 * knows beforehand. So whoever stands there may get to every pod that a policy selects.
 *
 * https://kubernetes.io/docs/concepts/services-networking/network-policies/#what-you-can-t-do-with-network-policies-at-least-not-yet
 */
export function addOwnNodes(draft: ClusterDraft, onNodes: readonly PodSet[]): readonly BlindSpot[] {
  const [first] = onNodes;
  const selected = draft.selected();
  if (first === undefined) return [];
  const at = refOf(draft.cluster, first.id, first.at);
  const { id: group } = draft.groups.named('pods on the network of their node', onNodes);
  const rule = ruleOf({
    id: 'own node',
    direction: 'ingress',
    action: 'allow',
    selector: { kind: 'group', group },
    transport: TransportSet.ALL,
    doubt: HOST_NETWORK,
    at,
  });
  draft.add(
    {
      id: idOf<'policy'>('own node'),
      name: 'own node',
      kind: 'tiered',
      tier: { ...TIERS.ownNode, order: 0, applies: ['ingress'] },
      rules: [rule],
      isDefault: true,
      tags: new Map(),
      at,
    },
    selected,
  );
  const names = onNodes.map(({ id }) => id).sort();
  const some =
    names.length > 3
      ? `${names.slice(0, 3).join(', ')} and ${String(names.length - 3)} more`
      : names.join(', ');
  return [
    {
      id: HOST_NETWORK,
      code: 'host-network',
      effect: 'hides-ways',
      what: `${some}: on the network of the node, where policies do not apply; rules that name the node's address mean them, and pods of the same node are open to them`,
      remedy:
        'Take hostNetwork away where it is not needed; else count what is on nodes as able to reach every pod there.',
      at,
    },
  ];
}
