import { breadthOf, exposures, relayedExposures, type Analysis, type OutsideReach } from '#engine';
import type { PageDoor, State } from './page/data.ts';
import type { Pool } from './pool.ts';

type Door = Omit<PageDoor, 'state'>;

/** What addresses outside can open, of both sides together where there are two. */
export function doorsOf(
  after: Analysis,
  before: Analysis | undefined,
  memberOf: ReadonlyMap<string, number>,
  texts: Pool<string>,
): readonly PageDoor[] {
  const now = doorsIn(after, memberOf, texts);
  if (before === undefined) return now;
  const old = new Map(doorsIn(before, memberOf, texts).map((door) => [JSON.stringify(door), door]));
  const stays = new Set<string>();
  const told = now.map((door): PageDoor => {
    const key = JSON.stringify(door);
    if (!old.has(key)) return { ...door, state: 'opened' satisfies State };
    stays.add(key);
    return door;
  });
  const gone = [...old].filter(([key]) => !stays.has(key)).map(([, door]) => door);
  return [...told, ...gone.map((door): PageDoor => ({ ...door, state: 'closed' satisfies State }))];
}

function doorsIn(analysis: Analysis, memberOf: ReadonlyMap<string, number>, texts: Pool<string>): Door[] {
  const doors = (
    { endpoint, family, sure, possible }: ReturnType<typeof exposures>[number],
    through?: readonly string[],
  ): Door[] => {
    const member = memberOf.get(endpoint.id);
    if (member === undefined) return [];
    const told: readonly OutsideReach[] = sure.length > 0 ? sure : possible;
    return told.map(({ ips, transport }) => ({
      member,
      family,
      from: texts.place(ips.toString()),
      flows: texts.place(transport.toString()),
      breadth: breadthOf(ips, family),
      isSure: sure.length > 0,
      ...(through && { through }),
    }));
  };
  const relayed = relayedExposures(analysis).flatMap((exposure) =>
    doors(
      exposure,
      exposure.through.map(({ name }) => name),
    ),
  );
  return unique([...exposures(analysis).flatMap((exposure) => doors(exposure)), ...relayed]);
}

function unique(doors: readonly Door[]): Door[] {
  return [...new Map(doors.map((door) => [JSON.stringify(door), door])).values()];
}
