import {
  groupOf,
  namespaceOf,
  routeShape,
  type Problem,
  type ReadObject,
  type RouteSpec,
  type ServicePort,
} from '../resources/index.ts';
import { parsePart } from './parse.ts';
import type { Service } from './services.ts';

/** A Route of OpenShift: what its router publishes, as an ingress controller does. */
export type OpenshiftRoute = ReadObject & { readonly namespace: string; readonly spec: RouteSpec };

export function readOpenshiftRoutes(
  objects: readonly ReadObject[],
  problems: Problem[],
): readonly OpenshiftRoute[] {
  return objects.flatMap((read): OpenshiftRoute[] => {
    const { object } = read;
    if (object.kind !== 'Route' || groupOf(object) !== 'route.openshift.io') return [];
    const spec = parsePart(routeShape, read, 'spec', problems);
    return spec === undefined ? [] : [{ ...read, namespace: namespaceOf(object), spec }];
  });
}

/**
 * The ports of Services that a Route hands to. Its port is one of the endpoints: by name that of the Service's port, by number that of the pods;
 * without one it is any of them.
 *
 * https://docs.openshift.com/container-platform/latest/rest_api/network_apis/route-route-openshift-io-v1.html
 */
export function routeBackends(
  { namespace, spec }: OpenshiftRoute,
  services: readonly Service[],
): readonly { readonly service: Service; readonly port: ServicePort }[] {
  const names = [spec.to, ...(spec.alternateBackends ?? [])].flatMap((target) =>
    target === undefined || (target.kind ?? 'Service') !== 'Service' ? [] : [target.name],
  );
  const wanted = spec.port?.targetPort;
  return names.flatMap((name) => {
    const service = services.find((each) => each.namespace === namespace && each.name === name);
    return (service?.spec.ports ?? []).flatMap((port) =>
      service !== undefined && isWanted(port, wanted) ? [{ service, port }] : [],
    );
  });
}

function isWanted(
  { name, port, targetPort = port }: ServicePort,
  wanted: string | number | undefined,
): boolean {
  return wanted === undefined || name === wanted || String(targetPort) === String(wanted);
}
