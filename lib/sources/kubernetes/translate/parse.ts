import type { z } from 'zod';
import { namespaceOf, type KubernetesObject, type Problem, type ReadObject } from '../resources/index.ts';

/** `NetworkPolicy shop/allow-web`; a cluster-wide object is named without a namespace. */
export function titleOf(object: KubernetesObject, isNamespaced = true): string {
  const { kind, metadata } = object;
  const name = metadata.name ?? '(no name)';
  return isNamespaced ? `${kind} ${namespaceOf(object)}/${name}` : `${kind} ${name}`;
}

/** A part of an object by its shape; what is wrong with it is noted, field by field, and then there is nothing. */
export function parsePart<Shape extends z.ZodType>(
  shape: Shape,
  { object, at }: ReadObject,
  field: string,
  problems: Problem[],
  isNamespaced = true,
): z.infer<Shape> | undefined {
  const parsed = shape.safeParse(field === '' ? object : (object[field] ?? {}));
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const path = fieldText([...(field === '' ? [] : [field]), ...issue.path]);
    problems.push({
      kind: 'invalid',
      at,
      object: titleOf(object, isNamespaced),
      field: path,
      message: issue.message,
    });
  }
  return undefined;
}

/** `spec.ingress[0].from[1].ipBlock.cidr`. */
function fieldText(path: readonly PropertyKey[]): string {
  return path
    .map((part, i) =>
      typeof part === 'number' ? `[${String(part)}]` : `${i === 0 ? '' : '.'}${String(part)}`,
    )
    .join('');
}
