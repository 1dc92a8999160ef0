import { breadthOf, exposures, gains, relayedExposures, type Analysis, type OutsideReach } from '#engine';
import { cut } from '../document/shown.ts';
import type { PageDoor } from './page/data.ts';
import type { Pool } from './pool.ts';

/** Two halves of the internet less a hundred ranges are told by their beginning. */
const LONGEST = 300;

type Door = { readonly told: Omit<PageDoor, 'state'>; readonly where: string; readonly reach: OutsideReach };

/** What addresses outside can open, of both sides together where there are two. */
export function doorsOf(
  after: Analysis,
  before: Analysis | undefined,
  memberOf: ReadonlyMap<string, number>,
  texts: Pool<string>,
): readonly PageDoor[] {
  const now = doorsIn(after, memberOf, texts);
  if (before === undefined) return [...now.values()].map(({ told }) => told);
  const old = doorsIn(before, memberOf, texts);
  const [reachNow, reachOld] = [reachOf(now), reachOf(old)];
  // a rule that lets in more people than before tells of the same people in other words: to them nothing happened
  const told = [...now].map(([key, door]): PageDoor => {
    if (old.has(key)) return door.told;
    return { ...door.told, state: gains(reachOld.get(door.where) ?? [], [door.reach]) ? 'opened' : 'after' };
  });
  const gone = [...old].flatMap(([key, door]): PageDoor[] => {
    if (now.has(key)) return [];
    return [
      { ...door.told, state: gains(reachNow.get(door.where) ?? [], [door.reach]) ? 'closed' : 'before' },
    ];
  });
  return [...told, ...gone];
}

function reachOf(doors: ReadonlyMap<string, Door>): ReadonlyMap<string, OutsideReach[]> {
  const byPlace = new Map<string, OutsideReach[]>();
  for (const { where, reach } of doors.values()) byPlace.set(where, [...(byPlace.get(where) ?? []), reach]);
  return byPlace;
}

function doorsIn(
  analysis: Analysis,
  memberOf: ReadonlyMap<string, number>,
  texts: Pool<string>,
): ReadonlyMap<string, Door> {
  const doors = new Map<string, Door>();
  const add = (
    { endpoint, family, sure, possible }: ReturnType<typeof exposures>[number],
    through?: readonly string[],
  ): void => {
    const member = memberOf.get(endpoint.id);
    if (member === undefined) return;
    const isSure = sure.length > 0;
    for (const reach of isSure ? sure : possible) {
      const told = {
        member,
        family,
        from: texts.place(cut(reach.ips.toString(), LONGEST)),
        flows: texts.place(reach.transport.toString()),
        breadth: breadthOf(reach.ips, family),
        isSure,
        ...(through && { through }),
      };
      const where = JSON.stringify([member, family, isSure, through]);
      doors.set(JSON.stringify(told), { told, where, reach });
    }
  };
  for (const exposure of exposures(analysis)) add(exposure);
  for (const exposure of relayedExposures(analysis))
    add(
      exposure,
      exposure.through.map(({ name }) => name),
    );
  return doors;
}
