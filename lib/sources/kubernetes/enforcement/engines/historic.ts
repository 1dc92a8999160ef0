import type { ClusterFacts } from '../cluster-facts.ts';
import type { Sighting } from '../enforcement.ts';
import { sighting } from '../sighting.ts';

const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^romana-agent/, 'Romana'],
  [/^contiv-netplugin/, 'Contiv'],
  [/^nuage-cni/, 'Nuage'],
];

/** Plugins of former days, which enforced policies and are no longer kept. */
export function historic(cluster: ClusterFacts): Sighting | undefined {
  for (const [pattern, engine] of NAMES) {
    const agents = cluster.daemonSets(pattern);
    if (agents.length === 0) continue;
    return sighting({
      engine,
      enforces: 'yes',
      agents,
      unhonoured: [{ feature: 'endPort', why: `${engine} ended before ranges of ports came` }],
      notes: [{ text: `${engine} is no longer kept: move to another plugin`, effect: 'only-narrows' }],
    });
  }
  return undefined;
}
