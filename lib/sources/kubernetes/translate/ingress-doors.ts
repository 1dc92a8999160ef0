import { idOf, type BlindSpot, type SourceRef } from '#model';
import type { ReadObject } from '../resources/index.ts';
import type { ClusterDraft } from './cluster-draft.ts';
import { ANYBODY, type Door } from './door.ts';
import type { Published } from './published.ts';
import { backendTargets, carriersOf, clientPortsOf } from './ingress-controllers.ts';
import type { Ingress } from './ingresses.ts';
import { isInternal } from './internal.ts';
import type { PodSet } from './pods.ts';
import { portsOf } from './ports.ts';
import { targetsOf, type ServiceTarget } from './service-targets.ts';

/** Whoever carries out Ingress objects and was not read: a pod of a namespace that is not known. */
export const INGRESS_CONTROLLER = 'ingress-controller';
/** A load balancer of the cloud that carries out Ingress objects. */
const LOAD_BALANCER = 'ingress-load-balancer';
/** What leads to a controller that is there, where no service says what. */
const TO_CONTROLLER = 'ingress-entrance';

/**
 * The doors of Ingress objects: where their controller was not read, a pod of an unknown namespace, with the Routes of OpenShift, which its router
 * carries out; where it is a load balancer of the cloud, one that no rule for pods means; and what leads to controllers that are there and that no
 * service publishes.
 *
 * https://kubernetes.io/docs/concepts/services-networking/ingress/
 */
export function ingressDoors(draft: ClusterDraft, published: Published): readonly Door[] {
  const { byPods, outside, unknown } = carriersOf(published);
  const { routes } = published;
  const isServed = servedPods(published);
  const led = [...byPods].filter(([pod]) => !isServed.has(pod));
  return [
    ...doorOf(
      draft,
      INGRESS_CONTROLLER,
      [...unknown, ...routes],
      backendTargets(published, unknown, routes),
      'relay',
    ),
    ...doorOf(draft, LOAD_BALANCER, outside, backendTargets(published, outside), 'outside'),
    ...doorOf(
      draft,
      TO_CONTROLLER,
      led.flatMap(([, all]): readonly Ingress[] => all),
      led.map(([pod]) => ({ pod, transport: clientPortsOf(pod) })),
      'client',
    ),
  ];
}

/** The pods to which services lead that ask for an entrance of their own. */
function servedPods(published: Published): ReadonlySet<PodSet> {
  return new Set(
    published.services
      .filter(({ spec }) => spec.type === 'LoadBalancer' || spec.type === 'NodePort')
      .flatMap((service) => (service.spec.ports ?? []).flatMap((port) => targetsOf(published, service, port)))
      .map(({ pod }) => pod),
  );
}

function doorOf(
  draft: ClusterDraft,
  id: string,
  objects: readonly ReadObject[],
  targets: readonly ServiceTarget[],
  source: Door['source'],
): readonly Door[] {
  const [first] = objects;
  if (first === undefined) return [];
  const at = draft.at(first.object, first.at);
  return [
    {
      id,
      at,
      isPublic: !objects.every(({ object }) => isInternal(object)),
      clients: ANYBODY,
      source,
      ...(source === 'outside' && { spot: unseenAddress(at) }),
      listeners: [
        {
          dialled: portsOf('TCP', 80).union(portsOf('TCP', 443)),
          carries: source === 'client' ? 'bytes' : 'requests',
          targets,
        },
      ],
    },
  ];
}

/** Policies see the address of a load balancer outside, or that of a node where it dials those. */
function unseenAddress(at: SourceRef): BlindSpot {
  return {
    id: idOf<'blind-spot'>('ingress-load-balancer-address'),
    code: 'not-collected',
    effect: 'hides-ways',
    what: 'the addresses of the load balancer that carries out Ingress objects were not read: rules that name addresses may mean it, rules that name pods do not',
    remedy: 'Read the account or network that the cluster is in as well.',
    at,
  };
}
