import { ALL_IPS, IpSet } from '#netset';
import type { BlindSpotId, Selector } from '#model';
import type { ClusterPeer } from '../resources/index.ts';
import type { ClusterDraft } from './cluster-draft.ts';
import { podsOf, type ClusterPolicy } from './cluster-policy.ts';
import type { Named, TieredPeer } from './tiered-policy.ts';
import { withAddress } from './with-address.ts';

/**
 * Whom a peer of a policy of the whole cluster names.
 *
 * `networks` means whoever has one of the addresses, pods too; where a pod's address was not seen, it may. `nodes` are the addresses of the
 * nodes that were read. What a domain name stands for is not known, and neither is a peer of a kind that this version does not know.
 *
 * https://network-policy-api.sigs.k8s.io/reference/spec/
 */
export function peerOf(
  draft: ClusterDraft,
  policy: ClusterPolicy,
  peer: ClusterPeer,
  field: string,
): TieredPeer {
  if (peer.unknown !== undefined) {
    const what = `a peer of the kind “${peer.unknown}” is not understood: the rule may be about anybody`;
    const doubt = doubtAt(draft, policy, field, what, UPGRADE);
    return { field, named: [{ selector: { kind: 'anyone' }, doubt }] };
  }
  if (peer.pods !== undefined || peer.namespaces !== undefined) {
    const pods = draft.groups.of(podsOf(peer));
    return { field, named: [{ selector: { kind: 'group', group: pods.id, text: pods.text } }], pods };
  }
  // what is not said is not there, so that a peer is known by what it has
  return { field, named: outsideOf(draft, policy, peer as OutsidePeer, field) };
}

/** One of these is there. */
type OutsidePeer = Partial<
  Pick<Extract<ClusterPeer, { networks: unknown }>, 'networks' | 'nodes' | 'domainNames'>
>;

function outsideOf(
  draft: ClusterDraft,
  policy: ClusterPolicy,
  { networks, nodes, domainNames = [] }: OutsidePeer,
  field: string,
): readonly Named[] {
  if (networks !== undefined) return networksOf(draft, policy, networks, field);
  if (nodes !== undefined) return nodesOf(draft, policy, nodes, field);
  const what = `the addresses of ${domainNames.join(', ')} are not known: the rule may be about any address outside`;
  return [{ selector: OUTSIDE, doubt: doubtAt(draft, policy, field, what, '') }];
}

const OUTSIDE: Selector = { kind: 'ips', ips: ALL_IPS };
const UPGRADE = 'Look for a later version of Postern.';

function networksOf(
  draft: ClusterDraft,
  policy: ClusterPolicy,
  cidrs: readonly string[],
  field: string,
): readonly Named[] {
  const text = cidrs.join(', ');
  const ips = IpSet.unionOf(cidrs.map((cidr) => IpSet.parse(cidr)));
  if (draft.clusterPeers === 'outside-only') return [{ selector: { kind: 'ips', ips, text } }];
  return withAddress(draft, ips, text, (workloads) =>
    doubtAt(
      draft,
      policy,
      field,
      `${text} means pods too, and the addresses of ${String(workloads)} workloads are not known`,
      'Read the live cluster, where pods have addresses.',
    ),
  );
}

function nodesOf(
  draft: ClusterDraft,
  policy: ClusterPolicy,
  selector: Parameters<ClusterDraft['nodes']>[0],
  field: string,
): readonly Named[] {
  const found = draft.nodes(selector);
  if (found !== undefined) return [{ selector: { kind: 'ips', ips: found, text: 'nodes' } }];
  if (draft.clusterPeers === 'outside-only') return [];
  const what = 'the addresses of nodes are not known: the rule may be about any address outside';
  return [
    { selector: OUTSIDE, doubt: doubtAt(draft, policy, field, what, 'Read the live cluster, nodes too.') },
  ];
}

function doubtAt(
  draft: ClusterDraft,
  { object, at }: ClusterPolicy,
  field: string,
  what: string,
  remedy: string,
): BlindSpotId {
  return draft.doubt(
    `${object.kind} ${object.metadata.name ?? ''}: ${what}`,
    remedy,
    draft.at(object, at, field, false),
  );
}
