import type { ClusterDraft } from './cluster-draft.ts';
import { ANYBODY, type Door, type DoorListener } from './door.ts';
import type { Published } from './published.ts';
import { backendsOfRoute, isAttached, type Gateway } from './gateways.ts';
import { isInternal } from './internal.ts';
import type { Labels } from './match-labels.ts';
import { portsOf } from './ports.ts';
import { targetsOf } from './service-targets.ts';

/** Classes whose gateways only the cloud's own network reaches. */
const INTERNAL_CLASS = /(?:-rilb|internal|^amazon-vpc-lattice$)/;
/** In the name of classes that are no entrance: proxies inside a mesh. */
const INNER_CLASS = 'waypoint';

/**
 * Every Gateway with a route: a proxy that dials the pods behind the Services of its routes, as a pod of a namespace that is not known.
 *
 * https://gateway-api.sigs.k8s.io/concepts/api-overview/
 */
export function gatewayDoors(
  draft: ClusterDraft,
  published: Published,
  labelsOf: (namespace: string) => Labels,
): readonly Door[] {
  return published.gateways.flatMap((gateway) => {
    const { object, at, namespace, name, spec } = gateway;
    if (spec.gatewayClassName?.includes(INNER_CLASS) === true) return [];
    return [
      {
        id: `${namespace}/${name}[Gateway]`,
        at: draft.at(object, at),
        isPublic: !isInside(gateway),
        clients: ANYBODY,
        source: 'relay' as const,
        listeners: listenersOf(gateway, published, labelsOf),
      },
    ];
  });
}

function listenersOf(
  gateway: Gateway,
  published: Published,
  labelsOf: (namespace: string) => Labels,
): readonly DoorListener[] {
  return (gateway.spec.listeners ?? []).flatMap((listener) => {
    const targets = published.gatewayRoutes
      .filter((route) => isAttached(gateway, listener, route, labelsOf))
      .flatMap((route) => backendsOfRoute(route, published.grants))
      .flatMap(({ namespace, ref }) => {
        const service = published.services.find(
          (each) => each.namespace === namespace && each.name === ref.name,
        );
        const port = service?.spec.ports?.find((each) => each.port === ref.port);
        return service === undefined || port === undefined ? [] : targetsOf(published, service, port);
      });
    if (targets.length === 0) return [];
    const isHttp = listener.protocol === 'HTTP' || listener.protocol === 'HTTPS';
    return [
      {
        dialled: portsOf(listener.protocol === 'UDP' ? 'UDP' : 'TCP', listener.port),
        carries: isHttp ? ('requests' as const) : ('bytes' as const),
        targets,
      },
    ];
  });
}

function isInside({ object, spec }: Gateway): boolean {
  const annotations = spec.infrastructure?.annotations ?? {};
  return (
    isInternal(object) ||
    isInternal({ ...object, metadata: { ...object.metadata, annotations } }) ||
    INTERNAL_CLASS.test(spec.gatewayClassName ?? '')
  );
}
