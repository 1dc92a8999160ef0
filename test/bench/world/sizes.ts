/** How big a world is. All counts but `vpcs` include what every VPC shares (NAT gateways, endpoints, default groups). */
export type WorldSize = {
  readonly seed: number;
  readonly vpcs: number;
  readonly groups: number;
  readonly interfaces: number;
  /** Single rules: one address block, group or prefix list each. */
  readonly rules: number;
};

/**
 * From a usual account (S) over one at its quotas (M) to the Region of a whole organisation (L).
 * Mflat has M's size in one VPC, where every group can name every other.
 */
export const WORLDS = {
  S: { seed: 7, vpcs: 4, groups: 200, interfaces: 500, rules: 3_000 },
  M: { seed: 11, vpcs: 20, groups: 2_499, interfaces: 10_000, rules: 52_800 },
  M2: { seed: 12, vpcs: 40, groups: 5_001, interfaces: 30_000, rules: 130_400 },
  L: { seed: 13, vpcs: 80, groups: 9_997, interfaces: 100_000, rules: 313_500 },
  Mflat: { seed: 11, vpcs: 1, groups: 2_500, interfaces: 10_000, rules: 53_800 },
} as const satisfies Record<string, WorldSize>;

export type WorldName = keyof typeof WORLDS;

export function isWorldName(text: string): text is WorldName {
  return Object.hasOwn(WORLDS, text);
}

export type WorldOptions = {
  /** With `false` VPCs meet by peering or not at all, so that nothing about routing is unknown. */
  readonly transitGateways: boolean;
  /** With `false` the rules stand in `DescribeSecurityGroups` alone, as in captures that lack rule ids. */
  readonly ruleRecords: boolean;
};

export const DEFAULT_OPTIONS: WorldOptions = { transitGateways: true, ruleRecords: true };
