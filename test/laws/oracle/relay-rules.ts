import { NO, UNKNOWN, YES } from './maybe.ts';
import type { Maybe } from './maybe.ts';
import type { Account } from './responses.ts';
import type { Listener, ListenerRule, LoadBalancer, TargetGroup } from './responses-relay.ts';
import { UDP } from './traffic.ts';

/** A target group that a listener passes calls on to, and whether that is told for sure. */
export type Forward = { readonly group: TargetGroup; readonly isSure: boolean };

/**
 * The groups in a listener's default action and in its rules. A group that says it belongs to the load balancer
 * may be any listener's, as long as the rules were not read.
 */
export function forwardsOf(
  accounts: readonly Account[],
  balancer: LoadBalancer,
  listener: Listener,
): Forward[] {
  const groups = accounts.flatMap((account) => account.DescribeTargetGroups?.TargetGroups ?? []);
  const rules = accounts
    .map((account) => account.DescribeRules?.[listener.ListenerArn]?.Rules)
    .find((each) => each !== undefined);
  const named = new Set([
    ...groupsOf(listener.DefaultActions),
    ...(rules ?? []).flatMap((rule) => groupsOf(rule.Actions)),
  ]);
  // Network load balancers have no rules but the default
  const mayBeMore = rules === undefined && balancer.Type === 'application';
  return groups.flatMap((group): Forward[] => {
    if (named.has(group.TargetGroupArn)) return [{ group, isSure: true }];
    return mayBeMore && group.LoadBalancerArns.includes(balancer.LoadBalancerArn)
      ? [{ group, isSure: false }]
      : [];
  });
}

/** A weight of nothing gets nothing. */
function groupsOf(actions: ListenerRule['Actions']): string[] {
  return actions
    .filter(({ Type }) => Type === 'forward')
    .flatMap(({ TargetGroupArn, ForwardConfig }) => {
      const weighed = ForwardConfig?.TargetGroups ?? [];
      if (weighed.length === 0) return TargetGroupArn ?? [];
      return weighed.filter(({ Weight }) => Weight !== 0).map((each) => each.TargetGroupArn);
    });
}

/** LB3: UDP always; else as the attribute says, which is on by default for instances and off for addresses. */
export function preservesClient(accounts: readonly Account[], group: TargetGroup, protocol: number): Maybe {
  if (protocol === UDP || ['UDP', 'TCP_UDP'].includes(group.Protocol)) return YES;
  const attributes = accounts
    .map((account) => account.DescribeTargetGroupAttributes?.[group.TargetGroupArn]?.Attributes)
    .find((each) => each !== undefined);
  if (attributes === undefined) return UNKNOWN;
  const said = attributes.find(({ Key }) => Key === 'preserve_client_ip.enabled')?.Value;
  if (said !== undefined) return said === 'true' ? YES : NO;
  return group.TargetType === 'instance' ? YES : NO;
}
