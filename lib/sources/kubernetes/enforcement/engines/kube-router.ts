import type { ClusterFacts } from '../cluster-facts.ts';
import type { Sighting } from '../enforcement.ts';
import { flagValue, isTrue } from '../flag.ts';
import { versionOf, withVersion } from '../image-version.ts';
import { sighting } from '../sighting.ts';

/** kube-router: three jobs in one, each with a switch that is on by default. https://www.kube-router.io/docs/user-guide/ */
export function kubeRouter(cluster: ClusterFacts): Sighting | undefined {
  const agents = cluster.daemonSets(/^kube-router/);
  const [first] = agents;
  if (first === undefined) return undefined;
  const own = first.containers.find(({ name }) => name === 'kube-router') ?? first.containers[0];
  const flag = flagValue(own?.words ?? [], 'run-firewall') ?? 'true';
  const engine = withVersion('kube-router', versionOf(own?.image ?? ''));
  if (isTrue(flag)) return sighting({ engine, enforces: 'yes', agents });
  return sighting({
    engine,
    enforces: 'no',
    agents,
    why: `its policy engine is switched off by --run-firewall=${flag}`,
    remedy: 'Set --run-firewall=true, or install a policy engine beside it.',
  });
}
