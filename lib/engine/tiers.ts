import type { Direction, Endpoint, Network, Policy, Rule } from '#model';
import { certain, type Band } from './band.ts';
import type { RowPool } from './row-pool.ts';

/** One tier of an endpoint in one direction: the rules in their order, and what becomes of what none of them matches. */
export type TierRules = {
  readonly rank: number;
  readonly name: string;
  readonly policies: readonly Policy[];
  readonly rules: readonly Rule[];
  readonly otherwise: 'deny' | 'next';
};

export function isTiered({ policies }: Network, endpoint: Endpoint): boolean {
  return endpoint.policies.some((id) => policies.get(id)?.kind === 'tiered');
}

/** The tiers of `tiered` policies that apply to a direction, in the order in which they are asked. */
export function tiersOf(policies: readonly Policy[], direction: Direction): readonly TierRules[] {
  const applying = policies.flatMap((policy) =>
    policy.tier?.applies.includes(direction) === true ? [{ policy, tier: policy.tier }] : [],
  );
  applying.sort((a, b) => a.tier.rank - b.tier.rank || a.tier.order - b.tier.order);
  const tiers = new Map<number, TierRules>();
  for (const { policy, tier } of applying) {
    const known = tiers.get(tier.rank);
    const rules = policy.rules.filter((rule) => rule.direction === direction);
    tiers.set(tier.rank, {
      rank: tier.rank,
      name: tier.name,
      policies: [...(known?.policies ?? []), policy],
      rules: [...(known?.rules ?? []), ...rules],
      otherwise: known?.otherwise === 'deny' ? 'deny' : tier.otherwise,
    });
  }
  return [...tiers.values()];
}

/**
 * What tiers let through together. From the last tier to the first, and in each from the last rule to the first, each overriding
 * what lies below it. A rule that may not match leaves what lies below it possible; what both a rule and what lies below let through
 * is sure whether it matches or not. `match` gives what any of some rules surely and possibly matches.
 */
export function foldTiers(
  rows: RowPool,
  tiers: readonly TierRules[],
  match: (rules: readonly Rule[]) => Band,
): Band {
  let below = certain(rows.all);
  for (const { rules, otherwise } of tiers.toReversed()) {
    let [sure, possible] = otherwise === 'deny' ? certain(rows.none) : below;
    for (const run of runsOf(rules).toReversed()) {
      const [least, most] = match(run);
      switch (run[0].action) {
        case 'allow':
          sure = rows.union(sure, least);
          possible = rows.union(possible, most);
          break;
        case 'deny':
          sure = rows.subtract(sure, most);
          possible = rows.subtract(possible, least);
          break;
        case 'pass': {
          const kept = rows.intersect(sure, below[0]);
          sure = rows.union(rows.union(rows.subtract(sure, most), rows.intersect(below[0], least)), kept);
          possible = rows.union(rows.subtract(possible, least), rows.intersect(below[1], most));
          break;
        }
      }
    }
    below = [sure, possible];
  }
  return below;
}

/** Neighbouring rules of one action: their order makes no difference. */
function runsOf(rules: readonly Rule[]): readonly (readonly [Rule, ...Rule[]])[] {
  const runs: [Rule, ...Rule[]][] = [];
  for (const rule of rules) {
    const last = runs.at(-1);
    if (last?.[0].action === rule.action) last.push(rule);
    else runs.push([rule]);
  }
  return runs;
}
