import type { z } from 'zod';
import { differs, type Check } from './result.ts';
import { problemOf } from './statement.ts';

/** The statements of a case by their shape; each that has another shape is a check that fails. */
export function factsOf<Shape extends z.ZodType>(
  shape: Shape,
  values: readonly unknown[],
): { readonly facts: readonly z.infer<Shape>[]; readonly checks: readonly Check[] } {
  const parsed = values.map((value) => ({ value, result: shape.safeParse(value) }));
  return {
    facts: parsed.flatMap(({ result }) => (result.success ? [result.data] : [])),
    checks: parsed.flatMap(({ value, result }) =>
      result.success ? [] : [differs(value, 'a fact that is understood', problemOf(result.error))],
    ),
  };
}
