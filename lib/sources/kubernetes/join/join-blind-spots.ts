import { idOf, type BlindSpot, type Network, type NetworkId } from '#model';
import { clustersInAccount, type ClusterInAccount } from '#sources/shared';
import type { ClusterNode } from './cluster-nodes.ts';

/** A pod that has no place in the account that was read. */
export type Unplaced = { readonly pod: string; readonly why: 'account' | 'overlay' | 'pending' };

export const LEAVES_AS_NODE: BlindSpot = {
  id: idOf<'blind-spot'>('leaves-as-node'),
  code: 'not-collected',
  effect: 'hides-ways',
  what: 'what pods send out of the VPC leaves under the first address of their node, and that one the internet knows: which way it goes is not followed',
  remedy: 'Give nodes no public address, or set AWS_VPC_K8S_CNI_EXTERNALSNAT=true.',
};

type Cluster = { readonly name: string; readonly nodes: ReadonlyMap<string, ClusterNode> };

/** What of the two sides has no other side. */
export function joinBlindSpots(
  cluster: Cluster,
  networks: readonly NetworkId[],
  { own, unplaced }: { readonly own: readonly ClusterInAccount[]; readonly unplaced: readonly Unplaced[] },
): readonly BlindSpot[] {
  return [
    ...unplacedSpots(cluster.name, unplaced),
    ...missingNodes(own, cluster),
    ...(new Set(networks).size > 1
      ? [
          spot(
            'pods-in-several-networks',
            `the pods of ${cluster.name} are in ${String(new Set(networks).size)} VPCs, and a policy that selects pods is followed within each of them only`,
            '',
          ),
        ]
      : []),
  ];
}

/** A cluster by itself, whose nodes are instances: what lies around them is in their account. */
export function clusterAlone({ name, nodes }: Cluster): readonly BlindSpot[] {
  const inAws = [...nodes.values()].filter(({ isAws }) => isAws).length;
  if (inAws === 0) return [];
  return [
    spot(
      'nodes-account',
      `the ${String(inAws)} nodes of ${name} are in AWS, and their account was not read: security groups, load balancers and ways from the VPC to pods are not seen`,
      'Add --snapshot with the account of the nodes.',
    ),
  ];
}

const REASONS: Readonly<Record<Unplaced['why'], readonly [text: string, remedy: string]>> = {
  account: [
    'are on nodes whose instances are not in the account that was read',
    'Add the account and Region of the nodes to the snapshot, read at the same time as the cluster.',
  ],
  overlay: [
    'have addresses that no interface of their node has: the network plugin keeps them inside the cluster, or the two sides were read at different times',
    'Read both sides again, one right after the other. Ways between such pods and the VPC are not followed.',
  ],
  pending: ['have no address yet', 'Read the cluster again when they run.'],
};

function unplacedSpots(cluster: string, unplaced: readonly Unplaced[]): readonly BlindSpot[] {
  return (['account', 'overlay', 'pending'] as const).flatMap((why) => {
    const those = unplaced.filter((each) => each.why === why).map(({ pod }) => pod);
    if (those.length === 0) return [];
    const [text, remedy] = REASONS[why];
    const named = those.slice(0, 3).join(', ');
    const more = those.length > 3 ? ` and ${String(those.length - 3)} more` : '';
    return [spot(`pods-not-placed:${why}`, `${named}${more} of ${cluster} ${text}`, remedy)];
  });
}

/**
 * The blind spots of an account that the cluster ends: its own, known by a node that was read. Of one that shows no node in the account, the pods that
 * found their place in its network tell.
 */
export function ended(
  account: Network,
  { nodes }: Cluster,
  networks: readonly NetworkId[],
): readonly ClusterInAccount[] {
  const read = new Set([...nodes.values()].flatMap(({ instance }) => instance ?? []));
  const all = clustersInAccount(account.endpoints.values());
  return all.filter(({ nodes: hosts, network }) =>
    hosts.size > 0
      ? [...hosts].some((host) => read.has(host))
      : networks.includes(network) && all.filter((each) => each.network === network).length === 1,
  );
}

/** Nodes of the cluster that were not among those that were read: what holds the other addresses of their interfaces is not known. */
function missingNodes(
  own: readonly ClusterInAccount[],
  { name: called, nodes }: Cluster,
): readonly BlindSpot[] {
  const read = new Set([...nodes.values()].flatMap(({ instance }) => instance ?? []));
  return own.flatMap(({ spot: id, name = called, nodes: hosts }) => {
    const missing = [...hosts].filter((host) => !read.has(host));
    if (missing.length === 0) return [];
    return [
      spot(
        id,
        `${missing.length === 1 ? '1 instance is a node' : `${String(missing.length)} instances are nodes`} of the cluster ${name} and not among the nodes that were read: which pods have their addresses, and what policies let through, is not seen`,
        'Read the cluster again at the time of the account.',
      ),
    ];
  });
}

function spot(id: string, what: string, remedy: string): BlindSpot {
  return { id: idOf<'blind-spot'>(id), code: 'account-not-collected', effect: 'hides-ways', what, remedy };
}
