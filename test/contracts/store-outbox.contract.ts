import { describe, expect, it } from 'vitest';
import type { StateStore } from '#store';
import { headAt, IRELAND, itemOf, ODD_NAMES, SLACK, SNS } from './store-samples.ts';
import { StandingClock, type StoreHarness } from './store-place.ts';

const A_MINUTE = 60_000;
const A_DAY = 24 * 60 * A_MINUTE;

export function outboxContract(name: string, { place }: StoreHarness): void {
  const open = async (): Promise<{ state: StateStore; clock: StandingClock }> => {
    const clock = new StandingClock();
    return { state: (await (await place(clock.read)).open()).state, clock };
  };
  const idsOf = async (state: StateStore): Promise<string[]> => (await state.owed()).map(({ id }) => id);

  describe(`${name}: outbox`, () => {
    it('owes what a run committed, and what was owed without a run', async () => {
      const { state } = await open();
      await state.commit(IRELAND, headAt(1), itemOf('run', { createdAt: '2026-03-01T10:00:00.000Z' }));
      await state.owe(itemOf('test', { createdAt: '2026-03-01T09:00:00.000Z' }));
      expect(await state.owed()).toEqual([
        itemOf('test', { createdAt: '2026-03-01T09:00:00.000Z' }),
        itemOf('run', { createdAt: '2026-03-01T10:00:00.000Z' }),
      ]);
      expect(await state.owedItem('run')).toEqual(itemOf('run', { createdAt: '2026-03-01T10:00:00.000Z' }));
    });

    it('gives the oldest first, whatever form its time has, and of the same time by id', async () => {
      const { state } = await open();
      await state.owe(itemOf('c', { createdAt: '2026-03-01T12:00:00Z' }));
      await state.owe(itemOf('b', { createdAt: '2026-03-01T13:00:00.000+01:00' }));
      await state.owe(itemOf('z', { createdAt: '2026-03-01T12:30:00.000+01:00' }));
      expect(await idsOf(state)).toEqual(['z', 'b', 'c']);
    });

    it('takes an item once', async () => {
      const { state } = await open();
      await state.owe(itemOf('item'));
      await state.record('item', SNS, '2026-03-01T12:00:00.000Z');
      await state.owe(itemOf('item', { deliveries: [SLACK], alerts: 'others' }));
      expect(await state.owedItem('item')).toEqual(
        itemOf('item', { deliveries: [{ ...SNS, deliveredAt: '2026-03-01T12:00:00.000Z' }, SLACK] }),
      );
    });

    it('lets an item go only when every delivery is recorded, and none comes back', async () => {
      const { state } = await open();
      await state.owe(itemOf('item'));
      await state.record('item', SLACK, '2026-03-01T12:00:00.000Z');
      expect(await idsOf(state)).toEqual(['item']);
      await state.record('item', SNS, '2026-03-01T12:01:00.000Z');
      expect(await idsOf(state)).toEqual([]);
      await state.owe(itemOf('item'));
      await state.commit(IRELAND, headAt(1), itemOf('item'));
      expect(await idsOf(state)).toEqual([]);
      expect((await state.owedItem('item'))?.deliveries).toEqual([
        { ...SNS, deliveredAt: '2026-03-01T12:01:00.000Z' },
        { ...SLACK, deliveredAt: '2026-03-01T12:00:00.000Z' },
      ]);
    });

    it('forgets an item four weeks after its last delivery, and one that is owed never', async () => {
      const { state, clock } = await open();
      await state.owe(itemOf('item'));
      await state.owe(itemOf('owed'));
      clock.move(40 * A_DAY);
      for (const delivery of [SNS, SLACK]) await state.record('item', delivery, clock.in(0));
      clock.move(28 * A_DAY - 1);
      expect(await state.owedItem('item')).toBeDefined();
      clock.move(1);
      expect(await state.owedItem('item')).toBeUndefined();
      expect(await idsOf(state)).toEqual(['owed']);
      await state.owe(itemOf('item', { deliveries: [SLACK] }));
      expect(await state.owedItem('item')).toEqual(itemOf('item', { deliveries: [SLACK] }));
    });

    it('an item of which nothing is owed is never owed', async () => {
      const { state } = await open();
      await state.owe(itemOf('none', { deliveries: [] }));
      await state.commit(
        IRELAND,
        headAt(1),
        itemOf('done', { deliveries: [{ ...SNS, deliveredAt: '2026-03-01T12:00:00.000Z' }] }),
      );
      expect(await idsOf(state)).toEqual([]);
      expect((await state.owedItem('none'))?.deliveries).toEqual([]);
    });

    it('a record is made once; the first time stays', async () => {
      const { state } = await open();
      await state.owe(itemOf('item'));
      for (const minute of [1, 2, 3]) await state.record('item', SNS, `2026-03-01T12:0${minute}:00.000Z`);
      expect((await state.owedItem('item'))?.deliveries).toEqual([
        { ...SNS, deliveredAt: '2026-03-01T12:01:00.000Z' },
        SLACK,
      ]);
    });

    it('of what is unknown nothing is claimed and nothing noted', async () => {
      const { state, clock } = await open();
      await state.owe(itemOf('item'));
      const times = { now: clock.in(0), until: clock.in(A_MINUTE) };
      expect(await state.claim('none', SNS, times)).toBe(false);
      expect(await state.claim('item', { ...SNS, alert: 'none' }, times)).toBe(false);
      await state.record('none', SNS, clock.in(0));
      await state.record('item', { ...SNS, channel: 'none' }, clock.in(0));
      expect(await state.owedItem('none')).toBeUndefined();
      expect(await state.owedItem('item')).toEqual(itemOf('item'));
    });

    it('a claim holds until its time and not longer; a record ends it', async () => {
      const { state, clock } = await open();
      await state.owe(itemOf('item'));
      const claim = (from: number, to: number) =>
        state.claim('item', SNS, { now: clock.in(from), until: clock.in(to) });
      expect(await claim(0, A_MINUTE)).toBe(true);
      expect((await state.owedItem('item'))?.deliveries[0]).toEqual({
        ...SNS,
        claimedUntil: clock.in(A_MINUTE),
      });
      expect(await claim(A_MINUTE - 1, 9 * A_MINUTE)).toBe(false);
      expect(await state.claim('item', SLACK, { now: clock.in(0), until: clock.in(1) })).toBe(true);
      expect(await claim(A_MINUTE, 2 * A_MINUTE)).toBe(true);
      expect(await idsOf(state)).toEqual(['item']);
      await state.record('item', SNS, clock.in(0));
      expect((await state.owedItem('item'))?.deliveries[0]).toEqual({ ...SNS, deliveredAt: clock.in(0) });
      expect(await claim(9 * A_MINUTE, 10 * A_MINUTE)).toBe(false);
    });

    it('a claim that is given back is free at once; one that has passed on is not given back by whoever had it', async () => {
      const { state, clock } = await open();
      await state.owe(itemOf('item'));
      const claim = (from: number, to: number) =>
        state.claim('item', SNS, { now: clock.in(from), until: clock.in(to) });
      await claim(0, A_MINUTE);
      await state.release('item', SLACK, clock.in(A_MINUTE));
      expect(await claim(1, A_MINUTE)).toBe(false);
      await state.release('item', SNS, clock.in(A_MINUTE));
      expect(await state.owedItem('item')).toEqual(itemOf('item'));
      expect(await claim(1, 2 * A_MINUTE)).toBe(true);
      await state.release('item', SNS, clock.in(A_MINUTE));
      expect(await claim(2, 3 * A_MINUTE)).toBe(false);
      await state.record('item', SNS, clock.in(3));
      await state.release('item', SNS, clock.in(2 * A_MINUTE));
      expect((await state.owedItem('item'))?.deliveries[0]).toEqual({ ...SNS, deliveredAt: clock.in(3) });
      await state.release('none', SNS, clock.in(A_MINUTE));
      expect(await state.owedItem('none')).toBeUndefined();
    });

    it('a claim compares times, not texts', async () => {
      const { state } = await open();
      await state.owe(itemOf('item'));
      const first = { now: '2026-03-01T12:00:00Z', until: '2026-03-01T12:01:00Z' };
      expect(await state.claim('item', SNS, first)).toBe(true);
      expect(await state.claim('item', SNS, { ...first, now: '2026-03-01T13:00:30+01:00' })).toBe(false);
      expect(await state.claim('item', SNS, { ...first, now: '2026-03-01T11:01:00-01:00' })).toBe(true);
    });

    it('of many who claim at once, one gets it', async () => {
      const clock = new StandingClock();
      const there = await place(clock.read);
      const all = await Promise.all(Array.from({ length: 6 }, () => there.open()));
      await all[0]!.state.owe(itemOf('item'));
      const times = { now: clock.in(0), until: clock.in(A_MINUTE) };
      const got = await Promise.all(all.map(({ state }) => state.claim('item', SNS, times)));
      expect(got.filter(Boolean)).toHaveLength(1);
    });

    it('of many who record the last ones at once, the item is let go', async () => {
      const clock = new StandingClock();
      const there = await place(clock.read);
      const deliveries = Array.from({ length: 12 }, (_, i) => ({ channel: 'sns', alert: `alert-${i}` }));
      const all = await Promise.all(deliveries.map(() => there.open()));
      await all[0]!.state.owe(itemOf('item', { deliveries }));
      await Promise.all(deliveries.map((x, i) => all[i]!.state.record('item', x, clock.in(0))));
      expect(await idsOf(all[0]!.state)).toEqual([]);
      expect((await all[0]!.state.owedItem('item'))?.deliveries).toEqual(
        deliveries.map((x) => ({ ...x, deliveredAt: clock.in(0) })),
      );
    });

    it('2,000 alerts of one run on two channels are committed at once and come back in order', async () => {
      const { state, clock } = await open();
      const deliveries = Array.from({ length: 4_000 }, (_, i) => ({
        channel: i % 2 === 0 ? 'slack' : 'sns',
        alert: `${String(i).padStart(8, '0')}${'f'.repeat(56)}`,
      }));
      expect(await state.commit(IRELAND, headAt(1), itemOf('many', { deliveries }))).toBe('committed');
      expect((await state.owed())[0]?.deliveries).toEqual(deliveries);
      const [one, last] = [deliveries[0]!, deliveries[3_999]!];
      expect(await state.claim('many', last, { now: clock.in(0), until: clock.in(1) })).toBe(true);
      await state.record('many', one, clock.in(0));
      const left = (await state.owed())[0]?.deliveries.filter(({ deliveredAt }) => deliveredAt === undefined);
      expect(left).toHaveLength(3_999);
    });

    it('ids that are odd are each their own', async () => {
      const { state, clock } = await open();
      for (const id of ODD_NAMES) await state.owe(itemOf(id, { deliveries: [SNS], alerts: `of ${id}` }));
      for (const id of ODD_NAMES) {
        expect(await state.owedItem(id)).toEqual(itemOf(id, { deliveries: [SNS], alerts: `of ${id}` }));
      }
      await state.record('a#b', SNS, clock.in(0));
      expect(await idsOf(state)).toEqual(ODD_NAMES.filter((id) => id !== 'a#b').toSorted());
    });

    it('channels and alerts with odd names are each their own', async () => {
      const { state, clock } = await open();
      const deliveries = ODD_NAMES.flatMap((odd) => [
        { channel: odd, alert: 'x' },
        { channel: 'x', alert: odd },
      ]);
      await state.owe(itemOf('item', { deliveries }));
      expect(await state.owedItem('item')).toEqual(itemOf('item', { deliveries }));
      for (const delivery of deliveries.slice(1)) await state.record('item', delivery, clock.in(0));
      const left = (await state.owed())[0]?.deliveries.filter(({ deliveredAt }) => deliveredAt === undefined);
      expect(left).toEqual([deliveries[0]]);
    });

    it('an item that names a delivery twice is a bug, and writes nothing', async () => {
      const { state } = await open();
      const item = itemOf('twice', { deliveries: [SNS, SLACK, SNS] });
      await expect(state.owe(item)).rejects.toThrow(/"twice" names a delivery twice/);
      await expect(state.commit(IRELAND, headAt(1), item)).rejects.toThrow(RangeError);
      expect([await state.head(IRELAND), await state.owedItem('twice')]).toEqual([undefined, undefined]);
    });
  });
}
