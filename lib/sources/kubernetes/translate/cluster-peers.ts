import { ALL_IPS, ALL_IPV4, ALL_IPV6, IpSet } from '#netset';
import type { BlindSpotId, Selector } from '#model';
import type { ClusterPeer } from '../resources/index.ts';
import type { ClusterDraft } from './cluster-draft.ts';
import { podsOf, type ClusterPolicy } from './cluster-policy.ts';
import { ALL_PODS } from './pod-groups.ts';
import type { PodSet } from './pods.ts';

/** Whom a peer names, surely, or with a doubt at most. */
export type Named = { readonly selector: Selector; readonly doubt?: BlindSpotId };

/**
 * Whom a peer of a policy of the whole cluster names.
 *
 * `networks` means whoever has one of the addresses, pods too; where a pod's address was not seen, it may. `nodes` are the addresses of the
 * nodes that were read. What a domain name stands for is not known, and neither is a peer of a kind that this version does not know.
 *
 * https://network-policy-api.sigs.k8s.io/reference/spec/
 */
export function namedBy(
  draft: ClusterDraft,
  policy: ClusterPolicy,
  peer: ClusterPeer,
  place: string,
): readonly Named[] {
  if ('unknown' in peer) {
    const what = `a peer of the kind “${peer.unknown}” is not understood: the rule may be about anybody`;
    return [{ selector: { kind: 'anyone' }, doubt: doubt(draft, policy, place, what, UPGRADE) }];
  }
  if (peer.pods !== undefined || peer.namespaces !== undefined)
    return [{ selector: { kind: 'group', group: draft.groups.of(podsOf(peer)).id } }];
  if (!('networks' in peer)) return [];
  if (peer.networks !== undefined) return networks(draft, policy, peer.networks, place);
  if (peer.nodes !== undefined) return nodes(draft, policy, peer.nodes, place);
  const names = (peer.domainNames ?? []).join(', ');
  const what = `the addresses of ${names} are not known: the rule may be about any address outside`;
  return [{ selector: OUTSIDE, doubt: doubt(draft, policy, place, what, '') }];
}

const OUTSIDE: Selector = { kind: 'ips', ips: ALL_IPS };
const UPGRADE = 'Look for a later version of Postern.';

function networks(
  draft: ClusterDraft,
  policy: ClusterPolicy,
  cidrs: readonly string[],
  place: string,
): readonly Named[] {
  const text = cidrs.join(', ');
  const ips = IpSet.unionOf(cidrs.map((cidr) => IpSet.parse(cidr)));
  const outside: Named = { selector: { kind: 'ips', ips, text } };
  if (draft.clusterPeers === 'outside-only') return [outside];
  const sure = draft.groups.partOf(ALL_PODS, `in ${text}`, (pod) => isIn(pod, ips) === 'yes');
  const maybe = draft.groups.partOf(ALL_PODS, `perhaps in ${text}`, (pod) => isIn(pod, ips) === 'perhaps');
  const found = [outside];
  if (sure.members.length > 0) found.push({ selector: { kind: 'group', group: sure.id } });
  if (maybe.members.length > 0) {
    const what = `${text} means pods too, and the addresses of ${String(maybe.members.length)} workloads are not known`;
    const remedy = 'Read the live cluster, where pods have addresses.';
    found.push({
      selector: { kind: 'group', group: maybe.id },
      doubt: doubt(draft, policy, place, what, remedy),
    });
  }
  return found;
}

/** Whether pods have addresses of a set: all of them, some or perhaps some, none. */
function isIn(pod: PodSet, ips: IpSet): 'yes' | 'perhaps' | 'no' {
  const wholes = [ALL_IPV4, ALL_IPV6].filter((all) => all.subtract(ips).isEmpty).length;
  if (wholes === 2) return 'yes';
  // without a sight of it, a pod has an IPv4 address as most do, but that is not sure
  if (pod.hasUnseenAddresses) return 'perhaps';
  const inside = pod.addresses.filter((ip) => ips.has(ip)).length;
  if (inside === 0) return 'no';
  return inside === pod.addresses.length ? 'yes' : 'perhaps';
}

function nodes(
  draft: ClusterDraft,
  policy: ClusterPolicy,
  selector: Parameters<ClusterDraft['nodes']>[0],
  place: string,
): readonly Named[] {
  const found = draft.nodes(selector);
  if (found !== undefined) return [{ selector: { kind: 'ips', ips: found, text: 'nodes' } }];
  if (draft.clusterPeers === 'outside-only') return [];
  const what = 'the addresses of nodes are not known: the rule may be about any address outside';
  return [
    { selector: OUTSIDE, doubt: doubt(draft, policy, place, what, 'Read the live cluster, nodes too.') },
  ];
}

function doubt(
  draft: ClusterDraft,
  { object, at }: ClusterPolicy,
  place: string,
  what: string,
  remedy: string,
): BlindSpotId {
  return draft.doubt(
    `${object.kind} ${object.metadata.name ?? ''}: ${what}`,
    remedy,
    draft.at(object, at, place, false),
  );
}
