import type { ClusterFacts } from '../cluster-facts.ts';
import type { NodeFacts, Sighting } from '../enforcement.ts';
import { flagValue, isTrue } from '../flag.ts';
import { ADD_ENGINE, sighting } from '../sighting.ts';

const ARGS = 'k3s.io/node-args';

/**
 * k3s has Flannel and a policy controller in its own process, so there is no DaemonSet to see. A server's flag switches the controller off for
 * all nodes; each node writes its command line into an annotation.
 * https://docs.k3s.io/networking/networking-services#network-policy-controller
 */
export function k3s(cluster: ClusterFacts): Sighting | undefined {
  const nodes = cluster.nodes.filter(isK3s);
  if (nodes.length === 0) return undefined;
  const servers = nodes.map(argsOf).filter((args) => args?.[0] === 'server');
  const engine = 'the policy controller of k3s';
  const evidence = [`Node ${nodes[0]?.name ?? ''}: kubelet ${nodes[0]?.kubeletVersion ?? ''}`];
  if (servers.length === 0) {
    return sighting({
      engine,
      enforces: 'unknown',
      evidence,
      runsOn: isK3s,
      why: `no server's command line was read (annotation ${ARGS}), which may have --disable-network-policy`,
      remedy: 'Let the reader list nodes, and look at the command line of the servers.',
    });
  }
  const isOff = servers.some((args) => isTrue(flagValue(args ?? [], 'disable-network-policy') ?? 'false'));
  return sighting({
    engine,
    enforces: isOff ? 'no' : 'yes',
    evidence: [...evidence, `Node annotation ${ARGS}`],
    runsOn: isK3s,
    why: isOff ? 'it is switched off by --disable-network-policy' : '',
    remedy: isOff ? `Take the flag away. Or: ${ADD_ENGINE}` : '',
  });
}

function isK3s({ kubeletVersion }: NodeFacts): boolean {
  return kubeletVersion.includes('+k3s');
}

function argsOf({ annotations }: NodeFacts): readonly string[] | undefined {
  try {
    const args: unknown = JSON.parse(annotations[ARGS] ?? '');
    return Array.isArray(args) ? args.filter((arg) => typeof arg === 'string') : undefined;
  } catch {
    return undefined;
  }
}
