import { expect, it } from 'vitest';
import { interpret } from './index.ts';
import { relayQuestions } from './relay-agreement.ts';
import { REMOVALS, weigh } from './weights.ts';
import { FEATURES } from './world/features.ts';
import type { FeatureName } from './world/features.ts';
import { worldOf } from './worlds.ts';

function worldsWith(names: readonly FeatureName[], count: number) {
  const features = { ...FEATURES, ...Object.fromEntries(names.map((name) => [name, true])) };
  return Array.from({ length: count }, (_, seed) => worldOf(seed, features));
}

it.each<[name: string, features: FeatureName[], opens: number, closes: number]>([
  ['transit gateways', ['transitGateways'], 5, 0],
  ['transit blackholes', ['transitGateways'], 0, 1],
  ['site gateways', ['siteGateways'], 5, 0],
  ['transit VPN connections', ['transitGateways', 'transitSites'], 5, 0],
  ['VPC Block Public Access', ['blockPublicAccess'], 0, 5],
  ['exclusions from it', ['blockPublicAccess'], 2, 0],
])('%s decide answers in these worlds', (name, features, opens, closes) => {
  const removals = REMOVALS.filter((each) => each.name === name);
  const weight = weigh(removals, worldsWith(features, 30), 800).get(name);
  expect(weight?.opens).toBeGreaterThanOrEqual(opens);
  expect(weight?.closes).toBeGreaterThanOrEqual(closes);
});

it('load balancers reach targets, and often do not', () => {
  const counts = { yes: 0, no: 0, unknown: 0 };
  for (const [seed, world] of worldsWith(['relays'], 40).entries()) {
    const oracle = interpret(world);
    for (const question of relayQuestions(world, 300, seed)) {
      const { sure, possible } = oracle.relayed(question);
      expect(possible || !sure).toBe(true);
      counts[sure ? 'yes' : possible ? 'unknown' : 'no'] += 1;
    }
  }
  expect(counts.yes).toBeGreaterThan(30);
  expect(counts.unknown).toBeGreaterThan(0);
  expect(counts.no).toBeGreaterThan(counts.yes);
});
