import { TransportSet } from '#netset';
import type { Endpoint, Network, PolicyId } from '#model';
import type { PathHop } from '#engine';
import { culpritsOfHop } from '../culprits.ts';
import type { Culprit, Finding } from '../finding.ts';

/** A place where a finding can be ended: rules that let in together what should not pass, and what that is. */
export type Cut = {
  readonly culprits: readonly Culprit[];
  /** What should not pass by them. */
  readonly bad: TransportSet;
  /** Who should not: the one before on a path. Absent: the internet, or whoever they name. */
  readonly from?: Endpoint;
};

/** Where a finding can be ended, the best place first: at the door to the internet, which ends other ways as well. */
export function cutsOf(finding: Finding, network: Network): readonly Cut[] {
  const { path, check, culprits, transport = TransportSet.ALL } = finding;
  // the rules of a cluster's policies are changed in other ways: clusterChanges
  const isPossible = ({ culprits: all }: Cut): boolean =>
    all.length > 0 && all.every(({ policy }) => network.policies.get(policy as PolicyId)?.kind !== 'tiered');
  if (path !== undefined) return path.hops.map((hop) => cutAt(hop, network)).filter(isPossible);
  const policies = [...new Set(culprits.map(({ policy }) => policy))];
  const all = { culprits, bad: transport };
  // through a load balancer each of two groups is enough; of two interfaces, each with a group, both are needed
  const each = policies.map((id) => ({ ...all, culprits: culprits.filter(({ policy }) => policy === id) }));
  // that one group says no makes two networks of one in name only
  const isApart = policies.length > 1 && check !== 'peering-too-wide';
  return (isApart ? [...each, all] : [all]).filter(isPossible);
}

function cutAt(hop: PathHop, network: Network): Cut {
  const { from, transport } = hop;
  const culprits = culpritsOfHop(network, hop);
  return { culprits, bad: transport, ...(from !== undefined && { from }) };
}
