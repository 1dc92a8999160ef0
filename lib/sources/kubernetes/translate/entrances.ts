import { ALL_IPS, IpSet, parseCidr, TransportSet, type Family } from '#netset';
import {
  idOf,
  type BlindSpot,
  type BlindSpotId,
  type Endpoint,
  type Handoff,
  type PolicyId,
  type Relay,
  type RelayListener,
  type Rule,
  type Selector,
  type SourceRef,
} from '#model';
import type { ClusterDraft } from './cluster-draft.ts';
import { ruleOf } from './cluster-draft.ts';
import { ENTRANCES, NETWORK } from './flat-network.ts';
import { backendsOf, type Ingress } from './ingresses.ts';
import { isInternal } from './internal.ts';
import type { PodGroups } from './pod-groups.ts';
import type { PodSet } from './pods.ts';
import { portsOf } from './ports.ts';
import { podsBehind, targetOf, type Service } from './services.ts';
import { TIERS } from './tiers.ts';

/** A way in from outside: what stands there, and what it hands on to whom. */
export type Entrance = { readonly endpoint: Endpoint; readonly relay: Relay; readonly spot?: BlindSpot };

/** What is published, and the pods that it may be handed to: all, also those on the network of their node. */
export type Published = {
  readonly pods: PodGroups;
  readonly services: readonly Service[];
  readonly ingresses: readonly Ingress[];
};

/** Whoever carries out Ingress objects: a pod of a namespace that is not known. */
export const INGRESS_CONTROLLER = 'ingress-controller';

type Door = {
  readonly id: string;
  readonly at: Endpoint['at'];
  readonly isPublic: boolean | BlindSpotId;
  readonly spot?: BlindSpot;
  /** Who may dial it. */
  readonly clients: IpSet;
  readonly source: 'relay' | 'client';
  readonly listeners: readonly {
    readonly dialled: TransportSet;
    readonly carries: RelayListener['carries'];
    readonly targets: readonly { readonly pod: PodSet; readonly transport: TransportSet }[];
  }[];
};

/** The entrances of a cluster: one for all Ingress objects, and one for each service that asks for a load balancer or for node ports. */
export function addEntrances(
  draft: ClusterDraft,
  published: Published,
  families: readonly Family[],
): readonly Entrance[] {
  const doors = [
    ...ingressDoor(draft, published),
    ...published.services.flatMap((service) => serviceDoor(draft, service, published.pods)),
  ];
  return doors
    .filter(({ listeners }) => listeners.length > 0)
    .map((door) => entranceOf(draft, door, families));
}

function ingressDoor(draft: ClusterDraft, { pods, services, ingresses }: Published): readonly Door[] {
  const [first] = ingresses;
  if (first === undefined) return [];
  const targets = ingresses.flatMap((ingress) =>
    backendsOf(ingress, services).flatMap(({ service, port }) =>
      podsBehind(service, pods).map((pod) => ({
        pod,
        transport: targetOf(port, pod).intersect(TransportSet.tcp()),
      })),
    ),
  );
  const dialled = portsOf('TCP', 80).union(portsOf('TCP', 443));
  const at = draft.at(first.object, first.at);
  return [
    {
      id: INGRESS_CONTROLLER,
      at,
      isPublic: !ingresses.every(({ object }) => isInternal(object)),
      clients: ALL_IPS,
      source: 'relay',
      listeners: [
        { dialled, carries: 'requests', targets: targets.filter(({ transport }) => !transport.isEmpty) },
      ],
    },
  ];
}

function serviceDoor(draft: ClusterDraft, service: Service, all: PodGroups): readonly Door[] {
  const { object, at, namespace, name, spec } = service;
  const isBalanced = spec.type === 'LoadBalancer';
  if (!isBalanced && spec.type !== 'NodePort') return [];
  const pods = podsBehind(service, all);
  const listeners = (spec.ports ?? []).flatMap((port) => {
    const number = isBalanced ? port.port : port.nodePort;
    const dialled =
      number === undefined
        ? portsOf(port.protocol ?? 'TCP', 30_000, 32_767)
        : portsOf(port.protocol ?? 'TCP', number);
    const targets = pods
      .map((pod) => ({ pod, transport: targetOf(port, pod) }))
      .filter(({ transport }) => !transport.isEmpty);
    return targets.length === 0 ? [] : [{ dialled, carries: 'bytes' as const, targets }];
  });
  const ranges = spec.loadBalancerSourceRanges ?? [];
  const clients = ranges.length === 0 ? ALL_IPS : IpSet.from(ranges.flatMap((text) => parseCidr(text) ?? []));
  return [
    {
      id: `${namespace}/${name}[Service]`,
      at: draft.at(object, at),
      ...(isBalanced
        ? { isPublic: !isInternal(object) }
        : nodePorts(draft.at(object, at), `${namespace}/${name}`)),
      clients,
      source: 'client',
      listeners,
    },
  ];
}

/** Whether anybody outside reaches the nodes is for the network that they stand in to say. */
function nodePorts(at: SourceRef, service: string): Pick<Door, 'isPublic' | 'spot'> {
  const spot: BlindSpot = {
    id: idOf<'blind-spot'>('node-ports'),
    code: 'node-ports',
    effect: 'hides-ways',
    what: `node ports (${service}): whether the internet reaches the nodes was not read`,
    remedy: 'Read the network of the nodes as well: their addresses, groups and routes.',
    at,
  };
  return { isPublic: spot.id, spot };
}

function entranceOf(draft: ClusterDraft, door: Door, families: readonly Family[]): Entrance {
  const { id, at, listeners } = door;
  const endpoint: Endpoint = {
    kind: 'workload',
    id: idOf<'endpoint'>(id),
    name: id,
    role: 'load-balancer',
    host: idOf<'host'>(id),
    workload: { id, name: id },
    account: idOf<'account'>(draft.cluster),
    network: NETWORK,
    subnet: ENTRANCES,
    addresses: [],
    unaddressed: { families, isPublic: door.isPublic },
    // a rule that names all pods of all namespaces also means a controller that nobody showed
    groups: door.source === 'relay' ? draft.groups.unlabelled() : [],
    labels: new Map(),
    policies: [addDoorPolicy(draft, door)],
    unfiltered: false,
    liveness: 'live',
    initiates: true,
    listens: true,
    canPivot: false,
    tags: new Map(),
    at,
  };
  const relay: Relay = {
    id: idOf<'relay'>(id),
    name: id,
    entrances: [endpoint.id],
    listeners: listeners.map(({ dialled, carries, targets }) => ({
      transport: dialled,
      carries,
      handoffs: targets.map(({ pod, transport }): Handoff => ({
        target: idOf<'endpoint'>(pod.id),
        transport,
        source: door.source,
      })),
      at,
    })),
    isWhole: true,
    at,
  };
  return { endpoint, relay, ...(door.spot && { spot: door.spot }) };
}

/** An entrance is dialled from outside, on its ports, and opens what it hands on to, and nothing else. */
function addDoorPolicy(draft: ClusterDraft, { id, at, clients, listeners }: Door): PolicyId {
  const policy = idOf<'policy'>(`entrance ${id}`);
  const rule = (
    name: string,
    direction: Rule['direction'],
    selector: Selector,
    transport: TransportSet,
  ): Rule => ruleOf({ id: `${id} ${name}`, direction, action: 'allow', selector, transport, at });
  const dialled = TransportSet.unionOf(listeners.map((listener) => listener.dialled));
  const byPorts = new Map<string, { readonly transport: TransportSet; readonly pods: Set<PodSet> }>();
  for (const { pod, transport } of listeners.flatMap(({ targets }) => targets)) {
    const known = byPorts.get(transport.toString()) ?? { transport, pods: new Set() };
    known.pods.add(pod);
    byPorts.set(transport.toString(), known);
  }
  draft.add(
    {
      id: policy,
      name: id,
      kind: 'tiered',
      tier: { ...TIERS.networkPolicies, order: 0, applies: ['ingress', 'egress'] },
      rules: [
        rule('clients', 'ingress', { kind: 'ips', ips: clients, text: 'outside' }, dialled),
        ...[...byPorts].map(([text, { transport, pods }]) => {
          const { id: group } = draft.groups.named(`targets of ${id} on ${text}`, [...pods]);
          return rule(
            `targets on ${text}`,
            'egress',
            { kind: 'group', group, text: 'what it hands on to' },
            transport,
          );
        }),
      ],
      isDefault: true,
      tags: new Map(),
      at,
    },
    [],
  );
  return policy;
}
