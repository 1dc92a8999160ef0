import { describe, expect, it } from 'vitest';
import { describeMismatch } from './agreement.ts';
import { compareForgotten, TRACED } from './forgotten.ts';
import { worldOf } from './oracle/worlds.ts';
import { seeds, TRIES_ALL } from './seeds.ts';

const SEEDS = seeds(20);
const QUESTIONS = 120;

/** What is told elsewhere too, or may only narrow: without it no answer becomes unknown. */
const HARMLESS = ['DescribeManagedPrefixLists', 'DescribeSubnets', 'DescribeInstances'];

describe.each(TRACED)('without $name', (forgetting) => {
  it('what is sure is true, what is true is possible, and not everything is unknown', () => {
    let checks = 0;
    let unknown = 0;
    for (const seed of SEEDS) {
      const found = compareForgotten(worldOf(seed), seed, forgetting, QUESTIONS);
      if (found === undefined) continue;
      expect(found.mismatches.map((each) => describeMismatch(seed, each))).toEqual([]);
      checks += found.checks;
      unknown += found.unknown;
    }
    if (TRIES_ALL) expect(checks).toBeGreaterThan(500);
    if (TRIES_ALL) expect(unknown).toBeLessThan(checks / 2);
    if (HARMLESS.includes(forgetting.name)) expect(unknown).toBe(0);
    else if (TRIES_ALL) expect(unknown).toBeGreaterThan(0);
  });
});
