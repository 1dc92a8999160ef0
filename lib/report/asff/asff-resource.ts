import type { Partition, Resource } from '@aws-sdk/client-securityhub';
import { cut, shown } from '../document/shown.ts';
import { ASFF_LIMITS } from './limits.ts';

/** A thing that a finding names. Texts are untrusted. */
export type Thing = {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  /** What is worth saying of it. */
  readonly facts: Readonly<Record<string, string>>;
};

/** By the prefix that EC2 gives its ids: the resource type, and the kind in its ARN. */
const EC2_KINDS: readonly (readonly [prefix: string, type: string, kind: string])[] = [
  ['i-', 'AwsEc2Instance', 'instance'],
  ['eni-', 'AwsEc2NetworkInterface', 'network-interface'],
  ['sg-', 'AwsEc2SecurityGroup', 'security-group'],
  ['acl-', 'AwsEc2NetworkAcl', 'network-acl'],
  ['subnet-', 'AwsEc2Subnet', 'subnet'],
  ['rtb-', 'AwsEc2RouteTable', 'route-table'],
  ['vpc-', 'AwsEc2Vpc', 'vpc'],
];

/** By what an ARN is of. https://docs.aws.amazon.com/securityhub/latest/userguide/asff-resources.html */
const ARN_KINDS: readonly (readonly [form: RegExp, type: string])[] = [
  [/:rds:[^:]*:[^:]*:db:/, 'AwsRdsDbInstance'],
  [/:rds:[^:]*:[^:]*:cluster:/, 'AwsRdsDbCluster'],
  [/:elasticloadbalancing:.*loadbalancer\/(app|net|gwy)\//, 'AwsElbv2LoadBalancer'],
  [/:elasticloadbalancing:/, 'AwsElbLoadBalancer'],
  [/:lambda:.*:function:/, 'AwsLambdaFunction'],
  [/:redshift:/, 'AwsRedshiftCluster'],
  [/:eks:.*:cluster\//, 'AwsEksCluster'],
  [/:autoscaling:/, 'AwsAutoScalingAutoScalingGroup'],
];

/** A thing as Security Hub has it: by ARN and type where EC2's own ids tell them, else as `Other` with what is known. */
export function asffResource({ id, account, region, facts }: Thing): Resource {
  const partition = partitionOf(region);
  const kind = EC2_KINDS.find(([prefix]) => id.startsWith(prefix) && /^[a-z]+-[0-9a-f]{8,17}$/.test(id));
  const isPlace = /^\d{12}$/.test(account) && region !== '' && region.length <= 16;
  const isArn = /^arn:aws[a-z-]*:/.test(id);
  const type = kind?.[1] ?? (isArn ? ARN_KINDS.find(([form]) => form.test(id))?.[1] : undefined) ?? 'Other';
  const other = Object.fromEntries(
    Object.entries(facts).flatMap(([key, value]) =>
      value === '' ? [] : [[key, shown(value, ASFF_LIMITS.otherValue)]],
    ),
  );
  return {
    Type: type,
    Id:
      kind !== undefined && isPlace
        ? `arn:${partition}:ec2:${region}:${account}:${kind[2]}/${id}`
        : shown(id === '' ? 'unknown' : id, ASFF_LIMITS.resourceId),
    Partition: partition,
    ...(region !== '' && { Region: cut(region, 16) }),
    ...(Object.keys(other).length > 0 && { Details: { Other: other } }),
  };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function partitionOf(region: string): Partition {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
