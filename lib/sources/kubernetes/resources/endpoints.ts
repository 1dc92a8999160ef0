import { z } from 'zod';
import { labelsShape, maybe } from './object.ts';

const targetRef = maybe(
  z.object({ kind: maybe(z.string()), namespace: maybe(z.string()), name: maybe(z.string()) }),
);
const ports = maybe(
  z.array(z.object({ name: maybe(z.string()), port: maybe(z.int()), protocol: maybe(z.string()) })),
);

/** An EndpointSlice: where a Service leads, by address and pod. https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/ */
export const endpointSliceShape = z.object({
  metadata: z.object({ labels: maybe(labelsShape) }),
  ports,
  endpoints: maybe(z.array(z.object({ addresses: maybe(z.array(z.string())), targetRef }))),
});

/** The older Endpoints, of the name of their Service. */
export const endpointsShape = z.object({
  subsets: maybe(
    z.array(z.object({ ports, addresses: maybe(z.array(z.object({ ip: maybe(z.string()), targetRef }))) })),
  ),
});
