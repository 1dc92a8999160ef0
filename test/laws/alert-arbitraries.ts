import fc from 'fast-check';
import { SEVERITIES, type Alert, type AlertKind, type CheckId } from '#findings';
import { HOSTILE_NAMES } from '../bench/world/hostile-names.ts';

const KINDS: readonly AlertKind[] = [
  'opened',
  'resolved',
  'newly-seen',
  'unconfirmed',
  'flapping',
  'reminder',
  'exception-ended',
  'blind-spot',
  'tampering',
  'catch-up',
  'test',
];

const CHECKS: readonly CheckId[] = ['admin-port-exposed', 'unintended-exposure', 'lateral-path'];

/** Any text that an account may hold and some that it may not: halves of surrogate pairs, very long ones, words, other scripts, traps. */
const texts: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('', ' ', 'bastion', 'SSH on bastion is open', 'tcp 22') },
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE_NAMES) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
      .map((codes) => String.fromCharCode(...codes)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom('x', '<', '&', '`', '語', '😀', '\u0001', '<!channel> ', 'word '),
        fc.integer({ min: 1, max: 5_000 }),
      )
      .map(([piece, times]) => piece.repeat(times)),
  },
);

const urls = fc.oneof(texts, fc.constantFrom('https://example.com/a?b=c&d', 'javascript:alert(1)'));

/** Mostly a few, at times very many of the same. */
function lists<T>(one: fc.Arbitrary<T>, many = 60): fc.Arbitrary<T[]> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.array(one, { maxLength: 4 }) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(one, fc.integer({ min: 1, max: many }))
        .map(([same, times]) => Array.from({ length: times }, () => same)),
    },
  );
}

const severities = fc.constantFrom(...SEVERITIES);
const counts = fc.oneof(fc.constant(0), fc.nat(5_000));

export const alerts: fc.Arbitrary<Alert> = fc.record(
  {
    schema: fc.constant(1 as const),
    id: fc.oneof(fc.uuid(), texts),
    kind: fc.constantFrom(...KINDS),
    severity: severities,
    headline: texts,
    details: lists(texts),
    place: fc.record(
      {
        account: texts,
        accountName: texts,
        region: texts,
        time: fc.oneof(texts, fc.constant('2026-03-02T10:01:07Z')),
      },
      { requiredKeys: ['account', 'region', 'time'] },
    ),
    path: lists(fc.record({ from: texts, to: texts, flows: texts })),
    before: texts,
    after: texts,
    rules: lists(fc.record({ id: texts, policy: texts, policyName: texts, text: texts, description: texts })),
    moreRules: counts,
    blame: lists(
      fc.record(
        {
          call: texts,
          who: texts,
          role: texts,
          mfa: fc.boolean(),
          tool: texts,
          sourceIp: texts,
          time: texts,
        },
        { requiredKeys: ['call', 'who', 'role', 'tool', 'sourceIp', 'time'] },
      ),
    ),
    blameIs: fc.constantFrom('these', 'one-of', 'nobody'),
    also: lists(texts),
    undo: fc.record({ commands: lists(texts), isProven: fc.boolean() }),
    restore: fc.record({ commands: lists(texts) }),
    findings: lists(
      fc.record({
        fingerprint: texts,
        check: fc.constantFrom(...CHECKS),
        severity: severities,
        title: texts,
      }),
      2_000,
    ),
    moreFindings: counts,
    owner: texts,
    links: lists(fc.record({ text: texts, url: urls })),
  },
  {
    requiredKeys: [
      'schema',
      'id',
      'kind',
      'severity',
      'headline',
      'details',
      'place',
      'path',
      'rules',
      'moreRules',
      'blame',
      'blameIs',
      'also',
      'findings',
      'moreFindings',
      'links',
    ],
  },
);
