import type { TransportSet } from '#netset';
import { explain, explainHairpin, type Analysis, type End, type Explanation } from '#engine';
import { endsOf, type Named } from './ends.ts';
import { alsoByNat64 } from './nat64.ts';

/**
 * Every way from one named end to another that is asked about: between all their addresses, by IPv6 addresses that stand for IPv4 ones, and out
 * by the internet to a public address of the goal. Where that is what was named, nothing else is meant.
 */
export function explanationsOf(
  analysis: Analysis,
  {
    origin,
    sources,
    goal,
  }: { readonly origin: Named; readonly sources: readonly End[]; readonly goal: Named },
  asked: TransportSet,
): readonly Explanation[] {
  const isDialled = origin.kind === 'endpoints' && goal.kind === 'endpoints' && goal.dialled !== undefined;
  const targets = isDialled ? [] : alsoByNat64(endsOf(goal, analysis), analysis.network);
  const straight = sources.flatMap((source) =>
    targets.flatMap((target) => explain(analysis, source, target, asked) ?? []),
  );
  return [...straight, ...hairpins(analysis, origin, goal, asked)];
}

/** The ways by public addresses between things that are both here. */
export function hairpins(
  analysis: Analysis,
  origin: Named,
  goal: Named,
  asked: TransportSet,
): readonly Explanation[] {
  if (origin.kind !== 'endpoints' || goal.kind !== 'endpoints') return [];
  const dialled = goal.dialled === undefined ? undefined : [goal.dialled];
  return origin.endpoints.flatMap((from) =>
    goal.endpoints.flatMap((to) =>
      from.id === to.id ? [] : (explainHairpin(analysis, from, to, asked, dialled) ?? []),
    ),
  );
}
