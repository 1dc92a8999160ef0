import type { Family } from '#netset';
import { idOf, type BlindSpotId, type Endpoint, type GroupId, type PolicyId } from '#model';
import { refOf, type ClusterDraft } from './cluster-draft.ts';
import { NETWORK, PODS } from './flat-network.ts';
import { NAME_LABEL } from './namespaces.ts';
import { HOST_NETWORK } from './own-nodes.ts';
import type { PodSet } from './pods.ts';
import { roleOf } from './role.ts';

/** What address a pod to come will have nobody knows. */
export const TO_COME: BlindSpotId = idOf<'blind-spot'>('pods-to-come');

/**
 * No policy looks at it: what is asked is what those of others say of it. Where blocks of addresses mean pods too, it may have an address of
 * any of them.
 */
export function potentialOf(
  draft: ClusterDraft,
  id: Endpoint['id'],
  groups: readonly GroupId[],
  families: readonly Family[],
): Endpoint {
  return {
    ...baseOf(draft, id, id),
    unaddressed: {
      families,
      isPublic: false,
      ...(draft.blocks !== 'outside' && { mayBeNamed: TO_COME }),
    },
    groups,
    labels: new Map(),
    policies: [],
    unfiltered: true,
    tags: new Map(),
    at: refOf(draft.cluster, id, { file: draft.cluster }),
  };
}

export function endpointOf(
  draft: ClusterDraft,
  pod: PodSet,
  families: readonly Family[],
  policies: readonly PolicyId[],
): Endpoint {
  return {
    ...baseOf(draft, pod.id, pod.id),
    role: roleOf(pod),
    unaddressed: { families: pod.families.size === 0 ? families : [...pod.families], isPublic: false },
    groups: draft.groups.groupsOf(pod),
    labels: pod.labels,
    policies,
    unfiltered: policies.length === 0,
    tags: tagsOf(pod),
    at: refOf(draft.cluster, pod.id, pod.at),
  };
}

function baseOf(draft: ClusterDraft, id: string, name: string) {
  return {
    kind: 'workload',
    id: idOf<'endpoint'>(id),
    name,
    role: 'host',
    host: idOf<'host'>(id),
    workload: { id, name },
    account: idOf<'account'>(draft.cluster),
    network: NETWORK,
    subnet: PODS,
    addresses: [],
    liveness: 'live',
    initiates: true,
    listens: true,
    canPivot: true,
  } as const;
}

/**
 * A pod on the network of its node: no selector surely means it. Its address is the node's, which rules may name. `policies`: those that perhaps
 * apply to it.
 *
 * https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-and-hostnetwork-pods
 */
export function onNodeOf(
  draft: ClusterDraft,
  pod: PodSet,
  families: readonly Family[],
  policies: readonly PolicyId[],
): Endpoint {
  return {
    ...baseOf(draft, pod.id, pod.id),
    role: roleOf(pod),
    unaddressed: { families, isPublic: false, mayBeNamed: HOST_NETWORK },
    groups: draft.groups.groupsOf(pod),
    labels: pod.labels,
    policies,
    unfiltered: policies.length === 0,
    tags: tagsOf(pod),
    at: refOf(draft.cluster, pod.id, pod.at),
  };
}

/** By its labels a workload is named in a configuration, and by its namespace. */
function tagsOf({ labels, namespace }: PodSet): ReadonlyMap<string, string> {
  return new Map([...labels, [NAME_LABEL, namespace]]);
}
