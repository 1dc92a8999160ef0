import type { Draft } from './draft.ts';
import type { Place } from './place.ts';
import type { Target } from './target.ts';

/** One blind spot for each load balancer that has targets: that a client reaches them through it is not followed. */
export function noteLoadBalancers(draft: Draft): void {
  for (const target of draft.targets) {
    if (target.has('DescribeLoadBalancers')) noteRead(target);
  }
  // Where they were not read, their interfaces still tell of them.
  for (const endpoint of draft.endpoints.values()) {
    if (endpoint.role !== 'load-balancer') continue;
    const target = draft.targetOf(endpoint.at.account, endpoint.at.region) ?? draft.targets[0];
    if (target === undefined || target.has('DescribeLoadBalancers')) continue;
    noteTargets(target, endpoint.workload.id, endpoint.name, endpoint.at);
  }
}

function noteRead(target: Target): void {
  const withTargets = balancersWithTargets(target);
  for (const { id, place } of target.items('DescribeLoadBalancers')) {
    if (withTargets !== undefined && !withTargets.has(id)) continue;
    noteTargets(target, id, place.words('LoadBalancerName') || id, place.ref(id));
  }
}

/** `undefined` if it is not known which have targets. */
function balancersWithTargets(target: Target): ReadonlySet<string> | undefined {
  if (!target.has('DescribeTargetGroups') || target.unread('DescribeTargetGroups') !== undefined)
    return undefined;
  return new Set(
    target.items('DescribeTargetGroups').flatMap(({ place }) => textsOf(place, 'LoadBalancerArns')),
  );
}

function textsOf(place: Place, member: string): string[] {
  return place.items(member).flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
}

function noteTargets(target: Target, id: string, name: string, at: ReturnType<Place['ref']>): void {
  target.blindSpots.note(`load-balancer-targets:${id}`, {
    code: 'load-balancer-targets',
    effect: 'hides-ways',
    what: `what ${name} hands on to its targets is not followed`,
    remedy: '',
    at,
  });
}
