import { idOf, type BlindSpotId, type Endpoint, type HostId, type NetworkId } from '#model';

/** A cluster of Kubernetes as an account shows it: by its nodes and its control plane, and not by what runs on them. */
export type ClusterInAccount = {
  /** The blind spot that says that it was not read. */
  readonly spot: BlindSpotId;
  /** Absent where nothing in the account says how it is called. */
  readonly name?: string;
  readonly network: NetworkId;
  readonly nodes: ReadonlySet<HostId>;
  readonly at: Endpoint['at'];
};

/** Tags that name the cluster of an interface or its instance; the last is what the VPC CNI writes. */
const NAMING = ['aws:eks:cluster-name', 'eks:cluster-name', 'cluster.k8s.amazonaws.com/name'];
/** What cloud providers of Kubernetes look for, with the name in the key. */
const OWNING = 'kubernetes.io/cluster/';
/** What the VPC CNI writes on the interfaces that it adds to a node. https://github.com/aws/amazon-vpc-cni-k8s#cni-tag-tags */
const OF_NODE = 'node.k8s.amazonaws.com/instance_id';
/** How the interfaces of the control plane are called. */
const CONTROL_PLANE = /^eks:(\S+)$/;

/**
 * The clusters that endpoints of an account belong to, each once. A cluster lies in one network. Nodes that no tag gives to a cluster are those of the
 * only one that is known in their network by its control plane alone, else of one without a name.
 *
 * https://docs.aws.amazon.com/eks/latest/userguide/eks-using-tags.html
 * https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html
 */
export function clustersInAccount(endpoints: Iterable<Endpoint>): readonly ClusterInAccount[] {
  const found = new Map<string, ClusterInAccount & { readonly nodes: Set<HostId> }>();
  const add = ({ network, host, id, at, role }: Endpoint, name: string | undefined): void => {
    const spot = idOf<'blind-spot'>(
      `cluster-not-read:${[network, name].filter((part) => part !== undefined).join('/')}`,
    );
    const known = found.get(spot) ?? {
      spot,
      network,
      nodes: new Set<HostId>(),
      at,
      ...(name !== undefined && { name }),
    };
    found.set(spot, known);
    // an interface that is attached to no instance is a pod's
    if (role === 'host' && host !== (id as string)) known.nodes.add(host);
  };
  const nameless: Endpoint[] = [];
  const named = new Set<HostId>();
  for (const endpoint of endpoints) {
    const name = clusterOf(endpoint);
    if (name !== undefined) {
      add(endpoint, name);
      named.add(endpoint.host);
    } else if (endpoint.role === 'host' && isOfNode(endpoint)) nameless.push(endpoint);
  }
  const byControlPlane = [...found.values()].filter(({ nodes }) => nodes.size === 0);
  for (const endpoint of nameless) {
    if (named.has(endpoint.host)) continue;
    const candidates = byControlPlane.filter(({ network }) => network === endpoint.network);
    add(endpoint, candidates.length === 1 ? candidates[0]?.name : undefined);
  }
  return [...found.values()];
}

function clusterOf({ tags, role, name, liveness }: Endpoint): string | undefined {
  if (role === 'control-plane') return CONTROL_PLANE.exec(name)?.[1];
  // what a cluster that is gone left behind says nothing
  if ((role !== 'host' && role !== 'other') || liveness === 'detached') return undefined;
  const tag = NAMING.map((key) => tags.get(key)).find((value) => value !== undefined && value !== '');
  return tag ?? [...tags.keys()].find((key) => key.startsWith(OWNING))?.slice(OWNING.length);
}

/** Blocks of addresses are delegated to instances that hand them on to containers. */
function isOfNode({ tags, addresses }: Endpoint): boolean {
  return tags.has(OF_NODE) || addresses.some(({ first, last }) => first.value !== last.value);
}
