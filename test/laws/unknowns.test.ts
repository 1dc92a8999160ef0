import { describe, expect, it } from 'vitest';
import { describeMismatch } from './agreement.ts';
import { compareForgotten } from './forgotten.ts';
import { FORGETTINGS, type Forgetting } from './oracle/forget.ts';
import type { Account } from './oracle/index.ts';
import { worldOf } from './oracle/worlds.ts';

const SEEDS = Array.from({ length: 30 }, (_, seed) => seed);
const QUESTIONS = 160;

/** What is told elsewhere too, or may only narrow: without it no answer becomes unknown. */
const HARMLESS = ['DescribeManagedPrefixLists', 'DescribeSubnets', 'DescribeInstances'];

describe.each(FORGETTINGS)('without $name', (forgetting) => {
  it('what is sure is true, what is true is possible, and not everything is unknown', () => {
    let checks = 0;
    let unknown = 0;
    for (const seed of SEEDS) {
      const found = compareForgotten(worldOf(seed), seed, traceable(forgetting), QUESTIONS);
      if (found === undefined) continue;
      expect(found.mismatches.map((each) => describeMismatch(seed, each))).toEqual([]);
      checks += found.checks;
      unknown += found.unknown;
    }
    expect(checks).toBeGreaterThan(1_000);
    expect(unknown).toBeLessThan(checks / 2);
    if (HARMLESS.includes(forgetting.name)) expect(unknown).toBe(0);
    else expect(unknown).toBeGreaterThan(0);
  });
});

/**
 * A table of some subnets' own that an answer leaves out without a word leaves no trace: a subnet that no table names has the main
 * one by design. So only what is lost with a main table is asked about.
 */
function traceable(forgetting: Forgetting): Forgetting {
  if (forgetting.name !== 'one route table') return forgetting;
  return {
    ...forgetting,
    apply: (targets, seed) => {
      const poorer = forgetting.apply(targets, seed);
      return poorer !== undefined && subnetsNamed(poorer) === subnetsNamed(targets) ? poorer : undefined;
    },
  };
}

function subnetsNamed(targets: readonly Account[]): number {
  return targets
    .flatMap((target) => target.DescribeRouteTables?.RouteTables ?? [])
    .flatMap((table) => table.Associations)
    .filter(({ SubnetId: subnet }) => subnet !== undefined).length;
}
