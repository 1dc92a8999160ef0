import type { ClusterFacts } from '../cluster-facts.ts';
import type { Sighting } from '../enforcement.ts';
import { sighting } from '../sighting.ts';

/** Weave Net: a container of its own enforces, unless EXPECT_NPC is 0. The project ended in 2024, and never read endPort. */
export function weave(cluster: ClusterFacts): Sighting | undefined {
  const agents = cluster.daemonSets('weave-net');
  const containers = agents.flatMap((agent) => agent.containers);
  if (agents.length === 0) return undefined;
  const remedy = 'Weave Net is no longer kept: move to another plugin.';
  const off = containers.find(({ env }) => env.get('EXPECT_NPC') === '0');
  if (!containers.some(({ name }) => name === 'weave-npc')) {
    const why = 'its policy engine, the container weave-npc, is not in the DaemonSet';
    return sighting({ engine: 'Weave Net', enforces: 'no', agents, why, remedy });
  }
  if (off !== undefined) {
    const why = `its policy engine is switched off by EXPECT_NPC=0 in container ${off.name}`;
    return sighting({ engine: 'Weave Net', enforces: 'no', agents, why, remedy });
  }
  return sighting({
    engine: 'Weave Net',
    enforces: 'yes',
    agents,
    unhonoured: [{ feature: 'endPort', why: 'Weave Net ended before ranges of ports came' }],
  });
}
