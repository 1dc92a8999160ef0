import { z } from 'zod';
import { maybe } from './object.ts';

const targetShape = z.object({ kind: maybe(z.string()), name: z.string() });

/** `spec` of a Route of OpenShift. https://docs.openshift.com/container-platform/latest/rest_api/network_apis/route-route-openshift-io-v1.html */
export const routeShape = z.object({
  to: maybe(targetShape),
  alternateBackends: maybe(z.array(targetShape)),
  port: maybe(z.object({ targetPort: maybe(z.union([z.int(), z.string()])) })),
});

export type RouteSpec = z.infer<typeof routeShape>;
