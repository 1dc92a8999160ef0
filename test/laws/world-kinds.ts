import { FEATURES, type FeatureName, type Features } from './oracle/world/features.ts';

/** Worlds of one sort: what they have beside, or instead of, what every world has. */
export type WorldKind = { readonly name: string; readonly features: Features };

/**
 * Each of its own, as in worlds that have everything nothing decides alone: a second way is open wherever the first is closed.
 */
export const WORLD_KINDS: readonly WorldKind[] = [
  kind('nothing of that', []),
  kind('interfaces without filters', ['transitGatewayInterfaces', 'loadBalancersWithoutGroups']),
  kind('transit gateways', ['transitGateways']),
  kind('transit gateways and the groups named over them', ['transitGateways', 'transitReferences']),
  kind('transit gateways that are peered', ['transitGateways', 'transitPeering']),
  kind('sites behind transit gateways', ['transitGateways', 'transitSites']),
  kind('virtual private gateways', ['siteGateways']),
  kind('Block Public Access', ['blockPublicAccess']),
  kind('appliances', ['appliances']),
  kind('load balancers', ['relays']),
  kind('everything', [
    'transitGateways',
    'transitPeering',
    'transitReferences',
    'transitSites',
    'siteGateways',
    'blockPublicAccess',
    'appliances',
    'relays',
  ]),
];

/** The kind of the world of a seed: they take turns. */
export function kindOf(seed: number): WorldKind {
  return WORLD_KINDS[seed % WORLD_KINDS.length] ?? kind('nothing of that', []);
}

function kind(name: string, more: readonly FeatureName[]): WorldKind {
  return { name, features: { ...FEATURES, ...Object.fromEntries(more.map((each) => [each, true])) } };
}
