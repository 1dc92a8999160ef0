import { ALL_IPS } from '#netset';
import { idOf, type BlindSpot } from '#model';
import type { Enforcement, PolicyKind } from '../enforcement/index.ts';
import {
  groupOf,
  UNREAD_KINDS,
  type KubernetesObject,
  type ReadObject,
  type UnreadEffect,
} from '../resources/index.ts';
import { refOf } from './cluster-draft.ts';
import type { Doubt } from './doubt.ts';

/**
 * What is there of kinds that are not translated and change what may pass: a blind spot for each kind, which names the objects, and a doubt
 * where no answer is sure beside them. A kind of policy that no engine of the cluster reads changes nothing.
 */
export function unreadObjects(
  cluster: string,
  objects: readonly ReadObject[],
  enforcement: Enforcement | undefined,
): { readonly spots: readonly BlindSpot[]; readonly doubts: readonly Doubt[] } {
  const byKind = new Map<PolicyKind, ReadObject[]>();
  for (const read of objects) {
    const kind = kindOf(read.object);
    if (!EFFECTS.has(kind)) continue;
    byKind.set(kind, [...(byKind.get(kind) ?? []), read]);
  }
  const found = [...byKind].flatMap(([kind, those]) => {
    const known = EFFECTS.get(kind);
    if (known === undefined || enforcement?.kinds.get(kind) === 'not-enforced') return [];
    return [{ spot: spotOf(cluster, kind, known, those), effect: known.effect }];
  });
  const shared = globalServices(cluster, objects);
  return {
    spots: [...found.map(({ spot }) => spot), ...shared],
    doubts: found.flatMap(({ spot, effect }) => doubtBy(effect, spot) ?? []),
  };
}

const EFFECTS: ReadonlyMap<PolicyKind, { readonly effect: UnreadEffect; readonly does: string }> = new Map(
  UNREAD_KINDS.flatMap(({ group, kinds, effect, does }) =>
    kinds.map((kind) => [`${group}/${kind}` as const, { effect, does }] as const),
  ),
);

function kindOf(object: KubernetesObject): PolicyKind {
  return `${groupOf(object)}/${object.kind}`;
}

function doubtBy(effect: UnreadEffect, spot: BlindSpot): Doubt | undefined {
  switch (effect) {
    case 'decides':
      return { spot, mayAllow: true, mayDeny: true };
    case 'decides-outside':
      return {
        spot,
        mayAllow: true,
        mayDeny: true,
        directions: ['egress'],
        of: { kind: 'ips', ips: ALL_IPS },
      };
    case 'narrows':
    case 'opens':
      return undefined;
  }
}

function spotOf(
  cluster: string,
  kind: PolicyKind,
  { effect, does }: { readonly effect: UnreadEffect; readonly does: string },
  objects: readonly ReadObject[],
): BlindSpot {
  const [group = '', name = ''] = kind.split('/');
  return {
    id: idOf<'blind-spot'>(`kind-not-read ${kind}`),
    code: 'rule-not-understood',
    effect: effect === 'narrows' ? 'only-narrows' : 'hides-ways',
    what: `${namesOf(objects)}: ${name} (${group}) is not read; such objects ${does}`,
    remedy: effect === 'narrows' ? '' : 'Look at these objects by hand.',
    ...placeOf(cluster, objects),
  };
}

/** https://docs.cilium.io/en/stable/network/clustermesh/services/ */
const GLOBAL = ['service.cilium.io/global', 'io.cilium/global-service'];

/** Services that Cilium shares between clusters say so in an annotation. */
function globalServices(cluster: string, objects: readonly ReadObject[]): readonly BlindSpot[] {
  const those = objects.filter(({ object }) => {
    const annotations = (object.metadata['annotations'] ?? {}) as Readonly<Record<string, unknown>>;
    return kindOf(object) === '/Service' && GLOBAL.some((name) => annotations[name] === 'true');
  });
  if (those.length === 0) return [];
  return [
    {
      id: idOf<'blind-spot'>('kind-not-read global services'),
      code: 'rule-not-understood',
      effect: 'hides-ways',
      what: `${namesOf(those)}: shared between clusters (${String(GLOBAL[0])}); what comes from the others is not seen`,
      remedy: 'Read the other clusters too.',
      ...placeOf(cluster, those),
    },
  ];
}

const MOST = 5;

function namesOf(objects: readonly ReadObject[]): string {
  const names = objects
    .map(({ object: { metadata } }) => {
      const name = metadata.name ?? '(no name)';
      return metadata.namespace === undefined ? name : `${metadata.namespace}/${name}`;
    })
    .toSorted();
  return names.length > MOST
    ? `${names.slice(0, MOST).join(', ')} and ${String(names.length - MOST)} more`
    : names.join(', ');
}

function placeOf(cluster: string, [first]: readonly ReadObject[]): Pick<BlindSpot, 'at'> {
  if (first === undefined) return {};
  const { kind, metadata } = first.object;
  return { at: refOf(cluster, `${kind} ${metadata.name ?? ''}`, first.at) };
}
