import fc from 'fast-check';
import type { KubeObject } from '../oracle/objects.ts';
import { adminNetworkPolicies, clusterNetworkPolicies } from './admin-policies.ts';
import { calicoPolicies, networkSets } from './calico-policies.ts';
import { ciliumPolicies } from './cilium-policies.ts';
import { clusters, nodes } from './cluster.ts';
import { networkPolicies } from './network-policies.ts';

export type World = readonly KubeObject[];

/** Small clusters, by the kinds of policies in them. */
export const WORLDS = {
  'network policies': together(clusters, networkPolicies(1, 3)),
  'admin and baseline policies': together(clusters, nodes, networkPolicies(0, 2), adminNetworkPolicies),
  'cluster network policies': together(clusters, nodes, networkPolicies(0, 2), clusterNetworkPolicies),
  'policies of Calico': together(clusters, networkPolicies(0, 1), networkSets, calicoPolicies),
  'policies of Cilium': together(clusters, nodes, networkPolicies(0, 1), ciliumPolicies),
} as const satisfies Record<string, fc.Arbitrary<World>>;

export type WorldKind = keyof typeof WORLDS;
export const WORLD_KINDS = Object.keys(WORLDS) as readonly WorldKind[];

function together(...parts: fc.Arbitrary<KubeObject[]>[]): fc.Arbitrary<World> {
  return fc.tuple(...parts).map((each) => each.flat());
}
