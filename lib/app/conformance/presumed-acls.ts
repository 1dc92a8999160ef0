import type { AwsSnapshot } from '#sources/aws';

/** How a case says that a missing network ACL lets everything through. */
const PRESUMES_ACLS =
  /^(?=.*(?:network ?acls?|\bn?acls?\b))(?=.*\b(?:no|not|missing|absent|without|lacks?)\b)(?=.*\b(?:allow|admit|permit|pass|through|open))/is;

/** Where the case says that a missing network ACL allows, each subnet without one gets one that allows all. */
export function withPresumedAcls(snapshot: AwsSnapshot, assumptions: readonly string[]): AwsSnapshot {
  if (!assumptions.some((assumption) => PRESUMES_ACLS.test(assumption))) return snapshot;
  const acls = snapshot.DescribeNetworkAcls?.NetworkAcls ?? [];
  const covered = new Set(
    acls.flatMap(({ Associations = [] }) => Associations.map(({ SubnetId }) => SubnetId)),
  );
  const bare = (snapshot.DescribeSubnets?.Subnets ?? []).filter(({ SubnetId }) => !covered.has(SubnetId));
  const presumed = bare.map(({ SubnetId = '', VpcId = '' }) => ({
    NetworkAclId: `presumed:${SubnetId}`,
    VpcId,
    IsDefault: false,
    Associations: [{ SubnetId }],
    Entries: [true, false].map((Egress) => ({
      Egress,
      RuleNumber: 100,
      RuleAction: 'allow',
      Protocol: '-1',
      CidrBlock: '0.0.0.0/0',
    })),
  }));
  return { ...snapshot, DescribeNetworkAcls: { NetworkAcls: [...acls, ...presumed] } };
}
