import { parseCidr } from '#netset';
import { z } from 'zod';
import { protocolShape } from './network-policy.ts';
import { maybe } from './object.ts';
import { selectorShape } from './selector.ts';

const port = z.int('is no port').min(1, 'is no port').max(65_535, 'is no port');
const network = z
  .string()
  .refine((text) => text.includes('/') && parseCidr(text) !== undefined, 'is no CIDR');

function names(list: readonly string[]): string {
  return `${list.slice(0, -1).join(', ')} or ${list.at(-1) ?? ''}`;
}

/** An object that says one thing: exactly one of these fields. */
function oneOf<Shape extends z.ZodRawShape>(shape: Shape) {
  const fields = Object.keys(shape).filter((field) => field !== 'unknown');
  return z.object(shape).superRefine((value: Record<string, unknown>, context) => {
    const set = Object.keys(shape).filter((field) => value[field] !== undefined);
    if (set.length === 1) return;
    const message = set.length === 0 ? 'has none of' : `has both ${set.join(' and ')}, and needs one of`;
    context.addIssue({ code: 'custom', message: `${message} ${names(fields)}` });
  });
}

/**
 * A peer that says one thing. A field that is not known makes it one that this version does not understand: `unknown` is its name.
 */
function peerOf<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess(
    (value) => {
      if (typeof value !== 'object' || value === null) return value;
      const [field, ...more] = Object.entries(value).flatMap(([key, each]) => (each === null ? [] : [key]));
      const isUnknown = field !== undefined && more.length === 0 && !Object.hasOwn(shape, field);
      return isUnknown ? { unknown: field } : value;
    },
    oneOf({ ...shape, unknown: z.string().optional() }),
  );
}

/** Without a selector: everything, as the API server decodes what is not there. */
const podsShape = z.object({
  namespaceSelector: maybe(selectorShape),
  podSelector: maybe(selectorShape),
});
const pods = { namespaces: maybe(selectorShape), pods: maybe(podsShape) };
const subject = oneOf(pods);
const from = z.array(peerOf(pods), 'names nobody').min(1, 'names nobody');
const to = z
  .array(
    peerOf({
      ...pods,
      networks: maybe(z.array(network).min(1, 'names nobody')),
      nodes: maybe(selectorShape),
      domainNames: maybe(z.array(z.string()).min(1, 'names nobody')),
    }),
    'names nobody',
  )
  .min(1, 'names nobody');

const range = z
  .object({ start: port, end: port })
  .refine(({ start, end }) => start < end, 'ends before it starts');

const portsShape = maybe(
  z.array(
    oneOf({
      portNumber: maybe(z.object({ protocol: maybe(protocolShape), port })),
      portRange: maybe(range.and(z.object({ protocol: maybe(protocolShape) }))),
      namedPort: maybe(z.string()),
    }),
  ),
);

const priority = z
  .int('is no whole number')
  .min(0, 'is not between 0 and 1000')
  .max(1000, 'is not between 0 and 1000');

function rulesOf<const Actions extends readonly ('Allow' | 'Deny' | 'Pass')[]>(actions: Actions) {
  const action = z.enum(actions, `is not ${names(actions)}`);
  const rule = z.object({ name: maybe(z.string()), action, ports: portsShape });
  return {
    subject,
    ingress: maybe(z.array(rule.extend({ from }))),
    egress: maybe(z.array(rule.extend({ to }))),
  };
}

/** `spec` of an AdminNetworkPolicy, v1alpha1. https://network-policy-api.sigs.k8s.io/reference/spec/ */
export const adminPolicyShape = z.object({ priority, ...rulesOf(['Allow', 'Deny', 'Pass']) });

/** `spec` of the BaselineAdminNetworkPolicy, v1alpha1. */
export const baselinePolicyShape = z.object(rulesOf(['Allow', 'Deny']));

const destination = z.object({
  destinationPort: maybe(oneOf({ number: maybe(port), range: maybe(range) })),
});
const protocols = maybe(
  z
    .array(
      oneOf({
        tcp: maybe(destination),
        udp: maybe(destination),
        sctp: maybe(destination),
        destinationNamedPort: maybe(z.string()),
      }),
    )
    .min(1, 'is empty'),
);
const clusterRule = z.object({
  name: maybe(z.string()),
  action: z.enum(['Accept', 'Deny', 'Pass'], 'is not Accept, Deny or Pass'),
  protocols,
});

/**
 * `spec` of a ClusterNetworkPolicy, v1alpha2, which takes the place of both.
 * https://network-policy-api.sigs.k8s.io/reference/spec/
 */
export const clusterPolicyShape = z.object({
  tier: z.enum(['Admin', 'Baseline'], 'is not Admin or Baseline'),
  priority,
  subject,
  ingress: maybe(z.array(clusterRule.extend({ from }))),
  egress: maybe(z.array(clusterRule.extend({ to }))),
});

export type ClusterSubject = z.infer<typeof subject>;
export type ClusterPeer = z.infer<typeof from>[number] | z.infer<typeof to>[number];
export type AdminPolicySpec = z.infer<typeof adminPolicyShape> | z.infer<typeof baselinePolicyShape>;
export type AdminPort = NonNullable<z.infer<typeof portsShape>>[number];
export type ClusterPolicySpec = z.infer<typeof clusterPolicyShape>;
export type ClusterProtocol = NonNullable<z.infer<typeof protocols>>[number];
