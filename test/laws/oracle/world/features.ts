/** What a world may have, each with what it is for. Off, the world is without, and the rest stays as it was. */
export const FEATURES = {
  manyInterfaces: true, // up to ten; off: two or three
  manyRules: true, // several rules in each group; off: one each way
  severalVpcs: true,
  severalTargets: true, // VPCs in two accounts
  crossRegion: true, // VPCs in two Regions
  overlappingVpcs: true,
  publicVpcCidrs: true, // VPC CIDRs out of public space
  secondaryCidrs: true,
  ipv6: true,
  uniqueLocalIpv6: true, // VPC CIDRs in fd00::/8
  peering: true,
  internetGateways: true,
  egressOnlyGateways: true,
  natGateways: true,
  gatewayEndpoints: true,
  explicitTables: true,
  moreSpecificRoutes: true,
  prefixListRoutes: true,
  prefixLists: true, // in group rules
  groupReferences: true,
  sharedGroups: true, // groups carried in a VPC that is not their own
  defaultGroups: true,
  oddProtocols: true, // 47, 50, "6" and other numbers as text
  icmp: true,
  networkAcls: true,
  publicAddresses: true,
  secondaryAddresses: true,
  delegatedPrefixes: true,
  stoppedInstances: true,
  detachedInterfaces: true,
  managedInterfaces: true,
  lambda: true,
  ruleListings: true, // DescribeSecurityGroupRules beside the groups
  severalZones: true, // two zones; the other account has other names for them
  propagatedRoutes: false, // to a virtual private gateway; each loses to a static route of the same CIDR
  transitGatewayInterfaces: false,
  loadBalancersWithoutGroups: false,
  transitGateways: false,
  transitPeering: false, // between the gateways of two Regions, or of one
  transitReferences: false, // groups named over a transit gateway
  transitSites: false, // VPN connections of a transit gateway
  siteGateways: false, // virtual private gateways
  blockPublicAccess: false,
  appliances: false, // interfaces that forward, and routes to them
  relays: false, // load balancers with listeners and targets
} as const satisfies Readonly<Record<string, boolean>>;

export type FeatureName = keyof typeof FEATURES;
export type Features = Readonly<Record<FeatureName, boolean>>;

export const FEATURE_NAMES = Object.keys(FEATURES) as FeatureName[];

/** Only these on. */
export function onlyWith(names: readonly FeatureName[]): Features {
  return Object.fromEntries(FEATURE_NAMES.map((name) => [name, names.includes(name)])) as Features;
}
