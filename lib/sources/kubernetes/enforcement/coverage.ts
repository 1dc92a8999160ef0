import type { Agent, ClusterFacts } from './cluster-facts.ts';
import type { AgentRef, NodeEnforcement, NodeFacts, Sighting, Verdict } from './enforcement.ts';
import { listAt, textAt } from './json.ts';

/**
 * On which nodes the engines that enforce really run. Best known by their pods; without pods, by where a DaemonSet may go and by how many of it
 * are ready. No DaemonSet runs on Fargate or a virtual kubelet.
 */
export function coverageOf(
  cluster: ClusterFacts,
  sightings: readonly Sighting[],
): readonly NodeEnforcement[] {
  const enforcing = sightings.filter(({ enforces }) => enforces !== 'no');
  if (enforcing.length === 0) return [];
  return cluster.nodes.map((node) => best(node, enforcing, cluster));
}

type Cover = { readonly verdict: Verdict; readonly why: string };

const RANK: readonly Verdict[] = ['not-enforced', 'cannot-tell', 'enforced'];

function best(node: NodeFacts, sightings: readonly Sighting[], cluster: ClusterFacts): NodeEnforcement {
  const covers = sightings.flatMap((sighting) => coversBy(node, sighting, cluster));
  const first: Cover = { verdict: 'not-enforced', why: 'nothing that enforces policies runs on it' };
  const cover = covers.reduce(
    (a, b) => (RANK.indexOf(b.verdict) > RANK.indexOf(a.verdict) ? b : a),
    covers[0] ?? first,
  );
  return { node: node.name, ...cover };
}

function coversBy(
  node: NodeFacts,
  { engine, enforces, agents, runsOn }: Sighting,
  cluster: ClusterFacts,
): readonly Cover[] {
  const known: Verdict = enforces === 'yes' ? 'enforced' : 'cannot-tell';
  if (runsOn !== undefined) {
    return [
      runsOn(node) ? { verdict: known, why: '' } : { verdict: 'not-enforced', why: `${engine} is not on it` },
    ];
  }
  // seen by something other than a DaemonSet
  if (agents.length === 0) return [{ verdict: 'cannot-tell', why: `where ${engine} runs was not read` }];
  if (node.serverless !== undefined) {
    return [
      {
        verdict: 'not-enforced',
        why: `it is ${node.serverless}, where no DaemonSet runs, so not ${engine} either`,
      },
    ];
  }
  return agents.map((ref) => coverBy(node, ref, engine, known, cluster));
}

function coverBy(
  node: NodeFacts,
  ref: AgentRef,
  engine: string,
  known: Verdict,
  cluster: ClusterFacts,
): Cover {
  const agent = cluster.agents.find(
    ({ kind, namespace, name }) => kind === 'DaemonSet' && namespace === ref.namespace && name === ref.name,
  );
  const none: Cover = {
    verdict: 'not-enforced',
    why: `${engine} (DaemonSet ${ref.namespace}/${ref.name}) does not run on it`,
  };
  if (agent === undefined) return none;
  const pods = podsOf(cluster, ref);
  if (pods.length > 0) {
    const own = pods.filter((pod) => textAt(pod, 'spec', 'nodeName') === node.name);
    if (own.length === 0) return none;
    return own.some(isReady)
      ? { verdict: known, why: '' }
      : {
          verdict: 'cannot-tell',
          why: `the pod of ${engine} on it is not ready: what it set up before may still hold`,
        };
  }
  if (!mayRunOn(agent, node)) return none;
  const { desired, ready } = agent;
  return desired !== undefined && ready !== undefined && ready < desired
    ? {
        verdict: 'cannot-tell',
        why: `${engine} is ready on ${ready} of ${desired} nodes, and on which was not read`,
      }
    : { verdict: known, why: '' };
}

function podsOf(cluster: ClusterFacts, ref: AgentRef): readonly unknown[] {
  return cluster.objects.filter(
    (object) =>
      object.kind === 'Pod' &&
      textAt(object, 'metadata', 'namespace') === ref.namespace &&
      listAt(object, 'metadata', 'ownerReferences').some(
        (owner) => textAt(owner, 'kind') === 'DaemonSet' && textAt(owner, 'name') === ref.name,
      ),
  );
}

/** Without conditions, as in a shortened input, running is as good as it gets. */
function isReady(pod: unknown): boolean {
  const ready = listAt(pod, 'status', 'conditions').find(
    (condition) => textAt(condition, 'type') === 'Ready',
  );
  return ready === undefined
    ? textAt(pod, 'status', 'phase') !== 'Pending'
    : textAt(ready, 'status') === 'True';
}

/** By its nodeSelector, and by the system: an agent that does not ask for Windows is a Linux container. */
function mayRunOn({ nodeSelector }: Agent, { labels, isWindows }: NodeFacts): boolean {
  const wanted = Object.entries(nodeSelector);
  if (isWindows && !wanted.some(([, value]) => value === 'windows')) return false;
  return wanted.every(([name, value]) => labels[name] === value);
}
