import { describe, expect, it } from 'vitest';
import { requestsOf } from '../../bench/pass/requests.ts';
import { WORLDS } from '../../bench/world/sizes.ts';
import { buildWorld } from '../../bench/world/world.ts';

describe('requests of a read', () => {
  const world = buildWorld(WORLDS.S);
  const requests = requestsOf(world);

  it('are one a page', () => {
    const records = world.DescribeSecurityGroupRules.SecurityGroupRules.length;
    expect(requests['DescribeSecurityGroupRules']).toBe(Math.ceil(records / 1000));
    expect(records).toBeGreaterThan(1000);
  });

  it('are one at least for each load balancer and each target group', () => {
    const balancers = world.DescribeLoadBalancers.LoadBalancers.length;
    const groups = world.DescribeTargetGroups.TargetGroups.length;
    expect(balancers).toBeGreaterThan(1);
    expect(requests).toMatchObject({ DescribeListeners: balancers, DescribeTargetHealth: groups });
  });

  it('are one for each call of an empty Region, and who one is', () => {
    const empty = requestsOf({ _meta: { ...world._meta, schemaVersion: 1, blindSpots: [] } });
    expect(empty).toMatchObject({ GetCallerIdentity: 1, DescribeVpcs: 1, DescribeListeners: 0 });
  });
});
