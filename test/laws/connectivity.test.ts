import { expect, it } from 'vitest';
import { analyse, connectivity, reachBetween } from '#engine';
import { networkOf } from './engine-answer.ts';
import { TRACED } from './forgotten.ts';
import { worldOf } from './oracle/worlds.ts';
import { seeds } from './seeds.ts';

it('connectivity is every pair of endpoints between which something may pass, each once', () => {
  for (const seed of seeds(40, 12)) {
    const targets = worldOf(seed);
    const poorer = seed % 2 === 0 ? undefined : TRACED[seed % TRACED.length]?.apply(targets, seed);
    const analysis = analyse(networkOf(poorer ?? targets));
    const ids = [...analysis.network.endpoints.keys()];
    const expected = ids.flatMap((from) =>
      ids.flatMap((to) =>
        ([4, 6] as const).flatMap((family) => {
          const { sure, possible } = reachBetween(analysis, from, to, family);
          return possible.isEmpty ? [] : [`${from} ${to} v${String(family)} ${sure} of ${possible}`];
        }),
      ),
    );
    const found = [...connectivity(analysis)].map(
      ({ from, to, family, sure, possible }) => `${from} ${to} v${String(family)} ${sure} of ${possible}`,
    );
    expect({ seed, found: found.sort() }).toEqual({ seed, found: expected.sort() });
  }
});
