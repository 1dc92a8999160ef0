import { TransportSet } from '#netset';
import { explain, type Analysis, type End } from '#engine';
import { endsOf, findNamed, notDecidedHere } from '../ends.ts';
import { hairpins } from '../explanations.ts';
import { internetEntrances } from '../internet-entrances.ts';
import { alsoByNat64 } from '../nat64.ts';
import type { Part } from './judgement.ts';

/**
 * What passes between two that are named one by one. Each part of a block has to have the answer; of one thing's several addresses any one will do.
 *
 * @throws QuestionError if a name is nobody's, or both ends are addresses that are nobody's here
 */
export function namedParts(
  { from, to }: { readonly from: string; readonly to: string },
  asked: TransportSet,
  analysis: Analysis,
): readonly Part[] {
  const origin = findNamed(analysis.network, from);
  const goal = findNamed(analysis.network, to);
  if (origin.kind !== 'endpoints' && goal.kind !== 'endpoints') throw notDecidedHere(from, to);
  const wide = internetEntrances(analysis, origin, goal, asked).wide;
  const sources = [...endsOf(origin, analysis), ...wide];
  const targets = endsOf(goal, analysis);
  const goals = (ends: readonly End[]): readonly End[] => alsoByNat64(ends, analysis.network);
  const over = (some: readonly End[], others: readonly End[]): Part => ({
    from,
    to,
    ...partOver(analysis, some, others, asked),
  });
  if (origin.kind === 'outside') return sources.map((source) => over([source], goals(targets)));
  if (goal.kind === 'outside') return targets.map((target) => over(sources, goals([target])));
  const part = over(goal.kind === 'endpoints' && goal.dialled !== undefined ? [] : sources, goals(targets));
  const back = hairpins(analysis, origin, goal, asked);
  const all = (key: 'sure' | 'possible'): TransportSet =>
    TransportSet.unionOf([part, ...back].map((each) => each[key]));
  return [
    {
      ...part,
      sure: all('sure'),
      possible: all('possible'),
      because: [...new Set([...(part.because ?? []), ...back.flatMap(({ because }) => because)])],
    },
  ];
}

function partOver(
  analysis: Analysis,
  sources: readonly End[],
  targets: readonly End[],
  asked: TransportSet,
): Pick<Part, 'sure' | 'possible' | 'ends' | 'because'> {
  let sure = TransportSet.NONE;
  let possible = TransportSet.NONE;
  const because = new Set<string>();
  for (const from of sources) {
    for (const to of targets) {
      const found = explain(analysis, from, to, asked);
      if (found === undefined) continue;
      sure = sure.union(found.sure);
      possible = possible.union(found.possible);
      for (const id of found.because) because.add(id);
    }
  }
  return { sure, possible, because: [...because] };
}
