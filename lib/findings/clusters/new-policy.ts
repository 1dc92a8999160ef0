import { TransportSet } from '#netset';
import { idOf, type Direction, type Endpoint, type Network, type Policy, type Selector } from '#model';
import { NAMESPACE } from './cluster.ts';

/** Whom a policy that somebody might write admits: anybody, every pod, or the pods of one namespace. */
export type NewPeer = 'anyone' | 'cluster' | { readonly namespace: string };

/** A policy of one namespace and one direction that somebody might write, as far as NetworkPolicies can say it. */
export type NewPolicy = {
  readonly namespace: string;
  readonly name: string;
  /** By which labels it selects pods; none: all of the namespace. */
  readonly selects: ReadonlyMap<string, string>;
  readonly direction: Direction;
  /** What it lets through; nothing: it denies by default. */
  readonly allows: readonly { readonly peer: NewPeer; readonly transport: TransportSet }[];
};

/** The tier in which every NetworkPolicy is, as the translator has it. */
const TIER = { rank: 1_000_000, name: 'NetworkPolicy', otherwise: 'deny', order: 1_000 } as const;

/** The network with such a policy, carried by these endpoints. */
export function withNewPolicy(network: Network, wanted: NewPolicy, carriers: readonly Endpoint[]): Network {
  const { namespace, name, direction, allows } = wanted;
  const id = idOf<'policy'>(`NetworkPolicy ${namespace}/${name}`);
  const [first] = carriers;
  const at = { source: 'kubernetes', account: first?.at.account ?? '', region: '', path: '', id };
  const carrying = new Set(carriers.map((endpoint) => endpoint.id));
  const endpoints = new Map(network.endpoints);
  for (const endpoint of network.endpoints.values()) {
    const groups = allows
      .filter(({ peer }) => isMember(endpoint, peer))
      .flatMap(({ peer }) => {
        const selector = selectorOf(peer);
        return selector.kind === 'group' && !endpoint.groups.includes(selector.group) ? [selector.group] : [];
      });
    const isCarrier = carrying.has(endpoint.id);
    if (groups.length === 0 && !isCarrier) continue;
    endpoints.set(endpoint.id, {
      ...endpoint,
      groups: [...endpoint.groups, ...groups],
      ...(isCarrier && { policies: [...endpoint.policies, id], unfiltered: false }),
    });
  }
  const policy: Policy = {
    id,
    name: `${namespace}/${name}`,
    kind: 'tiered',
    tier: { ...TIER, applies: [direction] },
    rules: allows.map(({ peer, transport }, i) => ({
      id: idOf<'rule'>(`${namespace}/${name} ${String(i)}`),
      direction,
      action: 'allow',
      selector: selectorOf(peer),
      transport,
      description: '',
      at,
    })),
    isDefault: false,
    tags: new Map(),
    at,
  };
  return { ...network, endpoints, policies: new Map(network.policies).set(id, policy) };
}

/** Whether a rule for these pods means an endpoint: pods on the network of their node are nobody's, an entrance that is a pod is one of all. */
export function isMember({ kind, role, tags, groups, unaddressed }: Endpoint, peer: NewPeer): boolean {
  if (peer === 'anyone' || kind !== 'workload' || unaddressed?.mayBeNamed !== undefined) return false;
  if (peer === 'cluster') return role !== 'load-balancer' || groups.length > 0;
  return role !== 'load-balancer' && tags.get(NAMESPACE) === peer.namespace;
}

export function selectorOf(peer: NewPeer): Selector {
  if (peer === 'anyone') return { kind: 'anyone' };
  const text = peer === 'cluster' ? 'all pods in all namespaces' : `all pods in ${peer.namespace}`;
  return { kind: 'group', group: idOf<'group'>(text), text };
}

/** What a policy does, in a few words: `default-deny-ingress, which denies what comes in`. */
export function policyWords({ name, direction, allows }: NewPolicy): string {
  const isIngress = direction === 'ingress';
  if (allows.length === 0) return `${name}, which denies what ${isIngress ? 'comes in' : 'goes out'}`;
  const told = allows.map(({ peer, transport }) => {
    const flows = transport.equals(TransportSet.ALL) ? '' : transport.toString();
    if (isIngress) return flows === '' ? peerWords(peer) : `${flows} from ${peerWords(peer)}`;
    return `${flows === '' ? '' : `${flows} `}to ${peerWords(peer)}`;
  });
  return `${name}, which ${isIngress ? 'admits' : 'lets out'} ${told.join(' and ')}`;
}

function peerWords(peer: NewPeer): string {
  if (peer === 'anyone') return 'anybody';
  return peer === 'cluster'
    ? 'every pod of the cluster, those of DNS among them'
    : `the pods of ${peer.namespace}`;
}
