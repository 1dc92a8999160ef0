import { z } from 'zod';
import { maybe } from './object.ts';
import { selectorShape } from './selector.ts';

/** `spec` of a Gateway. https://gateway-api.sigs.k8s.io/reference/spec/#gateway */
export const gatewayShape = z.object({
  gatewayClassName: maybe(z.string()),
  infrastructure: maybe(z.object({ annotations: maybe(z.record(z.string(), z.string())) })),
  listeners: maybe(
    z.array(
      z.object({
        name: maybe(z.string()),
        port: z.int(),
        protocol: z.string(),
        allowedRoutes: maybe(
          z.object({
            namespaces: maybe(z.object({ from: maybe(z.string()), selector: maybe(selectorShape) })),
          }),
        ),
      }),
    ),
  ),
});

const backendRefShape = z.object({
  group: maybe(z.string()),
  kind: maybe(z.string()),
  name: z.string(),
  namespace: maybe(z.string()),
  port: maybe(z.int()),
  weight: maybe(z.int()),
});
const filters = maybe(
  z.array(z.object({ requestMirror: maybe(z.object({ backendRef: maybe(backendRefShape) })) })),
);

/** `spec` of an HTTPRoute, GRPCRoute, TLSRoute, TCPRoute or UDPRoute, as far as it says where from and where to. */
export const gatewayRouteShape = z.object({
  parentRefs: maybe(
    z.array(
      z.object({
        group: maybe(z.string()),
        kind: maybe(z.string()),
        name: z.string(),
        namespace: maybe(z.string()),
        sectionName: maybe(z.string()),
        port: maybe(z.int()),
      }),
    ),
  ),
  rules: maybe(
    z.array(z.object({ filters, backendRefs: maybe(z.array(backendRefShape.extend({ filters }))) })),
  ),
});

/** `spec` of a ReferenceGrant. https://gateway-api.sigs.k8s.io/api-types/referencegrant/ */
export const referenceGrantShape = z.object({
  from: maybe(z.array(z.object({ group: z.string(), kind: z.string(), namespace: z.string() }))),
  to: maybe(z.array(z.object({ group: z.string(), kind: z.string(), name: maybe(z.string()) }))),
});

export type GatewaySpec = z.infer<typeof gatewayShape>;
export type GatewayListener = NonNullable<GatewaySpec['listeners']>[number];
export type GatewayRouteSpec = z.infer<typeof gatewayRouteShape>;
export type BackendRef = z.infer<typeof backendRefShape>;
export type ReferenceGrantSpec = z.infer<typeof referenceGrantShape>;
