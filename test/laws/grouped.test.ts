import { expect, it } from 'vitest';
import { analyse, connectivity, GroupedConnectivity } from '#engine';
import { TransportSet } from '#netset';
import type { Endpoint } from '#model';
import { networkOf } from './engine-answer.ts';
import { TRACED } from './forgotten.ts';
import { worldOf } from './oracle/worlds.ts';
import { seeds } from './seeds.ts';

/** By what endpoints are put together: some ways join those of one class, some tear them apart. */
const WAYS: readonly ((endpoint: Endpoint, i: number) => string)[] = [
  ({ network }) => network,
  ({ role, policies }) => `${role} ${policies.join()}`,
  (_, i) => String(i % 3),
  (_, i) => String(i),
];

it('connectivity between groups is the union of that between their members, and its example is one of them', () => {
  for (const seed of seeds(40, 12)) {
    const targets = worldOf(seed);
    const poorer = seed % 2 === 0 ? undefined : TRACED[seed % TRACED.length]?.apply(targets, seed);
    const analysis = analyse(networkOf(poorer ?? targets));
    const endpoints = [...analysis.network.endpoints.values()];
    const pairs = [...connectivity(analysis)];
    for (const way of WAYS) {
      const names = [...new Set(endpoints.map(way))];
      const groups = new Map(endpoints.map((endpoint, i) => [endpoint.id, names.indexOf(way(endpoint, i))]));
      const expected = new Map<string, { sure: TransportSet; possible: TransportSet }>();
      for (const { from, to, family, sure, possible } of pairs) {
        const key = `${String(groups.get(from))} ${String(groups.get(to))} v${String(family)}`;
        const known = expected.get(key) ?? { sure: TransportSet.NONE, possible: TransportSet.NONE };
        expected.set(key, { sure: known.sure.union(sure), possible: known.possible.union(possible) });
      }
      const grouped = new GroupedConnectivity(analysis, ({ id }) => groups.get(id) ?? -1);
      const found = names.flatMap((_, group) => grouped.into(group));
      const texts = found.map(
        ({ from, to, family, sure, possible }) =>
          `${String(from)} ${String(to)} v${String(family)}: ${sure} of ${possible}`,
      );
      expect({ seed, found: texts.sort() }).toEqual({
        seed,
        found: [...expected].map(([key, { sure, possible }]) => `${key}: ${sure} of ${possible}`).sort(),
      });
      for (const { from, to, family, example } of found) {
        expect([groups.get(example.from), groups.get(example.to)]).toEqual([from, to]);
        expect(
          pairs.some(
            (pair) => pair.from === example.from && pair.to === example.to && pair.family === family,
          ),
        ).toBe(true);
      }
    }
  }
});
