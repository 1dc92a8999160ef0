import { TransportSet } from '#netset';
import {
  idOf,
  type BlindSpot,
  type BlindSpotId,
  type Policy,
  type PolicyId,
  type Rule,
  type Selector,
} from '#model';
import { NETWORK_POLICY } from '../enforcement/index.ts';
import type { ClusterDraft } from './cluster-draft.ts';

/**
 * Policies of one tier at one place have no order that could be relied on. Where two that select the same pod say different things of the same
 * packets, what they say is in doubt; where they agree, or are about different packets, their order makes no difference.
 *
 * https://network-policy-api.sigs.k8s.io/api-overview/
 */
export function doubtUndecidedOrder(draft: ClusterDraft): void {
  const carriers = draft.carriers();
  for (const tied of tiedPolicies(draft)) {
    for (const [i, one] of tied.entries()) {
      for (const other of tied.slice(i + 1)) {
        if (!areTied(draft, one, other) || !areBothCarried(carriers, one, other)) continue;
        doubtWhereTheyDiffer(draft, one.id, other.id);
      }
    }
  }
}

/** By place, those that say more than one thing between them. NetworkPolicies, of which there are many, only ever allow. */
function tiedPolicies(draft: ClusterDraft): readonly (readonly Policy[])[] {
  const byPlace = new Map<string, Policy[]>();
  for (const policy of draft.policies.values()) {
    if (policy.tier === undefined || policy.rules.length === 0) continue;
    const place = `${String(policy.tier.rank)} ${placeOf(policy)}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), policy]);
  }
  return [...byPlace.values()].filter(
    (policies) => new Set(policies.flatMap(({ rules }) => rules.map(({ action }) => action))).size > 1,
  );
}

/** Orders that differ by less are of one written order, of which the name decides: Calico's. */
function placeOf({ tier }: Policy): string {
  return (tier?.order ?? 0).toFixed(3);
}

function areTied(draft: ClusterDraft, one: Policy, other: Policy): boolean {
  const [isOne, isOther] = [one, other].map(({ id }) => draft.kindOf(id) === NETWORK_POLICY);
  return one.tier?.order === other.tier?.order || isOne !== isOther;
}

function areBothCarried(
  carriers: ReadonlyMap<PolicyId, ReadonlySet<unknown>>,
  { id: one }: Policy,
  { id: other }: Policy,
): boolean {
  const others = carriers.get(other);
  return [...(carriers.get(one) ?? [])].some((pod) => others?.has(pod));
}

function doubtWhereTheyDiffer(draft: ClusterDraft, oneId: PolicyId, otherId: PolicyId): void {
  const [one, other] = [draft.policies.get(oneId), draft.policies.get(otherId)];
  if (one === undefined || other === undefined) return;
  const differ = (a: Rule, b: Rule): boolean =>
    a.direction === b.direction &&
    a.action !== b.action &&
    a.transport.overlaps(b.transport) &&
    mayMeet(draft, a.selector, b.selector);
  const spot = spotOf(one, other);
  for (const [policy, far] of [
    [one, other],
    [other, one],
  ] as const) {
    const rules = policy.rules.flatMap((rule) => {
      const differing = far.rules.filter((each) => differ(rule, each));
      if (differing.length === 0 || rule.doubt !== undefined) return [rule];
      return [...sureParts(draft, rule, differing), { ...rule, doubt: spot.id }];
    });
    draft.policies.set(policy.id, { ...policy, rules });
    if (rules.some(({ doubt }) => doubt === spot.id)) draft.blindSpots.set(spot.id, spot);
  }
}

/** What a rule says of packets of which none of some others says anything. */
function sureParts(draft: ClusterDraft, rule: Rule, others: readonly Rule[]): readonly Rule[] {
  const transport = rule.transport.subtract(TransportSet.unionOf(others.map((each) => each.transport)));
  const selector = others.reduce<Selector | undefined>(
    (rest, each) => rest && without(draft, rest, each.selector),
    rule.selector,
  );
  return [
    ...(transport.isEmpty ? [] : [{ ...rule, transport }]),
    ...(selector === undefined ? [] : [{ ...rule, selector }]),
  ];
}

/** Whom the one names and the other does not, if that is anybody. */
function without(draft: ClusterDraft, one: Selector, other: Selector): Selector | undefined {
  if (other.kind === 'group' && one.kind === 'group') {
    const { id, text, members } = draft.groups.without(one.group, other.group);
    return members.length === 0 ? undefined : { kind: 'group', group: id, text };
  }
  if (other.kind === 'ips' && one.kind === 'ips') {
    const ips = one.ips.subtract(other.ips);
    return ips.isEmpty ? undefined : { kind: 'ips', ips };
  }
  return one.kind === 'anyone' || other.kind === 'anyone' ? undefined : one;
}

/** Whether somebody may be named by both. A group of nobody is of pods that are not there yet. */
function mayMeet(draft: ClusterDraft, a: Selector, b: Selector): boolean {
  if (a.kind === 'group' && b.kind === 'group') {
    const [ours, theirs] = [draft.groups.membersOf(a.group), new Set(draft.groups.membersOf(b.group))];
    return ours.length === 0 || theirs.size === 0 || ours.some((pod) => theirs.has(pod));
  }
  if (a.kind === 'ips' && b.kind === 'ips') return a.ips.overlaps(b.ips);
  return a.kind === b.kind || a.kind === 'anyone' || b.kind === 'anyone';
}

function spotOf(one: Policy, other: Policy): BlindSpot {
  const names = [one, other].map(({ at }) => at.id);
  const id: BlindSpotId = idOf<'blind-spot'>(`undecided-order ${names.join(' ')}`);
  return {
    id,
    code: 'rule-not-understood',
    effect: 'hides-ways',
    what: `${names.join(' and ')} stand at the same place of one tier (${one.tier?.name ?? ''}): which is asked first is not defined, and they say different things of the same connections`,
    remedy: 'Give them different priorities.',
    at: one.at,
  };
}
