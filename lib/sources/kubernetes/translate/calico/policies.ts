import type { Direction, Tier } from '#model';
import {
  calicoPolicyShape,
  calicoTierShape,
  groupOf,
  namespaceOf,
  type CalicoPolicySpec,
  type KubernetesObject,
  type Problem,
  type ReadObject,
} from '../../resources/index.ts';
import { parsePart } from '../parse.ts';
import { TIERS } from '../tiers.ts';
import { parseSelector, SelectorError } from './selector.ts';

/** A policy of Calico's own that was understood, and the tier in which it stands. */
export type CalicoPolicy = {
  readonly read: ReadObject;
  readonly name: string;
  /** The namespace to which it keeps; absent for a global one. */
  readonly namespace?: string;
  readonly spec: CalicoPolicySpec;
  readonly tier: Pick<Tier, 'rank' | 'name' | 'order' | 'otherwise'>;
  /** Whether its tier was read. */
  readonly isKnown: boolean;
};

/** By the API that users write, and by the one in which Calico stores it. */
const GROUPS = new Set(['projectcalico.org', 'crd.projectcalico.org']);

export function isCalico({ object }: ReadObject, ...kinds: readonly string[]): boolean {
  return GROUPS.has(groupOf(object)) && kinds.includes(object.kind);
}

/** Calico's policies in their order. Staged ones have no effect, and those that are about hosts alone have none on pods. */
export function readCalicoPolicies(
  objects: readonly ReadObject[],
  problems: Problem[],
): readonly CalicoPolicy[] {
  const tiers = readTiers(objects, problems);
  const found = objects.flatMap((read): Omit<CalicoPolicy, 'tier' | 'isKnown'>[] => {
    if (!isCalico(read, 'NetworkPolicy', 'GlobalNetworkPolicy')) return [];
    const isNamespaced = read.object.kind === 'NetworkPolicy';
    const spec = parsePart(calicoPolicyShape, read, 'spec', problems, isNamespaced);
    if (spec === undefined || spec.doNotTrack === true || spec.preDNAT === true) return [];
    if (!areSelectorsRead(read, spec, problems, isNamespaced)) return [];
    const { object } = read;
    const namespace = isNamespaced ? namespaceOf(object) : undefined;
    return [{ read, name: object.metadata.name ?? '', spec, ...(namespace !== undefined && { namespace }) }];
  });
  // of equal order, the name decides; without one, it comes last
  const inOrder = found.toSorted((a, b) => orderOf(a.spec) - orderOf(b.spec) || (a.name < b.name ? -1 : 1));
  return inOrder.map((policy, i) => {
    const name = policy.spec.tier === undefined || policy.spec.tier === '' ? 'default' : policy.spec.tier;
    const tier = tiers.get(name) ?? { name, rank: TIERS.unread.rank, otherwise: 'next' as const };
    const isKnown = tiers.has(name);
    return { ...policy, isKnown, tier: { ...tier, order: orderOf(policy.spec) + i * A_LITTLE } };
  });
}

const LAST = Number.MAX_SAFE_INTEGER;
const LAST_ORDER = 1e9;
const A_LITTLE = 1e-6;

function orderOf({ order }: CalicoPolicySpec): number {
  return order ?? LAST_ORDER;
}

/**
 * A tier that decides nothing ends as its default action says, if one of its policies selects the pod. The NetworkPolicies of Kubernetes are in the
 * tier `default`.
 *
 * https://docs.tigera.io/calico/latest/reference/resources/tier
 */
function readTiers(
  objects: readonly ReadObject[],
  problems: Problem[],
): ReadonlyMap<string, Omit<CalicoPolicy['tier'], 'order'>> {
  const { rank } = TIERS.networkPolicies;
  const tiers = new Map<string, Omit<CalicoPolicy['tier'], 'order'>>([
    ['default', TIERS.networkPolicies],
    // these are there in every cluster of the versions that know them
    ['adminnetworkpolicy', TIERS.admin],
    ['kube-admin', TIERS.admin],
    ['baselineadminnetworkpolicy', TIERS.baseline],
    ['kube-baseline', TIERS.baseline],
  ]);
  for (const read of objects) {
    if (!isCalico(read, 'Tier')) continue;
    const spec = parsePart(calicoTierShape, read, 'spec', problems, false);
    const name = read.object.metadata.name ?? '';
    if (spec === undefined) continue;
    const otherwise = spec.defaultAction === 'Pass' ? 'next' : 'deny';
    tiers.set(name, { name, rank: name === 'default' ? rank : (spec.order ?? LAST), otherwise });
  }
  return tiers;
}

/** Without types: what comes in, unless there are only rules about what goes out; and what goes out if there are any. */
export function calicoDirections({
  types,
  ingress = [],
  egress = [],
}: CalicoPolicySpec): readonly Direction[] {
  if (types !== undefined && types.length > 0)
    return types.map((type) => (type === 'Ingress' ? 'ingress' : 'egress'));
  return [
    ...(ingress.length > 0 || egress.length === 0 ? (['ingress'] as const) : []),
    ...(egress.length > 0 ? (['egress'] as const) : []),
  ];
}

/** Notes the selectors that are none. */
function areSelectorsRead(
  { object, at }: ReadObject,
  spec: CalicoPolicySpec,
  problems: Problem[],
  isNamespaced: boolean,
): boolean {
  const before = problems.length;
  const look = (field: string, text: string | undefined): void => {
    try {
      parseSelector(text ?? '');
    } catch (error) {
      if (!(error instanceof SelectorError)) throw error;
      problems.push({
        kind: 'invalid',
        at,
        object: titleOf(object, isNamespaced),
        field: `spec.${field}`,
        message: error.message,
      });
    }
  };
  look('selector', spec.selector);
  look('namespaceSelector', spec.namespaceSelector);
  for (const direction of ['ingress', 'egress'] as const) {
    for (const [i, rule] of (spec[direction] ?? []).entries()) {
      for (const end of ['source', 'destination'] as const) {
        const field = `${direction}[${String(i)}].${end}`;
        look(`${field}.selector`, rule[end]?.selector);
        look(`${field}.notSelector`, rule[end]?.notSelector);
        look(`${field}.namespaceSelector`, rule[end]?.namespaceSelector);
      }
    }
  }
  return problems.length === before;
}

function titleOf({ kind, metadata }: KubernetesObject, isNamespaced: boolean): string {
  return `${kind} ${isNamespaced ? `${metadata.namespace ?? 'default'}/` : ''}${metadata.name ?? ''}`;
}
