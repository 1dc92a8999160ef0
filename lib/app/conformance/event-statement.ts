import * as z from 'zod';

const text = z.string();
const texts = z.array(text);

/** One rule or entry as a case writes it; a member that it leaves out says as little as null. */
const statedRule = z.strictObject({
  op: z.enum(['add', 'remove', 'modify']),
  direction: z.enum(['ingress', 'egress']).nullish(),
  protocol: text.nullish(),
  from: z.number().nullish(),
  to: z.number().nullish(),
  cidr: text.nullish(),
  group: text.nullish(),
  prefixList: text.nullish(),
  ruleId: text.nullish(),
  action: text.nullish(),
  ruleNumber: z.number().nullish(),
});
export type StatedRule = z.infer<typeof statedRule>;

const statedActor = z.strictObject({
  kind: z.enum(['root', 'human', 'role', 'service']).nullable(),
  name: text.nullable(),
  role: text.nullable(),
  session: text.nullable(),
  via: text,
  sourceIp: text.nullable(),
  mfa: z.boolean().nullable(),
  onBehalfOf: z.strictObject({ kind: text.nullable(), name: text.nullable() }).nullable(),
  invokedBy: text.nullable(),
});
export type StatedActor = z.infer<typeof statedActor>;

const alternatives = z.array(z.union([text, z.boolean(), z.number(), z.null()]));

/** `expected.json` of a CloudTrail record. Strict: a member that the runner does not know may be the very thing to check. */
export const eventExpectation = z.strictObject({
  eventName: text,
  eventSource: text,
  errorCode: text.nullable(),
  tier: z.number(),
  effective: z.boolean(),
  ids: texts,
  mentionedIds: texts,
  malformedIds: texts,
  scope: z.strictObject({ account: text.nullable(), region: text.nullable() }),
  actor: statedActor,
  accept: z.strictObject({
    kind: alternatives.optional(),
    name: alternatives.optional(),
    via: alternatives.optional(),
    mfa: alternatives.optional(),
    tier: alternatives.optional(),
  }),
  parsedRules: z.array(statedRule).nullable(),
  // These inform: where the record is from, and what it says in words.
  source: text.optional(),
  commit: text.nullish(),
  licence: text.nullish(),
  fidelity: text.optional(),
  names: texts.optional(),
  change: text.nullish(),
  note: text.nullish(),
});
export type EventExpectation = z.infer<typeof eventExpectation>;
