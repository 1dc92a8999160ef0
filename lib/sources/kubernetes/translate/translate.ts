import { ALL_IPS, ALL_IPV4, ALL_IPV6, parseCidr, type Family } from '#netset';
import { idOf, type BlindSpot, type Endpoint, type Network, type RouteTable } from '#model';
import { TransportSet } from '#netset';
import type { Problem, ReadObject } from '../resources/index.ts';
import { readAdminPolicies } from './admin-policies.ts';
import { ClusterDraft, refOf, type ClusterPeers } from './cluster-draft.ts';
import { readClusterNetworkPolicies } from './cluster-network-policies.ts';
import { addClusterPolicy, clusterPodSelectorsOf } from './cluster-policy.ts';
import { readNodes } from './nodes.ts';
import { inOrder } from './priorities.ts';
import { TIERS } from './tiers.ts';
import { readNamespaces } from './namespaces.ts';
import { addNetworkPolicy, podSelectorsOf, readNetworkPolicies } from './network-policies.ts';
import { byOwner } from './owners.ts';
import { PodGroups } from './pod-groups.ts';
import { readPods, type PodSet } from './pods.ts';

/** What is known of one cluster, however it was read. */
export type ClusterInput = {
  /** What people call the cluster: a folder, or the name of a context. */
  readonly name: string;
  readonly objects: readonly ReadObject[];
  /** What could not be read. */
  readonly blindSpots?: readonly BlindSpot[];
};

export type TranslateOptions = {
  /** What to do where pods of one owner differ in what a policy looks at. */
  readonly onOwnerGap?: 'refuse' | 'split';
  readonly clusterPeers?: ClusterPeers;
};

/** The network that the objects of a cluster tell of, and what of them is invalid: then the network lacks it. */
export function translate(
  { name, objects, blindSpots = [] }: ClusterInput,
  { onOwnerGap = 'refuse', clusterPeers = 'as-specified' }: TranslateOptions = {},
): { readonly network: Network; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const policies = readNetworkPolicies(objects, problems);
  const clusterWide = inOrder(
    [...readAdminPolicies(objects, problems), ...readClusterNetworkPolicies(objects, problems)],
    problems,
  );
  const selectors = [...policies.flatMap(podSelectorsOf), ...clusterWide.flatMap(clusterPodSelectorsOf)];
  const pods = byOwner(readPods(objects, problems), selectors, onOwnerGap, problems);
  const used = [...pods, ...policies].map(({ namespace }) => namespace);
  const namespaces = readNamespaces(objects, used, problems);
  const groups = new PodGroups(namespaces, pods);
  const draft = new ClusterDraft(name, groups, problems, { nodes: readNodes(objects), clusterPeers });
  for (const policy of policies) addNetworkPolicy(draft, policy);
  for (const policy of clusterWide) addClusterPolicy(draft, policy, TIERS[policy.tier]);
  const families = familiesOf(pods);
  const endpoints = pods.map((pod) => endpointOf(draft, pod, families));
  return {
    network: {
      ...flatNetwork(name),
      endpoints: new Map(endpoints.map((endpoint) => [endpoint.id, endpoint])),
      policies: new Map([...flatNetwork(name).policies, ...draft.policies]),
      relays: new Map(),
      sideDoors: [],
      internetUnknown: new Map(),
      innerServices: [],
      frontDoors: new Map(),
      blindSpots: new Map([...blindSpots.map((spot) => [spot.id, spot] as const), ...draft.blindSpots]),
    },
    problems,
  };
}

const NETWORK = idOf<'network'>('cluster network');
const SUBNET = idOf<'subnet'>('pods');
const TABLE = idOf<'route-table'>('cluster network');
const OUTLET = idOf<'gateway'>('nodes');
const OPEN = idOf<'policy'>('no list');

/**
 * Every pod reaches every other as far as policies let it, and everything outside by its node; from outside nothing comes to a pod by
 * itself, since its address means nothing there (docs/adr/0011).
 *
 * https://kubernetes.io/docs/concepts/services-networking/#the-kubernetes-network-model
 */
function flatNetwork(
  cluster: string,
): Pick<Network, 'networks' | 'subnets' | 'routeTables' | 'gateways' | 'policies'> {
  const at = refOf(cluster, cluster, { file: cluster });
  const table: RouteTable = {
    id: TABLE,
    name: '',
    network: NETWORK,
    routes: ['0.0.0.0/0', '::/0'].map((text) => ({
      destination: parseCidr(text),
      target: { kind: 'gateway', gateway: OUTLET },
      at,
    })),
    at,
  };
  return {
    networks: new Map([
      [
        NETWORK,
        {
          id: NETWORK,
          name: cluster,
          account: idOf<'account'>(cluster),
          region: '',
          cidrs: ALL_IPS.subtract(ALL_IPS),
          at,
        },
      ],
    ]),
    subnets: new Map([
      [
        SUBNET,
        {
          id: SUBNET,
          name: 'pods',
          network: NETWORK,
          cidrs: ALL_IPV4.intersect(ALL_IPV6),
          policy: OPEN,
          routeTable: TABLE,
          at,
        },
      ],
    ]),
    routeTables: new Map([[TABLE, table]]),
    gateways: new Map([[OUTLET, { kind: 'outlet', id: OUTLET, name: 'the nodes', network: NETWORK, at }]]),
    policies: new Map([
      [
        OPEN,
        {
          id: OPEN,
          name: '',
          kind: 'first-match',
          isDefault: true,
          tags: new Map(),
          at,
          rules: (['ingress', 'egress'] as const).map((direction) => ({
            id: idOf<'rule'>(`no list ${direction}`),
            direction,
            action: 'allow',
            selector: { kind: 'anyone' },
            transport: TransportSet.ALL,
            description: '',
            at,
          })),
        },
      ],
    ]),
  };
}

/** The families in which pods have addresses: those that were seen, IPv4 where none was. */
function familiesOf(pods: readonly PodSet[]): readonly Family[] {
  const seen = new Set(pods.flatMap(({ families }) => [...families]));
  return seen.size === 0 ? [4] : ([4, 6] as const).filter((family) => seen.has(family));
}

function endpointOf(draft: ClusterDraft, pod: PodSet, families: readonly Family[]): Endpoint {
  const policies = draft.policiesOf(pod);
  return {
    kind: 'workload',
    id: idOf<'endpoint'>(pod.id),
    name: pod.id,
    role: 'host',
    host: idOf<'host'>(pod.id),
    workload: { id: pod.id, name: pod.id },
    account: idOf<'account'>(draft.cluster),
    network: NETWORK,
    subnet: SUBNET,
    addresses: [],
    unaddressed: { families: pod.families.size === 0 ? families : [...pod.families], isPublic: false },
    groups: draft.groups.groupsOf(pod),
    labels: pod.labels,
    policies,
    unfiltered: policies.length === 0,
    liveness: 'live',
    initiates: true,
    listens: true,
    canPivot: true,
    tags: pod.labels,
    at: refOf(draft.cluster, pod.id, pod.at),
  };
}
