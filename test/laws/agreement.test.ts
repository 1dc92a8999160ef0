import { describe, expect, it } from 'vitest';
import { compare, describeMismatch } from './agreement.ts';
import { compareRelays } from './oracle/relay-agreement.ts';
import { worldOf } from './oracle/worlds.ts';
import { mayBeUnsure, relayedAnswer } from './relayed-answer.ts';
import { seeds, TRIES_ALL } from './seeds.ts';
import { WORLD_KINDS } from './world-kinds.ts';

const EFFORT = { spread: 250, focused: 250, explained: 6 };

describe.each(WORLD_KINDS.map((kind, at) => ({ ...kind, at })))(
  'worlds with $name',
  ({ name, features, at }) => {
    it('the engine says of every packet what following it by hand says', () => {
      let [checks, positive, loose] = [0, 0, 0];
      for (const turn of seeds(name === 'nothing of that' ? 60 : 12)) {
        const seed = turn * WORLD_KINDS.length + at;
        const agreement = compare(worldOf(seed, features), seed, EFFORT);
        expect(agreement.mismatches.map((each) => describeMismatch(seed, each))).toEqual([]);
        checks += agreement.checks;
        positive += agreement.positive;
        loose += agreement.vague + agreement.sharper;
      }
      // the worlds are no use where nothing passes, nor where nobody knows
      if (TRIES_ALL) expect(positive).toBeGreaterThan(checks / 40);
      expect(loose).toBeLessThan(checks / 20 + 10);
    });
  },
);

it('what load balancers hand on to is what following a call through them by hand says', () => {
  let positive = 0;
  for (const turn of seeds(20)) {
    for (const [at, { name, features }] of WORLD_KINDS.entries()) {
      if (!features.relays) continue;
      const seed = turn * WORLD_KINDS.length + at;
      const targets = worldOf(seed, features);
      const found = compareRelays(targets, seed, 150, relayedAnswer);
      const unsure = found.unsure.filter((question) => !mayBeUnsure(targets, question));
      expect({ seed, name, wrong: found.wrong, unsure }).toEqual({
        seed,
        name,
        wrong: [],
        unsure: [],
      });
      positive += found.positive;
    }
  }
  if (TRIES_ALL) expect(positive).toBeGreaterThan(200);
});
