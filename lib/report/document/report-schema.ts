import * as z from 'zod';
import type { FrameworkId } from '#findings';

/**
 * The one document that every format is made of, and that `--format json` prints. What a reader may rely on: within one `schemaVersion`
 * members are added and never taken away or given another meaning, so a reader has to pass over members and values that it does not know.
 * Texts are as the account gave them: untrusted, to be escaped for where they are shown.
 */
const text = (what: string) => z.string().meta({ description: what });
const list = <T extends z.ZodType>(of: T, what: string) => z.array(of).readonly().meta({ description: what });

const severity = z
  .enum(['critical', 'high', 'medium', 'low', 'info'])
  .meta({ description: 'How grave it is, by its effect.' });

const source = z
  .strictObject({
    source: text('The vendor or format, such as `aws`.'),
    account: z.string(),
    region: z.string(),
    path: text('The place in the input: `DescribeSecurityGroups.SecurityGroups[3]`.'),
    id: text("The vendor's own id of the thing there."),
  })
  .meta({ description: 'Where a fact was read.' });

const hop = z.strictObject({
  from: text('An id, or `internet`.'),
  fromName: z.string(),
  to: z.string(),
  toName: z.string(),
  flows: text('What is opened there: `tcp 22`.'),
});

const path = z
  .strictObject({
    isSure: z.boolean().meta({ description: 'False if a blind spot keeps a hop unknown.' }),
    hops: list(hop, 'In order, from where somebody comes in.'),
  })
  .meta({ description: 'A way through hosts that fall one after the other.' });

const endpoint = z.strictObject({
  id: text("The vendor's id of the interface."),
  name: z.string(),
  role: text('What stands behind it: `host`, `database`, `load-balancer`, …'),
  host: text('What falls as one: the instance, or the thing itself.'),
  account: z.string(),
  region: z.string(),
  network: z.string(),
  subnet: z.string(),
  publicIps: list(z.string(), 'The addresses by which the internet dials it.'),
});

const culprit = z.strictObject({
  policy: text('The group or ACL that holds the rule.'),
  policyName: z.string(),
  rule: z.string(),
  direction: z.enum(['ingress', 'egress']),
  flows: z.string(),
  far: text('Whom it names at the far end.'),
  description: z.string(),
  at: source,
});

const control = z.strictObject({
  // more may come: for readers it is any text
  framework: text('The id of one of `frameworks`.') as unknown as z.ZodType<FrameworkId>,
  id: z.string(),
  isOurs: z.boolean().meta({ description: 'True where no published mapping says so.' }),
});

const closed = z
  .strictObject({
    count: z.number().meta({ description: 'Pairs of workloads, or of addresses outside and a workload.' }),
    isWhole: z.boolean().meta({ description: 'False where there were too many to look at all.' }),
    needed: z.number().meta({ description: 'How many of them somebody means or needs.' }),
    flows: list(
      z.strictObject({
        from: text('An id of a workload, or `internet`, or another text for what is outside.'),
        fromName: z.string(),
        to: z.string(),
        toName: z.string(),
        flows: z.string(),
        pairs: z.number().meta({ description: 'How many pairs of interfaces.' }),
        needed: text(
          '`meant` by the configuration, or what a `load-balancer` hands on to its target; others may come.',
        ).optional(),
      }),
      'The first ten, needed ones first.',
    ),
  })
  .meta({ description: 'What may pass now and would be shut, beside what the finding is about.' });

const fix = z.strictObject({
  kind: text('`aws-cli` or `kubectl`; others may come.'),
  change: text(
    '`remove`, `narrow`, `reference`, `split`, `route`, `listener`, `acl`, `group` or `policy`; others may come.',
  ).optional(),
  what: text('What to do, in one sentence.').optional(),
  owners: list(
    z.string(),
    'What keeps the resources that are to be changed, by their marks: to be told before the commands, since a change by hand may not last.',
  ).optional(),
  commands: list(z.string(), 'To be pasted as they are, in order. Empty where there is no command.'),
  isProven: z
    .boolean()
    .meta({ description: 'True if it was tried on the model: the finding went and nothing opened.' }),
  alsoCloses: closed.optional(),
  breaks: list(z.string(), 'The assertions that hold now and would not any more.').optional(),
  reveals: list(
    z.string(),
    'Titles of findings that are only seen once this one is gone; what they tell of was so before.',
  ).optional(),
  terraform: text('The blocks to change in Terraform, with `-` and `+`.').optional(),
  cloudFormation: text('The resources to change in a template, with `-` and `+`.').optional(),
});

const suppression = z
  .strictObject({ owner: z.string(), reason: z.string(), until: text('A day, ISO 8601.') })
  .meta({ description: 'Who accepted it, why, and until when.' });

const finding = z.strictObject({
  check: text('The id of one of `checks`.'),
  severity,
  certainty: z
    .enum(['surely', 'possibly'])
    .meta({ description: '`possibly` where blind spots keep it from being certain.' }),
  fingerprint: text('The same over time, as long as the same is wrong at the same place.'),
  title: text('The effect, in one sentence.'),
  source: text('What it was read from, where that is no cloud account: `kubernetes`.').optional(),
  account: text('The account; of a cluster its name, or the folder that it was read from.'),
  region: text('Empty for a cluster.'),
  workload: z
    .strictObject({ id: z.string(), name: z.string() })
    .meta({ description: 'What it is about; stable while interfaces come and go.' }),
  endpoints: list(endpoint, 'Where it is.'),
  flows: text('What can be opened, where ports are the matter.').optional(),
  witness: text('One flow that proves it.').optional(),
  path: path.optional(),
  culprits: list(culprit, 'The rules that it rests on.'),
  because: list(z.string(), 'The ids of the blind spots that keep it from being certain.'),
  controls: list(control, 'What it touches in each framework.'),
  fixes: list(fix, 'Ways to end it, the best first: at most three.'),
  unsolved: text('Why none of the ways is proven, in one sentence; absent where one is.').optional(),
  suppression: suppression.optional(),
});

const risk = z
  .strictObject({
    formula: text('By which it was worked out; numbers of different formulas cannot be compared.'),
    score: z.number().meta({ description: 'From 0 to 100.' }),
    countsAccepted: z
      .boolean()
      .optional()
      .meta({ description: 'True: what somebody accepted counts like everything else.' }),
    parts: list(
      z.strictObject({
        fingerprint: text('Of the worst finding about one thing, which is the one that counts.'),
        points: z.number().meta({ description: 'Its share of the score.' }),
      }),
      'The largest share first.',
    ),
  })
  .meta({
    description: 'The risk of all that was read, by what is open; accepting a finding does not lower it.',
  });

const assertion = z
  .strictObject({
    from: text('A name, an address, or a zone of the configuration.'),
    to: z.string(),
    flows: z.string(),
    expect: z.enum(['allowed', 'denied']),
    outcome: z
      .enum(['holds', 'fails', 'unknown'])
      .meta({ description: '`unknown` where what is not seen decides; it counts as failed.' }),
    why: list(z.string(), 'What keeps it from being known; empty where it is.'),
    example: text('A pair that breaks it.').optional(),
  })
  .meta({ description: 'What the configuration says is to hold.' });

const remark = z.strictObject({
  check: text('What kind of untidiness.'),
  severity: z.enum(['low', 'info']),
  fingerprint: z.string(),
  title: z.string(),
  subject: z.strictObject({ id: z.string(), name: z.string() }),
  rules: list(z.strictObject({ policy: z.string(), rule: z.string() }), 'The rules that it is about.'),
});

const reach = list(
  z.strictObject({
    from: z.string(),
    flows: z.string(),
    repliesOnlyTo: text('The client ports that get answers, where not all do.').optional(),
  }),
  'Addresses, and what they can open.',
);

const exposure = z.strictObject({
  endpoint: z.string(),
  name: z.string(),
  role: z.string(),
  workload: z.string(),
  family: z.union([z.literal(4), z.literal(6)]),
  sure: reach,
  possible: reach,
});

const blindSpot = z
  .strictObject({
    id: z.string(),
    code: z.string(),
    effect: text(
      '`hides-ways`: answers that it touches are unknown. `only-narrows`: they stand, and may be narrower.',
    ),
    what: z.string(),
    remedy: text('What to do about it; empty where nothing can be done.'),
    at: source.optional(),
  })
  .meta({ description: 'Something that could not be read or is not modelled.' });

const framework = z.strictObject({
  id: z.string(),
  title: z.string(),
  short: z.string(),
  version: z.string(),
  url: z.string(),
  date: z.string(),
});

const check = z.strictObject({
  id: z.string(),
  title: z.string(),
  reason: z.string(),
  severity: text('From what its severity follows.'),
  whatToDo: z.string(),
});

export const reportSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    tool: z.strictObject({ name: z.literal('postern'), version: z.string() }),
    createdAt: text(
      'When the network was read, ISO 8601; where the input does not say, when the report was made.',
    ),
    targets: list(
      z.strictObject({ account: z.string(), region: z.string(), readAt: z.string().optional() }),
      'What was read.',
    ),
    counts: z.strictObject({
      interfaces: z.number(),
      groups: z.number(),
      networks: z.number(),
      workloads: z.number().meta({ description: 'Of clusters; absent where there are none.' }).optional(),
      policies: z.number().meta({ description: 'Of clusters; absent where there are none.' }).optional(),
    }),
    risk,
    findings: list(finding, 'Worst first; those about what is open come before those about what would be.'),
    assertions: list(assertion, 'In the order of the configuration; empty where it has none.').optional(),
    remarks: list(remark, 'What is untidy; nothing is open by it.'),
    exposures: list(exposure, 'What the internet reaches, meant or not.'),
    crownJewels: list(
      z.strictObject({ id: z.string(), name: z.string(), role: z.string() }),
      'What is most worth guarding.',
    ),
    blindSpots: list(blindSpot, 'What could not be seen.'),
    checks: list(check, 'The checks that the findings name.'),
    frameworks: list(framework, 'The frameworks that the findings name.'),
  })
  .meta({
    title: 'Postern report',
    description: 'What an audit found, what it rests on and what it could not see.',
  });

export type Report = z.infer<typeof reportSchema>;
export type ReportFinding = Report['findings'][number];
export type ReportFix = ReportFinding['fixes'][number];
export type ReportAssertion = NonNullable<Report['assertions']>[number];
export type ReportEndpoint = ReportFinding['endpoints'][number];
export type ReportPath = NonNullable<ReportFinding['path']>;

/** The schema as JSON Schema (2020-12), for those who read the document. */
export function reportJsonSchema(): object {
  return {
    $id: 'urn:postern:report:1',
    ...z.toJSONSchema(reportSchema),
  };
}
