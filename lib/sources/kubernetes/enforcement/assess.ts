import { ClusterFacts, type HowRead, type SeenObject } from './cluster-facts.ts';
import { coverageOf } from './coverage.ts';
import { ENGINES } from './engines/index.ts';
import {
  NETWORK_POLICY,
  type Enforcement,
  type EnforcementBlindSpot,
  type NodeEnforcement,
  type Sighting,
  type Verdict,
} from './enforcement.ts';
import { misreadBy, policiesByKind, verdictOnKind, withoutEffect } from './policy-effects.ts';

/** Workloads of a cluster itself: an input with one of these is of a cluster, whatever else it holds. */
const SYSTEM =
  /^(?:kube-system|kube-flannel|calico-system|tigera-operator|cilium|openshift-|ovn-kubernetes|kube-ovn)/;

/**
 * Says whether the policies of a cluster have an effect, by the objects that were read of it: live ones, or manifests with the network plugin among
 * them. An engine that is not seen is never assumed.
 *
 * @param how of a live cluster, which lists were read: an object that is not among them is then known not to be there
 */
export function assessEnforcement(objects: readonly SeenObject[], how?: HowRead): Enforcement {
  const cluster = new ClusterFacts(objects, how);
  const sightings = ENGINES.flatMap((detect) => detect(cluster) ?? []).map((sighting) =>
    unlessNowhere(sighting, cluster),
  );
  const core = verdictOf(sightings, cluster);
  const policies = policiesByKind(cluster);
  const nodes = core === 'enforced' ? coverageOf(cluster, sightings) : elsewhere(core, cluster);
  const isNowhere =
    core === 'enforced' && nodes.length > 0 && nodes.every(({ verdict }) => verdict === 'not-enforced');
  const verdict = isNowhere ? 'not-enforced' : core;
  const kinds = new Map(
    [...policies.keys()].map((kind) => [kind, verdictOnKind(kind, verdict, sightings)] as const),
  );
  const basis = isOfCluster(cluster, sightings) ? 'cluster' : 'manifests';
  const told = isNowhere
    ? {
        sentence: `NetworkPolicies are not enforced: ${nodes[0]?.why ?? ''}, and likewise on every node`,
        remedy: '',
      }
    : wordsOn(core, basis, sightings);
  return {
    verdict,
    basis,
    ...told,
    evidence: [...new Set(speakers(core, sightings).flatMap(({ evidence }) => evidence))],
    sightings,
    nodes,
    kinds,
    withoutEffect: basis === 'cluster' ? withoutEffect(policies, kinds, sightings) : [],
    misread: core === 'not-enforced' ? [] : misreadBy(policies.get(NETWORK_POLICY) ?? [], sightings),
    notes: sightings.filter(({ enforces }) => enforces !== 'no').flatMap(({ notes }) => notes),
    blindSpots: blindSpotsOf(verdict, told, nodes),
  };
}

/** One that enforces is enough; one that may enforce makes it open; what has no engine never takes away from another that has. */
function verdictOf(sightings: readonly Sighting[], cluster: ClusterFacts): Verdict {
  if (sightings.some(({ enforces }) => enforces === 'yes')) return 'enforced';
  if (sightings.some(({ enforces }) => enforces === 'unknown')) return 'cannot-tell';
  return sightings.length > 0 && sawDaemonSets(cluster) ? 'not-enforced' : 'cannot-tell';
}

/** Nearly every engine is a DaemonSet: that there is none can only be said by who looked. */
function sawDaemonSets(cluster: ClusterFacts): boolean {
  return cluster.how === undefined
    ? cluster.agents.some(({ kind }) => kind === 'DaemonSet')
    : cluster.wasRead('daemonsets.apps');
}

/** A DaemonSet that no node is meant to have does nothing: on GKE, Calico's is there and waits for a label. */
function unlessNowhere(sighting: Sighting, cluster: ClusterFacts): Sighting {
  const own = sighting.agents.flatMap((ref) =>
    cluster.agents.filter(
      ({ kind, namespace, name }) => kind === 'DaemonSet' && namespace === ref.namespace && name === ref.name,
    ),
  );
  const isNowhere = own.length > 0 && own.every(({ desired }) => desired === 0);
  if (sighting.enforces === 'no' || !isNowhere) return sighting;
  return {
    ...sighting,
    enforces: 'no',
    why: 'its DaemonSet is meant for no node (desiredNumberScheduled is 0), so it runs nowhere',
    remedy: 'Look at the nodeSelector of the DaemonSet, and at the labels of the nodes.',
  };
}

/** The sightings that a verdict rests on. */
function speakers(verdict: Verdict, sightings: readonly Sighting[]): readonly Sighting[] {
  const wanted = { enforced: 'yes', 'cannot-tell': 'unknown', 'not-enforced': 'no' } as const;
  return sightings.filter(({ enforces }) => enforces === wanted[verdict]);
}

function wordsOn(
  verdict: Verdict,
  basis: Enforcement['basis'],
  sightings: readonly Sighting[],
): Pick<Enforcement, 'sentence' | 'remedy'> {
  const those = speakers(verdict, sightings);
  const remedy = [...new Set(those.map((sighting) => sighting.remedy).filter((text) => text !== ''))].join(
    ' ',
  );
  const each = those.map(
    ({ engine, why, evidence: [first] }) =>
      `${engine} was found${first === undefined ? '' : ` (${first})`} and ${why}`,
  );
  switch (verdict) {
    case 'enforced': {
      const by = those.map(
        ({ engine, evidence: [first] }) => `${engine}${first === undefined ? '' : ` (${first})`}`,
      );
      return { sentence: `NetworkPolicies are enforced by ${by.join(', ')}`, remedy };
    }
    case 'not-enforced':
      return { sentence: `NetworkPolicies are not enforced: ${each.join('; ')}`, remedy };
    case 'cannot-tell':
      if (each.length > 0) {
        return {
          sentence: `It cannot be told whether NetworkPolicies are enforced: ${each.join('; ')}`,
          remedy,
        };
      }
      return basis === 'manifests'
        ? {
            sentence:
              'It cannot be told whether NetworkPolicies are enforced: the input holds no nodes and no network plugin',
            remedy:
              'Read the live cluster, or add what says it: kubectl get nodes,daemonsets,deployments -A -o yaml, and the ConfigMaps of the plugin.',
          }
        : {
            sentence:
              'It cannot be told whether NetworkPolicies are enforced: no policy engine that is known was found, and what runs the network was not read or is not known',
            remedy: 'Let the reader list DaemonSets in all namespaces; if it does, ask who keeps the plugin.',
          };
  }
}

function elsewhere(verdict: Verdict, cluster: ClusterFacts): readonly NodeEnforcement[] {
  return cluster.nodes.map(({ name }) => ({ node: name, verdict, why: '' }));
}

function isOfCluster(cluster: ClusterFacts, sightings: readonly Sighting[]): boolean {
  return (
    cluster.how !== undefined ||
    cluster.nodes.length > 0 ||
    sightings.length > 0 ||
    cluster.agents.some(({ kind, namespace }) => kind === 'DaemonSet' && SYSTEM.test(namespace))
  );
}

function blindSpotsOf(
  verdict: Verdict,
  { sentence, remedy }: Pick<Enforcement, 'sentence' | 'remedy'>,
  nodes: readonly NodeEnforcement[],
): readonly EnforcementBlindSpot[] {
  if (verdict === 'cannot-tell') return [{ what: sentence, remedy, effect: 'hides-ways' }];
  const byWhy = new Map<string, string[]>();
  for (const { node, verdict: own, why } of nodes) {
    if (own === 'cannot-tell') byWhy.set(why, [...(byWhy.get(why) ?? []), node]);
  }
  return [...byWhy].map(([why, those]) => ({
    what: `It cannot be told whether NetworkPolicies are enforced on ${those.length} of ${nodes.length} nodes: ${why}`,
    remedy: 'See what is wrong with its pods there, or let the reader list pods in all namespaces.',
    effect: 'hides-ways',
    nodes: those,
  }));
}
