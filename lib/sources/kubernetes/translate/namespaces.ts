import {
  groupOf,
  type KubernetesObject,
  type Problem,
  type ReadAt,
  type ReadObject,
} from '../resources/index.ts';
import type { Labels } from './match-labels.ts';

export type Namespace = {
  readonly name: string;
  readonly labels: Labels;
  /** Where it is declared; absent where it is only named by what is in it. */
  readonly at?: ReadAt;
};

/**
 * The API server gives every namespace a label of its name, which nobody can take away.
 *
 * https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name
 */
export const NAME_LABEL = 'kubernetes.io/metadata.name';

/** The namespaces that are declared, and those that `used` names. */
export function readNamespaces(
  objects: readonly ReadObject[],
  used: Iterable<string>,
  problems: Problem[],
): ReadonlyMap<string, Namespace> {
  const found = new Map<string, Namespace>();
  for (const { object, at } of objects) {
    if (object.kind !== 'Namespace' || groupOf(object) !== '') continue;
    const name = object.metadata.name ?? '';
    if (found.has(name))
      problems.push({
        kind: 'invalid',
        at,
        object: `Namespace ${name}`,
        field: 'metadata.name',
        message: 'is declared twice',
      });
    found.set(name, { name, labels: new Map([...labelsIn(object), [NAME_LABEL, name]]), at });
  }
  for (const name of used) {
    if (!found.has(name)) found.set(name, { name, labels: new Map([[NAME_LABEL, name]]) });
  }
  return found;
}

function labelsIn({ metadata }: KubernetesObject): [string, string][] {
  return Object.entries((metadata['labels'] ?? {}) as Record<string, string>);
}
