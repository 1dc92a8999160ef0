import { parseCidr } from '#netset';
import { z } from 'zod';
import { labelsShape, maybe } from './object.ts';

/** Keys have prefixes of Cilium's (`k8s:`), which are no label keys of Kubernetes. */
const selectorShape = z.object({
  matchLabels: maybe(labelsShape),
  matchExpressions: maybe(
    z.array(
      z.object({
        key: z.string(),
        operator: z.enum(
          ['In', 'NotIn', 'Exists', 'DoesNotExist'],
          'is not In, NotIn, Exists or DoesNotExist',
        ),
        values: maybe(z.array(z.string())),
      }),
    ),
  ),
});
const cidr = z
  .string()
  .transform((text) => (text.includes('/') ? text : `${text}/${text.includes(':') ? '128' : '32'}`))
  .refine((text) => parseCidr(text) !== undefined, 'is no CIDR');
const blockShape = z.object({
  cidr: maybe(cidr),
  except: maybe(z.array(cidr)),
  cidrGroupRef: maybe(z.string()),
});

const portsShape = z.object({
  ports: maybe(
    z.array(
      z.object({
        port: maybe(z.string()),
        endPort: maybe(z.int()),
        protocol: maybe(z.string()),
      }),
    ),
  ),
  rules: maybe(z.unknown()),
  serverNames: maybe(z.unknown()),
  listener: maybe(z.unknown()),
});
const icmpShape = z.object({
  fields: maybe(z.array(z.object({ family: maybe(z.string()), type: z.union([z.int(), z.string()]) }))),
});

const endpoints = maybe(z.array(selectorShape));
const entities = maybe(z.array(z.string()));
const cidrs = maybe(z.array(cidr));
const blocks = maybe(z.array(blockShape));
const flows = { toPorts: maybe(z.array(portsShape)), icmps: maybe(z.array(icmpShape)) };

const from = maybe(
  z.array(
    z.looseObject({
      fromEndpoints: endpoints,
      fromEntities: entities,
      fromCIDR: cidrs,
      fromCIDRSet: blocks,
      ...flows,
    }),
  ),
);
const to = maybe(
  z.array(
    z.looseObject({
      toEndpoints: endpoints,
      toEntities: entities,
      toCIDR: cidrs,
      toCIDRSet: blocks,
      ...flows,
    }),
  ),
);

/** `spec` of a CiliumCIDRGroup: blocks with a name. https://docs.cilium.io/en/stable/security/policy/language/#cidrgroups */
export const ciliumBlocksShape = z.object({ externalCIDRs: maybe(z.array(cidr)) });

/** One rule of a CiliumNetworkPolicy: its `spec`, or one of its `specs`. https://docs.cilium.io/en/stable/security/policy/language/ */
export const ciliumSpecShape = z
  .object({
    endpointSelector: maybe(selectorShape),
    nodeSelector: maybe(selectorShape),
    enableDefaultDeny: maybe(z.object({ ingress: maybe(z.boolean()), egress: maybe(z.boolean()) })),
    ingress: from,
    ingressDeny: from,
    egress: to,
    egressDeny: to,
  })
  .superRefine(({ endpointSelector, nodeSelector }, context) => {
    if ((endpointSelector === undefined) !== (nodeSelector === undefined)) return;
    const message =
      endpointSelector === undefined
        ? 'has neither endpointSelector nor nodeSelector'
        : 'has both endpointSelector and nodeSelector';
    context.addIssue({ code: 'custom', message });
  });

export type CiliumSpec = z.infer<typeof ciliumSpecShape>;
export type CiliumSelector = Partial<z.infer<typeof selectorShape>>;
export type CiliumBlock = Partial<z.infer<typeof blockShape>>;
export type CiliumPorts = z.infer<typeof portsShape>;
export type CiliumIcmp = z.infer<typeof icmpShape>;
/** A rule, whichever way it looks, with the fields that it has. */
export type CiliumRule = {
  readonly [field: string]: unknown;
  readonly toPorts?: readonly CiliumPorts[] | undefined;
  readonly icmps?: readonly CiliumIcmp[] | undefined;
};
