import { namespaceOf, type KubernetesObject, type ReadObject } from '../resources/index.ts';

type Owner = { readonly kind: string; readonly name: string; readonly controller?: boolean };

/** What stands between a pod and what people call its workload. */
const BETWEEN = new Set(['ReplicaSet', 'ReplicationController', 'Job']);

/**
 * A cluster shows one workload three times: as a Deployment, as its ReplicaSets (the old ones too) and as pods. Pods then count to what
 * controls their controller, and what stands between is left out.
 */
export function byTopOwner(objects: readonly ReadObject[]): readonly ReadObject[] {
  const above = new Map<string, Owner>();
  for (const { object } of objects) {
    const owner = BETWEEN.has(object.kind) ? controllerOf(object) : undefined;
    if (owner !== undefined) above.set(keyOf(object.kind, namespaceOf(object), object.metadata.name), owner);
  }
  return objects.flatMap((read) => {
    const { object } = read;
    if (above.has(keyOf(object.kind, namespaceOf(object), object.metadata.name))) return [];
    const owner = object.kind === 'Pod' ? controllerOf(object) : undefined;
    const top = owner && above.get(keyOf(owner.kind, namespaceOf(object), owner.name));
    if (top === undefined) return [read];
    return [{ ...read, object: { ...object, metadata: { ...object.metadata, ownerReferences: [top] } } }];
  });
}

function controllerOf({ metadata }: KubernetesObject): Owner | undefined {
  const owners = metadata['ownerReferences'];
  return Array.isArray(owners)
    ? (owners as readonly Owner[]).find(({ controller }) => controller === true)
    : undefined;
}

function keyOf(kind: string, namespace: string, name = ''): string {
  return `${kind} ${namespace}/${name}`;
}
