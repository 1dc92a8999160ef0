import type { Endpoint, FrontDoor } from '#model';
import type { Analysis } from './analysis.ts';
import { POSSIBLE } from './band.ts';
import { doorways, type Doorway } from './doorways.ts';
import { USEFUL } from './host-fall.ts';
import { openTo, type Breadth } from './outside-reach.ts';
import type { PathHop } from './path-hop.ts';
import type { RelayWays } from './relay-ways.ts';

/** The hops that lead from one host to the next: one, or several through relays. */
export type Steps = readonly [PathHop, ...PathHop[]];

/** The first steps of those who may come in by front doors and get to something at once. */
export function entriesBy(ways: readonly Doorway[], breadth: Breadth): readonly PathHop[] {
  return ways.flatMap(({ door, endpoint, family, through, possible }) => {
    const transport = openTo(possible, family, breadth).intersect(USEFUL);
    return through.length > 0 || transport.isEmpty
      ? []
      : [{ from: undefined, to: endpoint, transport, door }];
  });
}

/** The steps of those who come in by the front doors to which some interfaces belong, from that interface on; from wherever they come. */
export function stepsByDoorsOf(
  analysis: Analysis,
  interfaces: readonly Endpoint[],
  relays: RelayWays,
): readonly Steps[] {
  const ids = new Set(interfaces.map(({ id }) => id));
  const isOf = ({ entrances }: FrontDoor): boolean => entrances.some((id) => ids.has(id));
  if (![...analysis.network.frontDoors.values()].some(isOf)) return [];
  const ways = doorways(analysis).filter(({ door }) => isOf(door));
  const direct = entriesBy(ways, 'limited').map((hop): Steps => [hop]);
  return [...direct, ...relays.from(ways, POSSIBLE, 'limited')].map(([first, ...rest]): Steps => [
    { ...first, from: interfaces.find(({ id }) => first.door?.entrances.includes(id)) },
    ...rest,
  ]);
}
