import { z } from 'zod';
import { labelsShape, maybe } from './object.ts';
import { protocolShape } from './network-policy.ts';

const servicePortShape = z.object({
  name: maybe(z.string()),
  port: z.int(),
  targetPort: maybe(z.union([z.int(), z.string()])),
  nodePort: maybe(z.int()),
  protocol: maybe(protocolShape),
});

export const serviceShape = z.object({
  type: maybe(z.string()),
  selector: maybe(labelsShape),
  ports: maybe(z.array(servicePortShape)),
  externalName: maybe(z.string()),
  externalTrafficPolicy: maybe(z.string()),
  loadBalancerSourceRanges: maybe(z.array(z.string())),
  externalIPs: maybe(z.array(z.string())),
  allocateLoadBalancerNodePorts: maybe(z.boolean()),
  ipFamilies: maybe(z.array(z.string())),
});

export type ServiceSpec = z.infer<typeof serviceShape>;
export type ServicePort = NonNullable<ServiceSpec['ports']>[number];
