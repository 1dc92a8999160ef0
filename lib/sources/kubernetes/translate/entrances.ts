import { TransportSet, type Family } from '#netset';
import {
  idOf,
  type BlindSpot,
  type Endpoint,
  type Handoff,
  type PolicyId,
  type Relay,
  type Rule,
  type Selector,
} from '#model';
import { ruleOf, type ClusterDraft } from './cluster-draft.ts';
import type { Door } from './door.ts';
import type { Published } from './published.ts';
import { ENTRANCES, NETWORK } from './flat-network.ts';
import { gatewayDoors } from './gateway-doors.ts';
import { ingressDoors } from './ingress-doors.ts';
import type { Labels } from './match-labels.ts';
import type { PodSet } from './pods.ts';
import { serviceDoors } from './service-doors.ts';
import { TIERS } from './tiers.ts';

/** A way in from outside: what stands there, and what it hands on to whom. */
export type Entrance = { readonly endpoint: Endpoint; readonly relay: Relay; readonly spot?: BlindSpot };

/**
 * The entrances of a cluster: those of Ingress objects and Routes of OpenShift, one for each Gateway, and those of services that ask for a
 * load balancer, for node ports or for addresses outside.
 */
export function addEntrances(
  draft: ClusterDraft,
  published: Published,
  {
    families,
    labelsOf,
  }: { readonly families: readonly Family[]; readonly labelsOf: (namespace: string) => Labels },
): readonly Entrance[] {
  const doors = [
    ...ingressDoors(draft, published),
    ...gatewayDoors(draft, published, labelsOf),
    ...published.services.flatMap((service) => serviceDoors(draft, published, service)),
  ];
  return doors
    .filter(({ listeners }) => listeners.some(({ targets }) => targets.length > 0))
    .map((door) => entranceOf(draft, door, families));
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
    unaddressed: {
      families,
      isPublic: door.isPublic,
      ...(door.source === 'outside' && door.spot && { mayBeNamed: door.spot.id }),
    },
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
        source: door.source === 'client' ? 'client' : 'relay',
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
