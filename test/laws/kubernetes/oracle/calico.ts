import type { CalicoRule, CalicoSpec, TierSpec } from './calico-objects.ts';
import { calicoRuleMatches, namespaceLabelsOf, podLabelsOf, setsOf, type AddressSet } from './calico-rule.ts';
import { isSelectedBy } from './calico-selector.ts';
import { namespaceOf, type Sight } from './cluster.ts';
import { networkPolicies, policyAdmits, selects } from './network-policy.ts';
import type { KubeObject } from './objects.ts';
import { notDefined } from './question.ts';

type Verdict = 'allow' | 'deny' | 'pass';
/** A policy at its place in a tier: what it says of the packet, undefined if nothing. */
type Placed = { readonly order: number; readonly says: () => Verdict | undefined };

const DEFAULT_TIER = 'default';
const DEFAULT_TIER_ORDER = 1_000_000;
/** Where Calico puts what is written as a NetworkPolicy of Kubernetes. */
const KUBERNETES_ORDER = 1000;

export function isCalicoPolicy(object: KubeObject): boolean {
  return (
    /^(crd\.)?projectcalico\.org\//.test(object.apiVersion) &&
    ['NetworkPolicy', 'GlobalNetworkPolicy'].includes(object.kind)
  );
}

/**
 * Tier by tier, in each policy by policy, in each rule by rule. A tier of which a policy selects the pod and none decides ends with
 * its default action. After the last tier, the profile of a namespace lets everything through.
 * https://docs.tigera.io/calico/latest/reference/resources/tier
 */
export function calicoAdmits(objects: readonly KubeObject[], sight: Sight): boolean {
  for (const tier of tiersOf(objects)) {
    const policies = inTier(objects, tier.name, sight);
    if (policies.length === 0) continue;
    const verdict = firstOf(policies) ?? tier.otherwise;
    if (verdict !== 'pass') return verdict === 'allow';
  }
  return true;
}

function firstOf(policies: readonly Placed[]): Verdict | undefined {
  for (const policy of policies.toSorted((a, b) => a.order - b.order)) {
    const verdict = policy.says();
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}

function tiersOf(objects: readonly KubeObject[]): { name: string; order: number; otherwise: Verdict }[] {
  const tiers = objects
    .filter((each) => each.kind === 'Tier')
    .map((each) => {
      const spec = (each.spec ?? {}) as TierSpec;
      const order = each.metadata.name === DEFAULT_TIER ? DEFAULT_TIER_ORDER : (spec.order ?? Infinity);
      const otherwise: Verdict = spec.defaultAction === 'Pass' ? 'pass' : 'deny';
      return { name: each.metadata.name, order, otherwise };
    });
  if (!tiers.some((tier) => tier.name === DEFAULT_TIER))
    tiers.push({ name: DEFAULT_TIER, order: DEFAULT_TIER_ORDER, otherwise: 'deny' });
  if (new Set(tiers.map((tier) => tier.order)).size < tiers.length) notDefined('two tiers of one order');
  for (const policy of objects.filter(isCalicoPolicy)) {
    if (!tiers.some((tier) => tier.name === tierOf(specOf(policy)))) notDefined('a tier that is not there');
  }
  return tiers.toSorted((a, b) => a.order - b.order);
}

/** The policies of a tier that are about the packet. */
function inTier(objects: readonly KubeObject[], tier: string, sight: Sight): Placed[] {
  const own = objects
    .filter((each) => isCalicoPolicy(each) && tierOf(specOf(each)) === tier && isAbout(each, sight))
    .map((policy): Placed => ({
      order: specOf(policy).order ?? Infinity,
      says: () => calicoSays(policy, sight, setsOf(objects)),
    }));
  const kubernetes =
    tier === DEFAULT_TIER ? networkPolicies(objects).filter((each) => selects(each, sight)) : [];
  const orders = [...own.map((each) => each.order), ...(kubernetes.length > 0 ? [KUBERNETES_ORDER] : [])];
  if (new Set(orders).size < orders.length) notDefined('two policies of one order');
  return [
    ...own,
    ...kubernetes.map((policy): Placed => ({
      order: KUBERNETES_ORDER,
      says: () => (policyAdmits(policy, sight) ? 'allow' : undefined),
    })),
  ];
}

function isAbout(policy: KubeObject, sight: Sight): boolean {
  const spec = specOf(policy);
  if (spec.serviceAccountSelector || spec.preDNAT || spec.doNotTrack) notDefined('which pods are meant');
  if (!typesOf(spec).includes(sight.direction)) return false;
  if (policy.kind === 'NetworkPolicy' && namespaceOf(policy) !== sight.near.namespace) return false;
  if (spec.namespaceSelector && !isSelectedBy(spec.namespaceSelector, namespaceLabelsOf(sight.near)))
    return false;
  return !spec.selector || isSelectedBy(spec.selector, podLabelsOf(sight.near));
}

/** Without types: egress alone if there are only rules for that. */
function typesOf(spec: CalicoSpec): string[] {
  const types = spec.types ?? [];
  if (types.length > 0) return types.map((type) => type.toLowerCase());
  const [hasIngress, hasEgress] = [spec.ingress, spec.egress].map((rules) => (rules ?? []).length > 0);
  return [...(hasIngress || !hasEgress ? ['ingress'] : []), ...(hasEgress ? ['egress'] : [])];
}

function calicoSays(policy: KubeObject, sight: Sight, sets: readonly AddressSet[]): Verdict | undefined {
  const spec = specOf(policy);
  const scope = policy.kind === 'NetworkPolicy' ? namespaceOf(policy) : undefined;
  const rules: readonly CalicoRule[] = (sight.direction === 'ingress' ? spec.ingress : spec.egress) ?? [];
  for (const rule of rules) {
    if (rule.action === 'Log' || !calicoRuleMatches(rule, scope, sight, sets)) continue;
    switch (rule.action) {
      case 'Allow':
        return 'allow';
      case 'Deny':
        return 'deny';
      case 'Pass':
        return 'pass';
      default:
        return notDefined(`no action ${rule.action}`);
    }
  }
  return undefined;
}

function tierOf(spec: CalicoSpec): string {
  const name = spec.tier ?? '';
  return name === '' ? DEFAULT_TIER : name;
}

function specOf(policy: KubeObject): CalicoSpec {
  return policy.spec ?? {};
}
