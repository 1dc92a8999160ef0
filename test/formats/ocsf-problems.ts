import * as z from 'zod';

/**
 * What OCSF 1.9.0 says about the two classes and their objects, as far as Postern fills them: which attributes there are, which are required,
 * what their enumerations hold. An attribute that is not here is a problem, even if the schema has it: then add it, from the schema.
 *
 * https://github.com/ocsf/ocsf-schema/tree/main/events/findings and objects; https://schema.ocsf.io/1.9.0/
 */
const CAPTIONS = {
  activity: { 1: 'Create', 2: 'Update', 3: 'Close' },
  severity: { 1: 'Informational', 2: 'Low', 3: 'Medium', 4: 'High', 5: 'Critical', 6: 'Fatal' },
  status: { 1: 'New', 2: 'In Progress', 3: 'Suppressed', 4: 'Resolved', 5: 'Archived', 6: 'Deleted' },
  confidence: { 1: 'Low', 2: 'Medium', 3: 'High' },
  compliance: { 1: 'Pass', 2: 'Warning', 3: 'Fail' },
  role: { 1: 'Target', 2: 'Actor', 3: 'Affected', 4: 'Related' },
  observable: { 2: 'IP Address', 10: 'Resource UID' },
} as const satisfies Readonly<Record<string, Readonly<Record<number, string>>>>;

const idOf = (captions: Readonly<Record<number, string>>) =>
  z.int().refine((id) => id in captions, 'not one of the enumeration');
const some = z.string().min(1);
const time = z.int().min(1_000_000_000_000);
const pair = z.strictObject({ status_id: idOf(CAPTIONS.compliance), status: some });

const technique = z.strictObject({ uid: z.string().regex(/^T\d{4}$/) });
const attack = z.strictObject({
  technique,
  sub_technique: z.strictObject({ uid: z.string().regex(/^T\d{4}\.\d{3}$/) }).optional(),
  version: some,
});

const resource = z.strictObject({
  uid: some,
  name: some,
  type: some,
  region: some.optional(),
  ip: z.union([z.ipv4(), z.ipv6()]).optional(),
  role_id: idOf(CAPTIONS.role),
  role: some,
});

const shared = {
  activity_id: idOf(CAPTIONS.activity),
  activity_name: some,
  category_uid: z.literal(2),
  category_name: z.literal('Findings'),
  type_uid: z.int(),
  type_name: some,
  time,
  severity_id: idOf(CAPTIONS.severity),
  severity: some,
  status_id: idOf(CAPTIONS.status),
  status: some,
  confidence_id: idOf(CAPTIONS.confidence),
  confidence: some,
  message: some,
  metadata: z.strictObject({
    version: z.literal('1.9.0'),
    product: z.strictObject({ name: some, vendor_name: some, uid: some, version: some }),
    profiles: z.tuple([z.literal('cloud')]),
    event_code: some,
  }),
  // of the profile `cloud`
  cloud: z.strictObject({
    provider: some,
    region: z.string(),
    account: z.strictObject({ uid: z.string(), type: z.literal('AWS Account'), type_id: z.literal(10) }),
  }),
  finding_info: z.strictObject({
    uid: some,
    title: some,
    desc: some,
    types: z.array(some),
    created_time: time,
    last_seen_time: time,
    analytic: z.strictObject({
      type_id: z.literal(1),
      type: z.literal('Rule'),
      uid: some,
      name: some,
      version: some,
    }),
    attacks: z.array(attack).min(1).optional(),
  }),
  remediation: z.strictObject({ desc: some }).optional(),
  resources: z.array(resource).min(1),
  observables: z.array(
    z.strictObject({
      name: z.enum(['resources.uid', 'resources.ip']),
      type_id: idOf(CAPTIONS.observable),
      type: some,
      value: some,
    }),
  ),
  unmapped: z.record(z.string(), z.unknown()),
};

const compliance = pair.extend({
  standards: z.array(some).min(1),
  requirements: z.array(some).min(1),
  checks: z.array(pair.extend({ uid: some, name: some, standards: z.array(some).min(1) })).min(1),
});

const event = z.discriminatedUnion('class_uid', [
  z.strictObject({
    ...shared,
    class_uid: z.literal(2003),
    class_name: z.literal('Compliance Finding'),
    compliance,
  }),
  z.strictObject({ ...shared, class_uid: z.literal(2004), class_name: z.literal('Detection Finding') }),
]);

/** What is wrong with an event; empty if it keeps to the schema. */
export function ocsfProblems(value: unknown): readonly string[] {
  const parsed = event.safeParse(value);
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`);
  const { data } = parsed;
  const told: readonly (readonly [
    what: string,
    caption: string,
    captions: Readonly<Record<number, string>>,
    id: number,
  ])[] = [
    ['activity_name', data.activity_name, CAPTIONS.activity, data.activity_id],
    ['severity', data.severity, CAPTIONS.severity, data.severity_id],
    ['status', data.status, CAPTIONS.status, data.status_id],
    ['confidence', data.confidence, CAPTIONS.confidence, data.confidence_id],
    ...data.resources.map((one) => ['role', one.role, CAPTIONS.role, one.role_id] as const),
    ...data.observables.map((one) => ['observable', one.type, CAPTIONS.observable, one.type_id] as const),
    ...(data.class_uid === 2003
      ? [data.compliance, ...data.compliance.checks].map(
          (one) => ['compliance', one.status, CAPTIONS.compliance, one.status_id] as const,
        )
      : []),
  ];
  return [
    ...told.flatMap(([what, caption, captions, id]) =>
      captions[id] === caption ? [] : [`${what}: ${caption} is not the caption of ${String(id)}`],
    ),
    ...(data.type_uid === data.class_uid * 100 + data.activity_id
      ? []
      : ['type_uid: not of its class and activity']),
    ...(data.type_name === `${data.class_name}: ${data.activity_name}`
      ? []
      : ['type_name: not of its class']),
  ];
}
