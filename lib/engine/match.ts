import type { Direction, NetworkId, PolicyId, Rule } from '#model';
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
