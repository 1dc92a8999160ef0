import type { Family } from '#netset';
import { idOf, type BlindSpot, type Endpoint, type EndpointId, type Network } from '#model';
import { blocksMean, closesUnselected, sparesHostPods, type Enforcement } from '../enforcement/index.ts';
import type { Problem, ReadObject } from '../resources/index.ts';
import { readAdminPolicies } from './admin-policies.ts';
import { addCalicoPolicy } from './calico/add-policy.ts';
import { readNetworkSets } from './calico/network-sets.ts';
import { readCalicoPolicies } from './calico/policies.ts';
import { readCidrGroups } from './cilium/cidr-groups.ts';
import { addCiliumPolicy, readCiliumPolicies } from './cilium/policies.ts';
import { addClosedByDefault } from './closed-by-default.ts';
import { ClusterDraft, type ClusterPeers } from './cluster-draft.ts';
import { readClusterNetworkPolicies } from './cluster-network-policies.ts';
import { addClusterPolicy } from './add-cluster-policy.ts';
import { byTopOwner } from './by-top-owner.ts';
import { clusterPodSelectorsOf } from './cluster-policy.ts';
import type { Doubt } from './doubt.ts';
import { applyPolicies } from './enforced.ts';
import { readNodes } from './nodes.ts';
import { inOrder } from './priorities.ts';
import type { Published } from './published.ts';
import { addEntrances } from './entrances.ts';
import { readGateways } from './gateways.ts';
import { flatNetwork } from './flat-network.ts';
import { readIngresses } from './ingresses.ts';
import { innerRelays } from './inner-relays.ts';
import type { Labels } from './match-labels.ts';
import { NAME_LABEL, readNamespaces } from './namespaces.ts';
import { addNetworkPolicy, podSelectorsOf, readNetworkPolicies } from './network-policies.ts';
import { readOpenshiftRoutes } from './openshift-routes.ts';
import { byOwner } from './owners.ts';
import { addOwnNodes, perhapsSpared } from './own-nodes.ts';
import { endpointOf, onNodeOf, potentialOf, TO_COME } from './pod-endpoints.ts';
import { PodGroups } from './pod-groups.ts';
import { readPods, type PodSet, type RunningPod } from './pods.ts';
import { potentialPods, type PotentialPod } from './potential-pods.ts';
import { readServiceEndpoints } from './service-endpoints.ts';
import { leadsNowhere } from './service-doors.ts';
import { readServices } from './services.ts';
import { doubtUndecidedOrder } from './undecided-order.ts';
import { unreadObjects } from './unread-objects.ts';

/** What is known of one cluster, however it was read. */
export type ClusterInput = {
  /** What people call the cluster: a folder, or the name of a context. */
  readonly name: string;
  readonly objects: readonly ReadObject[];
  /** What could not be read. */
  readonly blindSpots?: readonly BlindSpot[];
  /** Read of a running cluster, where pods of one owner differ while it is rolled out. */
  readonly isLive?: true;
  /** Whether policies have an effect; absent where that is not asked, and then they count as enforced. */
  readonly enforcement?: Enforcement;
  /** What is not known of the policies themselves, for all pods. */
  readonly doubts?: readonly Doubt[];
};

export type TranslateOptions = {
  /** Whether pods that carry out Ingress objects are known as such; a peer's known truths have one that nobody knows. */
  readonly ingressControllers?: 'found' | 'unknown';
  /** What to do where pods of one owner differ in what a policy looks at. */
  readonly onOwnerGap?: 'refuse' | 'split';
  readonly clusterPeers?: ClusterPeers;
  /** Whether pods on the network of their node are told apart from others; a peer's known truths take them for pods. */
  readonly hostNetwork?: 'apart' | 'as-pods';
  /** Whether pods count to what stands above their controller, a Deployment above its ReplicaSets, or to their controller. */
  readonly owners?: 'top' | 'direct';
  /** What to do about policies of the whole cluster that stand at one place. */
  readonly onTie?: 'doubt' | 'refuse';
  /** Whether to add the pods that are not there and that policies have something to say about. */
  readonly withPotential?: boolean;
};

export type PodsOf = { readonly running: readonly RunningPod[]; readonly hostNetwork: boolean };

export type Translated = {
  readonly network: Network;
  readonly problems: readonly Problem[];
  /** The pods behind each endpoint, as far as they were seen. */
  readonly pods: ReadonlyMap<EndpointId, PodsOf>;
  readonly potential: readonly PotentialPod[];
};

/** The network that the objects of a cluster tell of, and what of them is invalid: then the network lacks it. */
export function translate(
  { name, objects: given, blindSpots = [], enforcement, doubts = [], isLive }: ClusterInput,
  {
    ingressControllers = 'found',
    onOwnerGap = isLive === true ? 'split' : 'refuse',
    withPotential = false,
    hostNetwork = 'apart',
    clusterPeers = 'as-specified',
    onTie = 'doubt',
    owners = 'top',
  }: TranslateOptions = {},
): Translated {
  const problems: Problem[] = [];
  const objects = owners === 'top' ? byTopOwner(given) : given;
  const policies = readNetworkPolicies(objects, problems);
  const clusterWide = inOrder(
    [...readAdminPolicies(objects, problems), ...readClusterNetworkPolicies(objects, problems)],
    problems,
    onTie,
  );
  const selectors = [...policies.flatMap(podSelectorsOf), ...clusterWide.flatMap(clusterPodSelectorsOf)];
  const all = byOwner(readPods(objects, problems), selectors, onOwnerGap, problems);
  const onNodes = hostNetwork === 'apart' ? all.filter((pod) => pod.hostNetwork) : [];
  const pods = all.filter((pod) => !onNodes.includes(pod));
  const used = [...all, ...policies].map(({ namespace }) => namespace);
  const namespaces = readNamespaces(objects, used, problems);
  const groups = new PodGroups(namespaces, pods);
  const unread = unreadObjects(name, objects, enforcement);
  const areSpared = sparesHostPods(enforcement);
  const draft = new ClusterDraft(name, groups, problems, {
    nodes: readNodes(objects),
    clusterPeers,
    blocks: blocksMean(enforcement),
    ...(!areSpared && { onNodes: new PodGroups(namespaces, onNodes) }),
  });
  for (const policy of policies) addNetworkPolicy(draft, policy);
  for (const policy of clusterWide) addClusterPolicy(draft, policy);
  const sets = readNetworkSets(objects);
  for (const policy of readCalicoPolicies(objects, problems)) addCalicoPolicy(draft, policy, sets);
  for (const [group, ips] of readCidrGroups(objects, problems)) draft.cidrGroups.set(group, ips);
  for (const policy of readCiliumPolicies(objects, problems)) addCiliumPolicy(draft, policy);
  if (closesUnselected(enforcement)) addClosedByDefault(draft, pods);
  const spots = addOwnNodes(draft, onNodes, { areSpared });
  doubtUndecidedOrder(draft);
  const families = familiesOf(all);
  const published: Published = {
    controllers: ingressControllers,
    pods: new PodGroups(namespaces, all),
    services: readServices(objects, problems),
    endpoints: readServiceEndpoints(objects),
    ingresses: readIngresses(objects, problems),
    routes: readOpenshiftRoutes(objects, problems),
    ...readGateways(objects, problems),
  };
  const labelsOf = (namespace: string): Labels =>
    namespaces.get(namespace)?.labels ?? new Map([[NAME_LABEL, namespace]]);
  const entrances = addEntrances(draft, published, { families, labelsOf });
  const applied = applyPolicies(draft, areSpared ? pods : [...pods, ...onNodes], {
    enforcement,
    doubts: [...doubts, ...unread.doubts],
  });
  const selected = onNodes.filter((pod) => (applied.of.get(pod) ?? []).length > 0);
  const spared = perhapsSpared(draft, selected);
  const onNode = (pod: PodSet): Endpoint =>
    onNodeOf(draft, pod, families, [
      ...(applied.of.get(pod) ?? []),
      ...(spared !== undefined && selected.includes(pod) ? [spared.id] : []),
    ]);
  const relays = [...entrances.map(({ relay }) => relay), ...innerRelays(draft, published)];
  const endpoints = [
    ...entrances.map(({ endpoint }) => endpoint),
    ...pods.map((pod) => endpointOf(draft, pod, families, applied.of.get(pod) ?? [])),
    ...onNodes.map(onNode),
  ];
  const potential = withPotential
    ? potentialPods(draft, namespaces, (id, memberOf) => potentialOf(draft, id, memberOf, families))
    : [];
  for (const { endpoint } of potential) endpoints.push(endpoint);
  const flat = flatNetwork(name);
  return {
    network: {
      ...flat,
      endpoints: new Map(endpoints.map((endpoint) => [endpoint.id, endpoint])),
      policies: new Map([
        ...flat.policies,
        ...[...applied.policies, ...applied.doubts, ...(spared === undefined ? [] : [spared])].map(
          (policy) => [policy.id, policy] as const,
        ),
      ]),
      relays: new Map(relays.map((relay) => [relay.id, relay])),
      sideDoors: [],
      internetUnknown: new Map(),
      innerServices: [],
      frontDoors: new Map(),
      blindSpots: new Map(
        [
          ...blindSpots,
          ...spots,
          ...unread.spots,
          ...(potential.length > 0 && draft.blocks !== 'outside' ? [ADDRESSES_TO_COME] : []),
          ...draft.blindSpots.values(),
          ...applied.blindSpots,
          ...entrances.flatMap(({ spot }) => spot ?? []),
          ...published.services.flatMap((service) => leadsNowhere(draft, published, service)),
        ].map((spot) => [spot.id, spot]),
      ),
    },
    problems,
    pods: new Map(
      all.map(({ id, pods: running, hostNetwork: onNode }) => [
        idOf<'endpoint'>(id),
        { running, hostNetwork: onNode },
      ]),
    ),
    potential: potential.map((each) => each.potential),
  };
}

const ADDRESSES_TO_COME: BlindSpot = {
  id: TO_COME,
  code: 'not-collected',
  effect: 'hides-ways',
  what: 'which addresses pods to come will have is not known, and blocks of addresses mean pods too in this cluster',
  remedy: '',
};

/** The families in which pods have addresses: those that were seen, IPv4 where none was. */
function familiesOf(pods: readonly PodSet[]): readonly Family[] {
  const seen = new Set(pods.flatMap(({ families }) => [...families]));
  return seen.size === 0 ? [4] : ([4, 6] as const).filter((family) => seen.has(family));
}
