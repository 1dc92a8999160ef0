import {
  gatewayRouteShape,
  gatewayShape,
  groupOf,
  namespaceOf,
  referenceGrantShape,
  type BackendRef,
  type GatewayListener,
  type GatewayRouteSpec,
  type GatewaySpec,
  type Problem,
  type ReadObject,
  type ReferenceGrantSpec,
} from '../resources/index.ts';
import { selects, type Labels } from './match-labels.ts';
import { parsePart } from './parse.ts';

const GROUP = 'gateway.networking.k8s.io';

export type Gateway = ReadObject & {
  readonly namespace: string;
  readonly name: string;
  readonly spec: GatewaySpec;
};
export type GatewayRoute = ReadObject & { readonly namespace: string; readonly spec: GatewayRouteSpec };
export type ReferenceGrant = { readonly namespace: string; readonly spec: ReferenceGrantSpec };

/** The protocols of listeners that a kind of route may be attached to. https://gateway-api.sigs.k8s.io/guides/ */
const PROTOCOLS: ReadonlyMap<string, readonly string[]> = new Map([
  ['HTTPRoute', ['HTTP', 'HTTPS']],
  ['GRPCRoute', ['HTTP', 'HTTPS']],
  ['TLSRoute', ['TLS']],
  ['TCPRoute', ['TCP', 'TLS']],
  ['UDPRoute', ['UDP']],
]);

export function readGateways(
  objects: readonly ReadObject[],
  problems: Problem[],
): {
  readonly gateways: readonly Gateway[];
  readonly gatewayRoutes: readonly GatewayRoute[];
  readonly grants: readonly ReferenceGrant[];
} {
  const found = {
    gateways: [] as Gateway[],
    gatewayRoutes: [] as GatewayRoute[],
    grants: [] as ReferenceGrant[],
  };
  for (const read of objects) {
    const { object } = read;
    if (groupOf(object) !== GROUP) continue;
    const namespace = namespaceOf(object);
    if (object.kind === 'Gateway') {
      const spec = parsePart(gatewayShape, read, 'spec', problems);
      if (spec !== undefined)
        found.gateways.push({ ...read, namespace, name: object.metadata.name ?? '', spec });
    } else if (object.kind === 'ReferenceGrant') {
      const spec = parsePart(referenceGrantShape, read, 'spec', problems);
      if (spec !== undefined) found.grants.push({ namespace, spec });
    } else if (PROTOCOLS.has(object.kind)) {
      const spec = parsePart(gatewayRouteShape, read, 'spec', problems);
      if (spec !== undefined) found.gatewayRoutes.push({ ...read, namespace, spec });
    }
  }
  return found;
}

/**
 * Whether a route is attached to a listener: it names the gateway and perhaps the listener, and the listener takes routes of its kind and
 * namespace; without a word about it, of the gateway's own.
 *
 * https://gateway-api.sigs.k8s.io/concepts/api-overview/#attaching-routes-to-gateways
 */
export function isAttached(
  { namespace, name }: Gateway,
  { name: section, port, protocol, allowedRoutes }: GatewayListener,
  { object, namespace: from, spec }: GatewayRoute,
  labelsOf: (namespace: string) => Labels,
): boolean {
  const isNamed = (spec.parentRefs ?? []).some(
    (parent) =>
      (parent.kind ?? 'Gateway') === 'Gateway' &&
      (parent.group ?? GROUP) === GROUP &&
      parent.name === name &&
      (parent.namespace ?? from) === namespace &&
      (parent.sectionName === undefined || parent.sectionName === section) &&
      (parent.port === undefined || parent.port === port),
  );
  const { from: taken = 'Same', selector = {} } = allowedRoutes?.namespaces ?? {};
  const isTaken =
    taken === 'All' ||
    (taken === 'Selector' ? selects(selector, labelsOf(from)) : taken === 'Same' && from === namespace);
  return isNamed && isTaken && PROTOCOLS.get(object.kind)?.includes(protocol) === true;
}

/** The Services that a route hands to, those that get a copy too. Into another namespace it needs a grant from there. */
export function backendsOfRoute(
  { object, namespace, spec }: GatewayRoute,
  grants: readonly ReferenceGrant[],
): readonly { readonly namespace: string; readonly ref: BackendRef }[] {
  const refs = (spec.rules ?? []).flatMap(({ filters = [], backendRefs = [] }) => [
    ...backendRefs.filter(({ weight }) => weight !== 0),
    ...[...filters, ...backendRefs.flatMap((each) => each.filters ?? [])].flatMap(
      ({ requestMirror }) => requestMirror?.backendRef ?? [],
    ),
  ]);
  return refs.flatMap((ref) => {
    if ((ref.kind ?? 'Service') !== 'Service' || (ref.group ?? '') !== '') return [];
    const to = ref.namespace ?? namespace;
    const isGranted =
      to === namespace ||
      grants.some(
        (grant) =>
          grant.namespace === to &&
          (grant.spec.from ?? []).some(
            (each) => each.group === GROUP && each.kind === object.kind && each.namespace === namespace,
          ) &&
          (grant.spec.to ?? []).some(
            (each) =>
              each.group === '' &&
              each.kind === 'Service' &&
              (each.name === undefined || each.name === ref.name),
          ),
      );
    return isGranted ? [{ namespace: to, ref }] : [];
  });
}
