import { parseCidr } from '#netset';
import { z } from 'zod';
import { labelsShape, maybe } from './object.ts';

/** A block, or one address. */
const net = z
  .string()
  .transform((text) => (text.includes('/') ? text : `${text}/${text.includes(':') ? '128' : '32'}`))
  .refine((text) => parseCidr(text) !== undefined, 'is no CIDR');
const nets = maybe(z.array(net));
/** A number, `first:last`, or the name of a container's port. */
const portList = maybe(z.array(z.union([z.int().min(0).max(65_535), z.string()])));
const protocol = maybe(z.union([z.string(), z.int().min(1).max(255)]));
const icmp = maybe(z.object({ type: maybe(z.int()), code: maybe(z.int()) }));

/** What is there and says nothing is as what is not there. */
function said({ names, selector }: { names: string[] | undefined; selector: string | undefined }): {
  readonly names: readonly string[] | undefined;
  readonly selector: string | undefined;
} {
  return {
    names: names?.length === 0 ? undefined : names,
    selector: selector?.trim() === '' ? undefined : selector,
  };
}

const entityShape = z.object({
  nets,
  notNets: nets,
  selector: maybe(z.string()),
  notSelector: maybe(z.string()),
  namespaceSelector: maybe(z.string()),
  ports: portList,
  notPorts: portList,
  serviceAccounts: maybe(
    z.object({ names: maybe(z.array(z.string())), selector: maybe(z.string()) }).transform(said),
  ),
  services: maybe(z.unknown()),
  domains: maybe(z.unknown()),
});

const ruleShape = z.object({
  action: z.enum(['Allow', 'Deny', 'Log', 'Pass'], 'is not Allow, Deny, Log or Pass'),
  ipVersion: maybe(z.union([z.literal(4), z.literal(6)])),
  protocol,
  notProtocol: protocol,
  icmp,
  notICMP: icmp,
  source: maybe(entityShape),
  destination: maybe(entityShape),
  http: maybe(z.unknown()),
});

/** `spec` of Calico's NetworkPolicy and GlobalNetworkPolicy. https://docs.tigera.io/calico/latest/reference/resources/networkpolicy */
export const calicoPolicyShape = z.object({
  tier: maybe(z.string()),
  order: maybe(z.number()),
  selector: maybe(z.string()),
  namespaceSelector: maybe(z.string()),
  serviceAccountSelector: maybe(z.string()),
  types: maybe(z.array(z.enum(['Ingress', 'Egress'], 'is not Ingress or Egress'))),
  ingress: maybe(z.array(ruleShape)),
  egress: maybe(z.array(ruleShape)),
  doNotTrack: maybe(z.boolean()),
  preDNAT: maybe(z.boolean()),
});

/** `spec` of a Tier. https://docs.tigera.io/calico/latest/reference/resources/tier */
export const calicoTierShape = z.object({
  order: maybe(z.number()),
  defaultAction: maybe(z.enum(['Deny', 'Pass'], 'is not Deny or Pass')),
});

/** A NetworkSet or GlobalNetworkSet: addresses with labels. */
export const calicoSetShape = z.object({
  metadata: z.object({ labels: maybe(labelsShape) }),
  spec: maybe(z.object({ nets })),
});

export type CalicoPolicySpec = z.infer<typeof calicoPolicyShape>;
export type CalicoRule = z.infer<typeof ruleShape>;
export type CalicoEntity = Partial<z.infer<typeof entityShape>>;
