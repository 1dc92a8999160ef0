/** Where a fact was read, so that a finding can point at it. */
export type SourceRef = {
  /** The vendor or format: `aws`, `kubernetes`, … */
  readonly source: string;
  readonly account: string;
  readonly region: string;
  /** The place in the input, e.g. `DescribeSecurityGroups.SecurityGroups[3].IpPermissions[1]`. */
  readonly path: string;
  /** The vendor's own id of the thing there, as one would paste it into a console: `sgr-…`, `acl-…`. */
  readonly id: string;
};
