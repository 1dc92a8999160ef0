import type { AwsListener, AwsTargetGroup, LiveCall } from '../resources/index.ts';
import type { Draft } from './draft.ts';

/**
 * Whether a call that is made for each item of another can tell anything about this one. These reads are most of all that a read of an account
 * asks, and what they would say is often said already.
 */
export function isWorthAsking(call: LiveCall, item: object, draft: Draft): boolean {
  // nothing is handed on to a group that no load balancer uses
  if (call === 'DescribeTargetHealth') return isUsed(item);
  if (call === 'DescribeTargetGroupAttributes') return isUsed(item) && !isSettled(item);
  return call !== 'DescribeRules' || mayHaveFurtherGroups(item, draft);
}

/**
 * For UDP the client's address is always kept, and by an Application Load Balancer never.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
 */
function isSettled({ Protocol }: AwsTargetGroup): boolean {
  return Protocol !== undefined && SETTLED.has(Protocol);
}

const SETTLED = new Set(['HTTP', 'HTTPS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC', 'GENEVE']);

/** A group that does not say who uses it may be used. */
function isUsed({ LoadBalancerArns }: AwsTargetGroup): boolean {
  return LoadBalancerArns === undefined || LoadBalancerArns.length > 0;
}

/** Only HTTP listeners have rules; and a rule can only lead to groups that name the load balancer. */
function mayHaveFurtherGroups(
  { LoadBalancerArn, Protocol, DefaultActions }: AwsListener,
  draft: Draft,
): boolean {
  if (Protocol !== undefined && Protocol !== 'HTTP' && Protocol !== 'HTTPS') return false;
  const groups = draft.items('DescribeTargetGroups', 'TargetGroups') as readonly AwsTargetGroup[] | undefined;
  if (groups === undefined || LoadBalancerArn === undefined) return true;
  const known = new Set(
    (DefaultActions ?? []).flatMap(({ TargetGroupArn, ForwardConfig }) => [
      TargetGroupArn,
      ...(ForwardConfig?.TargetGroups ?? []).map((each) => each.TargetGroupArn),
    ]),
  );
  return groups.some(
    ({ TargetGroupArn, LoadBalancerArns }) =>
      LoadBalancerArns?.includes(LoadBalancerArn) !== false && !known.has(TargetGroupArn),
  );
}
