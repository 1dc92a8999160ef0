import { TransportSet } from '#netset';
import { idOf, type BlindSpot, type GroupId, type Policy, type Rule, type SourceRef } from '#model';

/** Between whom nothing of the VPC stands: what is on one node. */
export type NodeRules = {
  /** The interfaces of the node, and the pods that share them. */
  readonly together: GroupId;
  /** The interfaces of the node alone. */
  readonly node: GroupId;
  /** For all of them: no security group is asked. */
  readonly sameNode: Policy;
  /** For its pods: their policies do not keep the node out. */
  readonly ownNode: Policy;
};

/** Before every tier of Kubernetes' own and after what is in doubt. */
const RANK = 1;

export const OWN_NODE: BlindSpot = {
  id: idOf<'blind-spot'>('own-node'),
  code: 'not-collected',
  effect: 'hides-ways',
  what: 'whether the policies of a pod hold for what it sends to its own node is up to the network plugin',
  remedy: '',
};

/**
 * What the pods of one node and the node itself may do to each other. Packets between them do not leave the instance, so no security group sees
 * them; and what comes from a pod's own node always gets in, so that the kubelet can probe it.
 *
 * https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function nodeRules(instance: string, at: SourceRef): NodeRules {
  const name = `same node ${instance}`;
  // a list that names its own carriers: nobody set it up, so nobody is told that it is wide
  const together = idOf<'group'>(name);
  const node = idOf<'group'>(`node ${instance}`);
  const rule = (direction: Rule['direction'], group: GroupId, doubt?: BlindSpot['id']): Rule => ({
    id: idOf<'rule'>(`${group} ${direction}`),
    direction,
    action: 'allow',
    selector: { kind: 'group', group },
    transport: TransportSet.ALL,
    description: '',
    ...(doubt !== undefined && { doubt }),
    at,
  });
  const base = { isDefault: false, tags: new Map<string, string>(), at };
  return {
    together,
    node,
    sameNode: {
      ...base,
      id: idOf<'policy'>(name),
      name,
      kind: 'any-allow',
      rules: [rule('ingress', together), rule('egress', together)],
    },
    ownNode: {
      ...base,
      isDefault: true,
      id: idOf<'policy'>(`own node ${instance}`),
      name: `own node ${instance}`,
      kind: 'tiered',
      tier: { rank: RANK, name: 'own node', order: 0, applies: ['ingress', 'egress'], otherwise: 'next' },
      rules: [rule('ingress', node), rule('egress', node, OWN_NODE.id)],
    },
  };
}
