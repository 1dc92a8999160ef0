import type { Network, Policy } from '#model';
import type { KubernetesObject, ReadObject } from '../resources/index.ts';
import { titleOf } from '../translate/parse.ts';

/** The network with the labels and annotations of its policies as their tags: they tell which tool keeps an object. */
export function withMarks(network: Network, objects: readonly ReadObject[]): Network {
  const marked = new Map<string, ReadonlyMap<string, string>>();
  for (const { object } of objects) {
    if (!object.kind.endsWith('Policy')) continue;
    const tags = marksOf(object);
    if (tags.size === 0) continue;
    for (const isNamespaced of [true, false]) marked.set(titleOf(object, isNamespaced), tags);
  }
  if (marked.size === 0) return network;
  const policies = [...network.policies].map(([id, policy]): [typeof id, Policy] => {
    const tags = policy.kind === 'tiered' && !policy.isDefault ? marked.get(policy.at.id) : undefined;
    return [id, tags === undefined ? policy : { ...policy, tags }];
  });
  return { ...network, policies: new Map(policies) };
}

function marksOf({ metadata }: KubernetesObject): ReadonlyMap<string, string> {
  return new Map(
    ['labels', 'annotations'].flatMap((field) =>
      Object.entries((metadata[field] ?? {}) as Readonly<Record<string, unknown>>).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    ),
  );
}
