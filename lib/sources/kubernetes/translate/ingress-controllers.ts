import { TransportSet } from '#netset';
import { idOf, type Handoff, type Relay } from '#model';
import type { ClusterDraft } from './cluster-draft.ts';
import type { Published } from './published.ts';
import { isOfKind, type ControllerKind } from './ingress-classes.ts';
import { backendsOf, type Ingress } from './ingresses.ts';
import { routeBackends, type OpenshiftRoute } from './openshift-routes.ts';
import { ALL_PODS } from './pod-groups.ts';
import type { PodSet } from './pods.ts';
import { portsOf } from './ports.ts';
import { targetsOf, type ServiceTarget } from './service-targets.ts';

/** What carries out Ingress objects: pods that are there, a load balancer outside, or nobody that was read. */
export type Carried = {
  /** By the pods that carry them out. */
  readonly byPods: ReadonlyMap<PodSet, readonly Ingress[]>;
  /** Carried out by a load balancer of the cloud, whose addresses are outside the cluster. */
  readonly outside: readonly Ingress[];
  readonly unknown: readonly Ingress[];
};

/** Who carries out which Ingress. Where it may be several programs and pods of more than one are there, nobody can say. */
export function carriersOf(published: Published): Carried {
  const found = CARRIED.get(published) ?? findCarriers(published);
  CARRIED.set(published, found);
  return found;
}

const CARRIED = new WeakMap<Published, Carried>();

function findCarriers({ pods, ingresses, controllers }: Published): Carried {
  const byPods = new Map<PodSet, Ingress[]>();
  const outside: Ingress[] = [];
  const unknown: Ingress[] = [];
  const all = controllers === 'unknown' || ingresses.length === 0 ? [] : pods.select(ALL_PODS);
  // many objects are of one kind, and every pod is looked at for each kind once
  const byKind = new Map<ControllerKind, readonly PodSet[]>();
  const podsOf = (kind: ControllerKind): readonly PodSet[] => {
    const known = byKind.get(kind) ?? all.filter((pod) => isOfKind(kind, pod));
    byKind.set(kind, known);
    return known;
  };
  for (const ingress of ingresses) {
    const kinds = controllers === 'unknown' ? [] : ingress.controllers;
    const there = kinds.map(podsOf).filter((found) => found.length > 0);
    const [found] = there;
    if (found !== undefined && there.length === 1)
      for (const pod of found) byPods.set(pod, [...(byPods.get(pod) ?? []), ingress]);
    else if (kinds.length > 0 && kinds.every((kind) => kind.pods === undefined)) outside.push(ingress);
    else unknown.push(ingress);
  }
  return { byPods, outside, unknown };
}

/** The pods that Ingress objects, or the Routes of OpenShift, hand on to, each with what it answers on. */
export function backendTargets(
  published: Published,
  ingresses: readonly Ingress[],
  routes: readonly OpenshiftRoute[] = [],
): readonly ServiceTarget[] {
  const { services } = published;
  return [
    ...ingresses.flatMap((ingress) => backendsOf(ingress, services)),
    ...routes.flatMap((route) => routeBackends(route, services)),
  ]
    .flatMap(({ service, port }) => targetsOf(published, service, port))
    .map(({ pod, transport }) => ({ pod, transport: transport.intersect(TransportSet.tcp()) }))
    .filter(({ transport }) => !transport.isEmpty);
}

/** Ports by which clients come, as charts call them; what else is open there is for metrics and the API server. */
const CLIENT_PORTS = /^(?:https?\d?|https?-?\d*|web|websecure|proxy|proxy-tls|http2)$/;

/** What a controller answers clients on. */
export function clientPortsOf({ ports }: PodSet): TransportSet {
  const tcp = ports.filter(({ protocol }) => protocol === 'TCP');
  const named = tcp.filter(({ name }) => name !== undefined && CLIENT_PORTS.test(name));
  const told = named.length > 0 ? named : tcp;
  return told.length === 0
    ? portsOf('TCP', 80).union(portsOf('TCP', 443))
    : TransportSet.unionOf(told.map(({ port }) => portsOf('TCP', port)));
}

/** Controllers that are there, as relays: what they hand on comes from their own pods, and all policies of both ends are asked. */
export function controllerRelays(draft: ClusterDraft, published: Published): readonly Relay[] {
  return [...carriersOf(published).byPods].flatMap(([pod, ingresses]): Relay[] => {
    const [first] = ingresses;
    const targets = backendTargets(published, ingresses).filter((target) => target.pod !== pod);
    if (first === undefined || targets.length === 0) return [];
    const at = draft.at(first.object, first.at);
    return [
      {
        id: idOf<'relay'>(`controller ${pod.id}`),
        name: pod.id,
        entrances: [idOf<'endpoint'>(pod.id)],
        listeners: [
          {
            transport: clientPortsOf(pod),
            carries: 'requests',
            handoffs: targets.map(({ pod: target, transport }): Handoff => ({
              target: idOf<'endpoint'>(target.id),
              transport,
              source: 'relay',
            })),
            at,
          },
        ],
        isWhole: true,
        at,
      },
    ];
  });
}
