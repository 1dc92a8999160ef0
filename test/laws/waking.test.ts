import { expect, it } from 'vitest';
import { analyse, exposures, exposuresOnWaking } from '#engine';
import { networkOf } from './engine-answer.ts';
import { worldOf } from './oracle/worlds.ts';
import { seeds, TRIES_ALL } from './seeds.ts';

/** Everything that the internet reaches is put to sleep: what it would reach once awake is what it reached. */
it('what would be open is what the same network says when it is awake', () => {
  let told = 0;
  for (const seed of seeds(40, 12)) {
    const network = networkOf(worldOf(seed));
    const open = exposures(analyse(network));
    const exposed = new Set(open.map(({ endpoint }) => endpoint.id));
    const endpoints = new Map(
      [...network.endpoints].map(([id, endpoint]) => [
        id,
        exposed.has(id) ? { ...endpoint, liveness: 'dormant' as const } : endpoint,
      ]),
    );
    const waking = exposuresOnWaking(analyse({ ...network, endpoints }));
    const text = (found: typeof open): string[] =>
      found
        .flatMap(({ endpoint, family, ...bounds }) =>
          (['sure', 'possible'] as const).flatMap((bound) =>
            bounds[bound].map(
              ({ ips, transport }) =>
                `${endpoint.id} ${String(family)} ${bound} ${ips.toString()} ${transport.toString()}`,
            ),
          ),
        )
        .sort();
    // what sleeps already is told of as well
    const reached = waking.filter(({ endpoint }) => exposed.has(endpoint.id));
    expect({ seed, found: text(reached) }).toEqual({ seed, found: text(open) });
    told += open.length;
  }
  if (TRIES_ALL) expect(told).toBeGreaterThan(5);
});
