import type { Ip } from '#netset';
import type { Direction, Network, NetworkId, PolicyId, Route, Rule, Subnet } from '#model';
import { POSSIBLE, SURE } from './band.ts';
import type { Plane } from './plane.ts';

/** A rule that matches a flow, surely or possibly. */
export type RuleMatch = { readonly rule: Rule; readonly isSure: boolean };

/** The rules of a policy that match one point at one far position, in their order. */
export function matchesOf(
  plane: Plane,
  policy: PolicyId,
  direction: Direction,
  far: number,
  point: number,
  viewer: NetworkId,
): RuleMatch[] {
  const rules = plane.network.policies.get(policy)?.rules ?? [];
  return rules.flatMap((rule) => {
    if (rule.direction !== direction || !rule.transport.has(point)) return [];
    const spans = plane.policies.spansOf(rule.selector, viewer, direction);
    const covers = (bound: 0 | 1) => spans[bound].some(([start, end]) => start <= far && far < end);
    if (!covers(POSSIBLE)) return [];
    return [{ rule, isSure: rule.doubt === undefined && covers(SURE) }];
  });
}

/** The route that a subnet's table takes for an address: longest prefix, then the table's order. `undefined` where none matches. */
export function routeFor(network: Network, subnet: Subnet, ip: Ip): Route | undefined {
  let best: Route | undefined;
  for (const route of network.routeTables.get(subnet.routeTable)?.routes ?? []) {
    const cidr = route.destination;
    if (cidr === undefined || cidr.family !== ip.family || ip.value < cidr.first || ip.value > cidr.last)
      continue;
    if (best?.destination === undefined || cidr.prefix > best.destination.prefix) best = route;
  }
  return best;
}
