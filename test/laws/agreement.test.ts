import { expect, it } from 'vitest';
import { compare, describeMismatch } from './agreement.ts';
import { worldOf } from './oracle/worlds.ts';
import { seeds, TRIES_ALL } from './seeds.ts';

const SEEDS = seeds(80);
const EFFORT = { spread: 250, focused: 250, explained: 6 };

it('the engine says of every packet what following it by hand says', () => {
  let positive = 0;
  for (const seed of SEEDS) {
    const agreement = compare(worldOf(seed), seed, EFFORT);
    expect(agreement.mismatches.map((each) => describeMismatch(seed, each))).toEqual([]);
    positive += agreement.positive;
  }
  // the worlds are no use where nothing passes
  if (TRIES_ALL) expect(positive).toBeGreaterThan(5_000);
});

it('the same with interfaces that security groups do not filter', () => {
  for (const seed of seeds(25)) {
    const targets = worldOf(seed, { transitGatewayInterfaces: true, loadBalancersWithoutGroups: true });
    const { mismatches } = compare(targets, seed, EFFORT);
    expect(mismatches.map((each) => describeMismatch(seed, each))).toEqual([]);
  }
});
