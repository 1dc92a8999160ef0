import { TransportSet } from '#netset';
import { analyse, connectivity, egress, exposures } from '#engine';
import type { Network } from '#model';
import { translate, type AwsSnapshot } from '#sources/aws';

/** What passes between all pairs of endpoints, and between each and the internet. */
export type Answers = { readonly network: Network; readonly sets: ReadonlyMap<string, Answer> };
type Answer = {
  readonly ends: readonly string[];
  readonly family: 4 | 6;
  readonly sure: TransportSet;
  readonly possible: TransportSet;
};

/** All answers about a network. */
export function answersOf(snapshots: readonly AwsSnapshot[]): Answers {
  const network = translate(snapshots);
  const analysis = analyse(network);
  const sets = new Map<string, Answer>();
  for (const { from, to, family, sure, possible } of connectivity(analysis)) {
    sets.set(`${from} to ${to} IPv${String(family)}`, { ends: [from, to], family, sure, possible });
  }
  for (const [way, found] of [
    ['from', exposures(analysis)],
    ['to', egress(analysis)],
  ] as const) {
    for (const { endpoint, family, ...reach } of found) {
      const [sure, possible] = [reach.sure, reach.possible].map((parts) =>
        TransportSet.unionOf(parts.map(({ transport }) => transport)),
      );
      sets.set(`internet ${way} ${endpoint.id} IPv${String(family)}`, {
        ends: [endpoint.id],
        family,
        sure: sure!,
        possible: possible!,
      });
    }
  }
  return { network, sets };
}

/** The answers about things that both know which no truth can explain. */
export function wrongIn(seen: Answers, whole: Answers): string[] {
  const wrong: string[] = [];
  for (const [what, { ends, family, sure }] of whole.sets) {
    if (!ends.every((id) => hasAddress(seen.network, id, family))) continue;
    if (!sure.isSubsetOf(seen.sets.get(what)?.possible ?? TransportSet.NONE)) wrong.push(`lost: ${what}`);
  }
  // What only narrows lets things count as open that may be closed, and says so.
  if ([...seen.network.blindSpots.values()].some(({ effect }) => effect === 'only-narrows')) return wrong;
  for (const [what, { ends, family, sure }] of seen.sets) {
    if (!ends.every((id) => hasAddress(whole.network, id, family))) continue;
    if (!sure.isSubsetOf(whole.sets.get(what)?.possible ?? TransportSet.NONE)) wrong.push(`made up: ${what}`);
  }
  return wrong;
}

function hasAddress({ endpoints }: Network, id: string, family: 4 | 6): boolean {
  const endpoint = [...endpoints.values()].find((each) => each.id === id);
  return endpoint?.addresses.some(({ first }) => first.family === family) === true;
}
