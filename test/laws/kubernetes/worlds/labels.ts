import fc from 'fast-check';
import type { LabelExpression, Labels, LabelSelector } from '../oracle/objects.ts';

/** A key has few values and is often absent, so that selectors meet all three cases. */
export type Vocabulary = Readonly<Record<string, readonly string[]>>;

export const POD_LABELS: Vocabulary = { app: ['web', 'db'], tier: ['front', 'back'] };
export const NAMESPACE_LABELS: Vocabulary = { team: ['a', 'b'], env: ['prod'] };

export function labels(vocabulary: Vocabulary): fc.Arbitrary<Labels> {
  const entries = Object.entries(vocabulary).map(([key, values]) =>
    fc.option(
      fc.constantFrom(...values, '').map((value): [string, string] => [key, value]),
      { freq: 2 },
    ),
  );
  return fc
    .tuple(...entries)
    .map((chosen): Labels => Object.fromEntries(chosen.filter((each) => each !== null)));
}

/** `names`: further values of the label that holds a namespace's name. */
export function selector(vocabulary: Vocabulary, names: readonly string[] = []): fc.Arbitrary<LabelSelector> {
  const known = names.length > 0 ? { ...vocabulary, 'kubernetes.io/metadata.name': names } : vocabulary;
  const expressions = fc.array(expression(known), { minLength: 1, maxLength: 2 });
  const matchLabels = fc
    .constantFrom(...Object.keys(known))
    .chain((key) => fc.constantFrom(...(known[key] ?? [])).map((value): Labels => ({ [key]: value })));
  return fc.oneof(
    { arbitrary: fc.constant({}), weight: 3 },
    { arbitrary: fc.record({ matchLabels }), weight: 3 },
    { arbitrary: fc.record({ matchExpressions: expressions }), weight: 4 },
    { arbitrary: fc.record({ matchLabels, matchExpressions: expressions }), weight: 1 },
    { arbitrary: fc.constant({ matchLabels: {}, matchExpressions: [] }), weight: 1 },
    { arbitrary: fc.constant({ matchLabels: null, matchExpressions: null }), weight: 1 },
  );
}

function expression(vocabulary: Vocabulary): fc.Arbitrary<LabelExpression> {
  const keys = [...Object.keys(vocabulary), 'nowhere'];
  return fc.constantFrom(...keys).chain((key) =>
    fc.oneof(
      fc.record({
        key: fc.constant(key),
        operator: fc.constantFrom('In', 'NotIn'),
        values: fc.uniqueArray(fc.constantFrom(...(vocabulary[key] ?? []), 'other', ''), {
          minLength: 1,
          maxLength: 2,
        }),
      }),
      fc.record(
        {
          key: fc.constant(key),
          operator: fc.constantFrom('Exists', 'DoesNotExist'),
          values: fc.constantFrom(null, []),
        },
        { requiredKeys: ['key', 'operator'] },
      ),
    ),
  );
}
