import { describe, expect, it } from 'vitest';
import { memoryStores } from '#store';
import type { RefreshMessage } from '../../../../lib/app/watch/messages.ts';
import { schedule, type WatchedTargets } from '../../../../lib/app/watch/schedule.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-03-01T10:00:00.000Z');
const ACCOUNT = '111122223333';

/** A clock that ticks over these targets, and what it asked for. */
function ticking(watched: readonly WatchedTargets[]) {
  const world = { now: START, watched, asked: [] as string[] };
  const clock = () => new Date(world.now);
  const stores = memoryStores({ clock });
  const refreshQueue = {
    send: ({ target: { account, region } }: RefreshMessage) => {
      world.asked.push(`${account}/${region}`);
      return Promise.resolve();
    },
  };
  const tick = () =>
    schedule({
      ...stores,
      clock,
      refreshQueue,
      staleAfterMs: 3 * HOUR,
      targets: () => Promise.resolve(world.watched),
    });
  const readNow = (region: string) => {
    const at = clock().toISOString();
    const head = {
      version: 1,
      snapshot: 's',
      findings: 'f',
      engine: '1',
      readAt: at,
      committedAt: at,
      neighbours: [],
    };
    return stores.state.commit({ account: ACCOUNT, region }, head);
  };
  return { world, tick, readNow };
}

describe('the clock', () => {
  it('names what was not read for too long, and what never was', async () => {
    const regions = ['eu-west-1', 'us-east-1'];
    const { world, tick, readNow } = ticking([{ account: ACCOUNT, units: [], regions }]);
    expect((await tick()).stale).toEqual([]);
    world.now += 2 * HOUR;
    await readNow('eu-west-1');
    world.now += 2 * HOUR;
    expect((await tick()).stale).toEqual([`${ACCOUNT}/us-east-1`]);
    world.now += 2 * HOUR;
    expect((await tick()).stale).toEqual([`${ACCOUNT}/eu-west-1`, `${ACCOUNT}/us-east-1`]);
  });

  it('reads an account that does not tell its Regions where it was read before, and no Region that it has switched off', async () => {
    const { world, tick, readNow } = ticking([
      { account: ACCOUNT, units: [], regions: ['eu-west-1'], hasMoreRegions: true },
    ]);
    await readNow('eu-west-1');
    await readNow('us-east-1');
    world.now += 4 * HOUR;
    expect((await tick()).stale).toEqual([`${ACCOUNT}/eu-west-1`, `${ACCOUNT}/us-east-1`]);
    expect(world.asked).toEqual([`${ACCOUNT}/eu-west-1`, `${ACCOUNT}/us-east-1`]);
    world.watched = [{ account: ACCOUNT, units: [], regions: ['eu-west-1'] }];
    world.asked.length = 0;
    await tick();
    expect(world.asked).toEqual([`${ACCOUNT}/eu-west-1`]);
  });
});
