import * as z from 'zod';

const text = z.string();

/**
 * Members that name a thing. Several of them name the same one. `name`, `vpc`, `cidr` and `groupName` tell more about it.
 *
 * Every shape here is strict: a member that the runner does not know may be the very thing that a fact is about.
 */
const namedEnd = z.strictObject({
  eni: text.optional(),
  instance: text.optional(),
  ip: text.optional(),
  subnet: text.optional(),
  gateway: text.optional(),
  securityGroup: text.optional(),
  groupName: text.optional(),
  dbInstance: text.optional(),
  domain: text.optional(),
  name: text.nullish(),
  vpc: text.nullish(),
  cidr: text.optional(),
});
export type NamedEnd = z.infer<typeof namedEnd>;

const end = z.union([z.literal('internet'), namedEnd]);
export type FactEnd = z.infer<typeof end>;

const icmpNumber = z.int().min(0).max(255).nullish();

/** What a fact says of its packets. */
const packets = {
  protocol: text,
  ports: text.nullish(),
  icmpType: icmpNumber,
  icmpCode: icmpNumber,
};

/** Members that inform and are not matched (the corpus says so). */
const informs = {
  note: text.nullish(),
  test: text.nullish(),
  vpc: text.nullish(),
  disposition: z.unknown().optional(),
  path: z.unknown().optional(),
  reversePath: z.unknown().optional(),
};

/** From one end to the other, through everything or through filters alone. */
export const flowFact = z
  .strictObject({
    from: end,
    to: end,
    srcIp: text.nullish(),
    ...packets,
    srcPorts: text.nullish(),
    quantifier: z.literal('some').nullish(),
    ipVersion: z.union([z.literal(4), z.literal(6)]).optional(),
    reachable: z.boolean().optional(),
    twoWay: z.boolean().optional(),
    routed: z.boolean().optional(),
    deliversTo: z.unknown().optional(),
    ...informs,
  })
  .refine((fact) => [fact.reachable, fact.twoWay, fact.routed].some((part) => part !== undefined), {
    error: 'it says neither reachable nor twoWay nor routed',
  });
export type FlowFact = z.infer<typeof flowFact>;

/** What one group, or the groups of one interface or service, admit. */
export const filterFact = z.strictObject({
  from: end,
  to: end,
  direction: z.enum(['ingress', 'egress']),
  groupName: text.nullish(),
  ...packets,
  srcPorts: text.nullish(),
  quantifier: z.literal('some').nullish(),
  ipVersion: z.union([z.literal(4), z.literal(6)]).optional(),
  reachable: z.boolean(),
  ...informs,
});
export type FilterFact = z.infer<typeof filterFact>;

/** What one entry of a network ACL matches and does. */
export const entryFact = z.strictObject({
  networkAcl: text,
  ruleNumber: z.int(),
  direction: z.enum(['ingress', 'egress']),
  remote: text,
  ...packets,
  action: z.enum(['allow', 'deny']),
  note: text.nullish(),
  test: text.nullish(),
});
export type EntryFact = z.infer<typeof entryFact>;

/** Whether a resource in its state takes part. */
export const stateFact = z.strictObject({
  resource: text,
  usable: z.boolean(),
  note: text.nullish(),
  test: text.nullish(),
});
export type StateFact = z.infer<typeof stateFact>;

const AWS_KINDS = [
  'flows',
  'endpoint-connectivity',
  'explain',
  'subnet-connectivity',
  'eni-filter',
  'security-group-rules',
  'network-acl-entries',
  'resource-state',
  'lint',
] as const;

/** `expected.json` of an `aws` case. Its other members tell where the case comes from. */
export const awsExpectation = z.object({
  kind: z.enum(AWS_KINDS),
  complete: z.boolean(),
  universe: z.array(namedEnd).optional(),
  assumptions: z.array(text).optional(),
  facts: z.array(z.unknown()),
});
export type AwsExpectation = z.infer<typeof awsExpectation>;

/** What is wrong with a statement, in one line. */
export function problemOf(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
    .join('; ');
}
