import { z } from 'zod';
import { maybe } from './object.ts';

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const NAME = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

function isKey(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash < 0) return NAME.test(text);
  const prefix = text.slice(0, slash);
  return prefix.length <= 253 && PREFIX.test(prefix) && NAME.test(text.slice(slash + 1));
}

const keyShape = z.string().refine(isKey, 'is no label key');
const valueShape = z.string().refine((text) => text === '' || NAME.test(text), 'is no label value');

const requirementShape = z
  .object({
    key: keyShape,
    operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist'], 'is not In, NotIn, Exists or DoesNotExist'),
    values: maybe(z.array(valueShape)),
  })
  .superRefine(({ operator, values = [] }, context) => {
    const needsValues = operator === 'In' || operator === 'NotIn';
    if (needsValues === values.length > 0) return;
    const message = needsValues ? `must not be empty with ${operator}` : `must be empty with ${operator}`;
    context.addIssue({ code: 'custom', path: ['values'], message });
  });

export const selectorShape = z.object({
  matchLabels: maybe(z.record(keyShape, valueShape)),
  matchExpressions: maybe(z.array(requirementShape)),
});

/** A label selector. Without any term it selects everything. */
export type LabelSelector = Partial<z.infer<typeof selectorShape>>;
export type Requirement = z.infer<typeof requirementShape>;
