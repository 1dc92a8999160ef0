import type { BlindSpotId, Direction, Endpoint, Rule } from '#model';
import { POSSIBLE, SURE } from './band.ts';
import type { Mark, Step } from './explanation.ts';
import type { RuleMatch } from './match.ts';
import type { Plane } from './plane.ts';
import { doubtsOfRule } from './rule-doubts.ts';
import { tiersOf } from './tiers.ts';

/** Goes through an endpoint's tiers for one point at one far position, as far as they are asked, and notes what of it is in doubt. */
export function tieredStep(
  plane: Plane,
  endpoint: Endpoint,
  direction: Direction,
  { near, far }: { readonly near: number; readonly far: number },
  point: number,
  doubts = new Set<BlindSpotId>(),
): Extract<Step, { readonly kind: 'tiers' }> {
  const carried = endpoint.policies.flatMap((id) => plane.network.policies.get(id) ?? []);
  const tiers = tiersOf(carried, direction);
  const shared = plane.classOf(near);
  const band = direction === 'ingress' ? shared.ingress : shared.egress;
  const has = (bound: 0 | 1): boolean => plane.rows.sets.has(plane.rows.at(band[bound], far), point);
  const mark: Mark = has(SURE) ? 'passes' : has(POSSIBLE) ? 'unknown' : 'blocks';
  const asked: RuleMatch[] = [];
  let shutBy: (typeof tiers)[number] | undefined;
  for (const tier of tiers) {
    const matches = tier.rules.flatMap((rule) => matchOf(plane, endpoint, rule, direction, far, point) ?? []);
    const decided = matches.findIndex(({ isSure }) => isSure);
    asked.push(...(decided < 0 ? matches : matches.slice(0, decided + 1)));
    const last = decided < 0 ? undefined : matches[decided];
    if (last !== undefined && last.rule.action !== 'pass') break;
    if (last === undefined && tier.otherwise === 'deny') {
      shutBy = tier;
      break;
    }
  }
  if (mark === 'unknown')
    for (const doubt of asked.flatMap(({ rule }) => doubtsOf(rule, plane.endpointAt(far)))) doubts.add(doubt);
  return { kind: 'tiers', mark, endpoint, direction, tiers, rules: asked, shutBy };
}

function matchOf(
  plane: Plane,
  endpoint: Endpoint,
  rule: Rule,
  direction: Direction,
  far: number,
  point: number,
): RuleMatch | undefined {
  if (!rule.transport.has(point)) return undefined;
  const spans = plane.policies.spansOf(rule.selector, endpoint.network, direction);
  const covers = (bound: 0 | 1): boolean => spans[bound].some(([start, end]) => start <= far && far < end);
  return covers(POSSIBLE) ? { rule, isSure: rule.doubt === undefined && covers(SURE) } : undefined;
}

/** A rule that names addresses may mean one that is somebody else's as well. */
function doubtsOf(rule: Rule, far: Endpoint | undefined): readonly BlindSpotId[] {
  const mayBeNamed = rule.selector.kind === 'ips' ? far?.unaddressed?.mayBeNamed : undefined;
  return mayBeNamed === undefined ? doubtsOfRule(rule) : [...doubtsOfRule(rule), mayBeNamed];
}

/** That nothing stops it at the border of a flat network. */
export function isTrivial(step: Step): boolean {
  return (
    (step.kind === 'acl' || step.kind === 'route') && step.mark === 'passes' && step.subnet.isFlat === true
  );
}
