import { compareIps, type Ip } from '#netset';
import {
  idOf,
  type BlindSpot,
  type Endpoint,
  type EndpointAddress,
  type EndpointId,
  type Handoff,
  type Network,
  type Policy,
  type Relay,
} from '#model';
import type { RunningPod } from '../translate/pods.ts';
import type { PodsOf } from '../translate/translate.ts';
import type { ClusterNode } from './cluster-nodes.ts';
import { ended, joinBlindSpots, LEAVES_AS_NODE, type Unplaced } from './join-blind-spots.ts';
import { nodeRules, OWN_NODE, type NodeRules } from './node-policies.ts';
import { PodPlaces } from './pod-places.ts';
import { withoutAddresses } from './without-addresses.ts';

/** A cluster by itself, and what of it can be found in an account. */
export type JoinableCluster = {
  readonly name: string;
  readonly network: Network;
  readonly pods: ReadonlyMap<EndpointId, PodsOf>;
  readonly nodes: ReadonlyMap<string, ClusterNode>;
  /** Pods keep their address when they leave the VPC. */
  readonly keepsAddresses: boolean;
};

/** A pod that has its place in the account. */
type Placed = {
  readonly pod: RunningPod;
  readonly workload: Endpoint;
  readonly at: Endpoint;
  readonly ips: readonly Ip[];
  readonly node: ClusterNode | undefined;
  /** No other pod shares its interface, and packets to its neighbours leave the node. */
  readonly isOwn: boolean;
};

/**
 * An account and the cluster on its instances as one network. Where the plugin gives pods addresses of the VPC, a pod is an endpoint with the
 * address that the account's interface has for it: it takes the address away from the interface, stands in the same subnet behind the same
 * security groups, and carries the cluster's policies besides, so that what gets to it has the consent of both. Load balancers that
 * hand on to the address hand on to the pod.
 *
 * Pods that are not found stay in the cluster's own network, which nothing joins to the account: a blind spot says so.
 */
export function joinAccount(account: Network, cluster: JoinableCluster): Network {
  const places = new PodPlaces(account);
  const placed: Placed[] = [];
  const unplaced: Unplaced[] = [];
  const onNodes = new Set<EndpointId>();
  const whole = new Set<EndpointId>();
  for (const [id, { running, hostNetwork }] of cluster.pods) {
    const workload = cluster.network.endpoints.get(id);
    if (workload === undefined) continue;
    const found = running.map((pod) => {
      const node = pod.node === undefined ? undefined : cluster.nodes.get(pod.node);
      return { pod, node, place: places.find(pod, node) };
    });
    for (const { pod, node, place } of found) {
      if (place.kind !== 'found') unplaced.push({ pod: pod.name, why: place.kind });
      // the node's own address: the pod is the node, for security groups and policies alike
      else if (!hostNetwork)
        placed.push({ pod, workload, at: place.interface, ips: place.ips, node, isOwn: place.isOwn });
    }
    if (found.length > 0 && found.every(({ place }) => place.kind === 'found')) {
      if (hostNetwork) onNodes.add(id);
      else whole.add(id);
    }
  }
  const rules = rulesOf(placed);
  const leaving = cluster.keepsAddresses ? new Set<string>() : publicNodes(placed, places);
  const pods = placed.map((each) => podEndpoint(each, rules, leaving));
  const rest = remaining(cluster.network, new Set([...whole, ...onNodes]), placed);
  const networks = placed.map(({ at }) => at.network);
  const own = ended(account, cluster, networks);
  const spots: BlindSpot[] = [
    ...joinBlindSpots(cluster, networks, { own, unplaced }),
    ...(rules.size > 0 ? [OWN_NODE] : []),
    ...(leaving.size > 0 ? [LEAVES_AS_NODE] : []),
  ];
  return {
    ...account,
    endpoints: new Map(
      [...interfacesLeft(account, placed, rules), ...pods, ...rest.endpoints].map((each) => [each.id, each]),
    ),
    policies: new Map([
      ...account.policies,
      ...cluster.network.policies,
      ...[...rules.values()].flatMap(({ sameNode, ownNode }): [Policy['id'], Policy][] => [
        [sameNode.id, sameNode],
        [ownNode.id, ownNode],
      ]),
    ]),
    networks: new Map([...account.networks, ...rest.networks]),
    subnets: new Map([...account.subnets, ...rest.subnets]),
    routeTables: new Map([...account.routeTables, ...rest.routeTables]),
    gateways: new Map([...account.gateways, ...rest.gateways]),
    relays: new Map([...handingOnToPods(account.relays, placed), ...rest.relays]),
    blindSpots: new Map([
      ...[...account.blindSpots].filter(([id]) => !own.some(({ spot }) => spot === id)),
      ...cluster.network.blindSpots,
      ...spots.map((spot) => [spot.id, spot] as const),
    ]),
  };
}

function podId({ workload, pod }: Placed): EndpointId {
  return idOf<'endpoint'>(`${workload.id} ${pod.name}`);
}

function podEndpoint(
  placed: Placed,
  rules: ReadonlyMap<string, NodeRules>,
  leaving: ReadonlySet<string>,
): Endpoint {
  const { workload, at, ips, node, pod, isOwn } = placed;
  const own = node?.instance === undefined ? undefined : rules.get(node.instance);
  const shared = isOwn ? undefined : own;
  const { unaddressed: _, ...rest } = workload;
  const isPublicNode = node?.instance !== undefined && leaving.has(node.instance);
  const hasTiers = workload.policies.length > 0;
  return {
    ...rest,
    id: podId(placed),
    host: idOf<'host'>(`pod ${pod.name}`),
    account: at.account,
    network: at.network,
    subnet: at.subnet,
    addresses: ips.map((ip, i) => addressOf(at, ip, i === 0, isPublicNode)),
    groups: [...at.groups, ...workload.groups, ...(shared === undefined ? [] : [shared.together])],
    policies: [
      ...at.policies,
      ...workload.policies,
      ...(shared === undefined ? [] : [shared.sameNode.id]),
      ...(own === undefined || !hasTiers ? [] : [own.ownNode.id]),
    ],
    unfiltered: at.unfiltered && !hasTiers,
    liveness: at.liveness,
  };
}

/** IPv6 addresses are dialled as they are; an IPv4 one of a pod is never, but what the pod sends may leave under its node's. */
function addressOf(at: Endpoint, ip: Ip, isPrimary: boolean, isPublicNode: boolean): EndpointAddress {
  const holder = at.addresses.find(
    ({ first, last }) =>
      first.family === ip.family && compareIps(first, ip) <= 0 && compareIps(ip, last) <= 0,
  );
  const publicIp = ip.family === 6 ? (holder?.publicIp === undefined ? undefined : ip) : holder?.publicIp;
  return {
    first: ip,
    last: ip,
    isPrimary,
    ...(publicIp !== undefined && { publicIp }),
    ...(publicIp === undefined && ip.family === 4 && isPublicNode && { hiddenPublicIp: LEAVES_AS_NODE.id }),
  };
}

/** The rules of each node that has pods of its own interfaces. */
function rulesOf(placed: readonly Placed[]): ReadonlyMap<string, NodeRules> {
  const rules = new Map<string, NodeRules>();
  for (const { node, at } of placed) {
    if (node?.instance !== undefined && !rules.has(node.instance)) {
      rules.set(node.instance, nodeRules(node.instance, at.at));
    }
  }
  return rules;
}

/** The nodes that have an address which the internet knows. */
function publicNodes(placed: readonly Placed[], places: PodPlaces): ReadonlySet<string> {
  const instances = new Set(placed.flatMap(({ node }) => node?.instance ?? []));
  return new Set(
    [...instances].filter((instance) =>
      places
        .interfacesOf(instance)
        .some(({ addresses }) => addresses.some(({ publicIp }) => publicIp?.family === 4)),
    ),
  );
}

/** The account's endpoints without the addresses that are pods'; an interface that was a pod's alone is the pod. */
function interfacesLeft(
  account: Network,
  placed: readonly Placed[],
  rules: ReadonlyMap<string, NodeRules>,
): readonly Endpoint[] {
  const taken = new Map<EndpointId, Ip[]>();
  for (const { at, ips } of placed) taken.set(at.id, [...(taken.get(at.id) ?? []), ...ips]);
  return [...account.endpoints.values()].flatMap((endpoint) => {
    const addresses = withoutAddresses(endpoint.addresses, taken.get(endpoint.id) ?? []);
    if (addresses.length === 0 && taken.has(endpoint.id)) return [];
    const own = rules.get(endpoint.host);
    if (own === undefined) return [{ ...endpoint, addresses }];
    return [
      {
        ...endpoint,
        addresses,
        groups: [...endpoint.groups, own.together, own.node],
        policies: [...endpoint.policies, own.sameNode.id],
      },
    ];
  });
}

/** What load balancers hand on to a pod's address goes to the pod. */
function handingOnToPods(relays: Network['relays'], placed: readonly Placed[]): Network['relays'] {
  const pods = new Map<string, EndpointId>();
  for (const each of placed) for (const ip of each.ips) pods.set(keyOf(each.at.id, ip), podId(each));
  return new Map(
    [...relays].map(([id, relay]): [Relay['id'], Relay] => [
      id,
      {
        ...relay,
        listeners: relay.listeners.map((listener) => ({
          ...listener,
          handoffs: listener.handoffs.map((handoff) => {
            const pod = handoff.ip === undefined ? undefined : pods.get(keyOf(handoff.target, handoff.ip));
            return pod === undefined ? handoff : { ...handoff, target: pod };
          }),
        })),
      },
    ]),
  );
}

function keyOf(endpoint: EndpointId, { family, value }: Ip): string {
  return `${endpoint} ${String(family)} ${String(value)}`;
}

/**
 * What of the cluster's own network is left: workloads of which not every pod has its place, and the ways in that hand on to them. The ways in
 * to all others are in the account, as the load balancers that they really are. Services as clients inside dial them go on to the pods.
 */
function remaining(cluster: Network, gone: ReadonlySet<EndpointId>, placed: readonly Placed[]) {
  const pods = new Map<EndpointId, Placed[]>();
  for (const each of placed) pods.set(each.workload.id, [...(pods.get(each.workload.id) ?? []), each]);
  const handedOn = (handoff: Handoff, isInner: boolean): readonly Handoff[] => [
    ...(gone.has(handoff.target) ? [] : [handoff]),
    ...(isInner ? (pods.get(handoff.target) ?? []) : []).flatMap((each) =>
      each.ips.map((ip) => ({ ...handoff, target: podId(each), ip })),
    ),
  ];
  const isDoor = (id: EndpointId): boolean => cluster.endpoints.get(id)?.role === 'load-balancer';
  const relays = [...cluster.relays.values()].flatMap((relay): Relay[] => {
    const isInner = !relay.entrances.some(isDoor);
    const listeners = relay.listeners.flatMap((listener) => {
      const handoffs = listener.handoffs.flatMap((handoff) => handedOn(handoff, isInner));
      return handoffs.length === 0 ? [] : [{ ...listener, handoffs }];
    });
    // pods that carry out Ingress objects: whoever gets to one of them is handed on
    const entrances = relay.entrances.flatMap((id) => [
      ...(gone.has(id) ? [] : [id]),
      ...(pods.get(id) ?? []).map(podId),
    ]);
    return listeners.length === 0 ? [] : [{ ...relay, entrances, listeners }];
  });
  const entrances = new Set([...cluster.relays.values()].flatMap((relay) => relay.entrances.filter(isDoor)));
  const kept = new Set(relays.flatMap((relay) => relay.entrances));
  const endpoints = [...cluster.endpoints.values()].filter(({ id }) =>
    entrances.has(id) ? kept.has(id) : !gone.has(id),
  );
  const isEmpty = endpoints.length === 0;
  return {
    endpoints,
    relays: new Map(relays.map((relay) => [relay.id, relay])),
    networks: isEmpty ? [] : cluster.networks,
    subnets: isEmpty ? [] : cluster.subnets,
    routeTables: isEmpty ? [] : cluster.routeTables,
    gateways: isEmpty ? [] : cluster.gateways,
  };
}
