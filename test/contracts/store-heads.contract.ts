import { describe, expect, it } from 'vitest';
import type { Head, Stores } from '#store';
import { FRANKFURT, headAt, IRELAND, itemOf, ODD_NAMES, SLACK, SNS } from './store-samples.ts';
import { StandingClock, type StoreHarness } from './store-place.ts';

export function headContract(name: string, { place }: StoreHarness): void {
  const open = async (): Promise<Stores> => (await place(new StandingClock().read)).open();

  describe(`${name}: heads`, () => {
    it('are none at first', async () => {
      const { state } = await open();
      expect([await state.head(IRELAND), await state.heads(), await state.owed()]).toEqual([
        undefined,
        [],
        [],
      ]);
    });

    it('move one by one, for each target by itself', async () => {
      const { state } = await open();
      expect(await state.commit(IRELAND, headAt(1))).toBe('committed');
      expect(await state.commit(IRELAND, headAt(2))).toBe('committed');
      expect(await state.commit(FRANKFURT, headAt(1, 'other'))).toBe('committed');
      expect(await state.head(IRELAND)).toEqual(headAt(2));
      expect(await state.heads()).toEqual([
        { target: FRANKFURT, head: headAt(1, 'other') },
        { target: IRELAND, head: headAt(2) },
      ]);
    });

    it.each([
      { stale: 'behind', version: 1 },
      { stale: 'level', version: 2 },
      { stale: 'ahead', version: 4 },
    ])('a commit that is $stale writes nothing at all', async ({ version }) => {
      const { state } = await open();
      await state.commit(IRELAND, headAt(1));
      await state.commit(IRELAND, headAt(2));
      expect(await state.commit(IRELAND, headAt(version, 'stale'), itemOf('stale'))).toBe('conflict');
      expect(await state.head(IRELAND)).toEqual(headAt(2));
      expect([await state.owedItem('stale'), await state.owed()]).toEqual([undefined, []]);
    });

    it('a first commit is of version 1', async () => {
      const { state } = await open();
      expect(await state.commit(IRELAND, headAt(2), itemOf('early'))).toBe('conflict');
      expect([await state.head(IRELAND), await state.owed()]).toEqual([undefined, []]);
    });

    it('of many who commit at once one does, and only its item is owed', async () => {
      const there = await place(new StandingClock().read);
      const all = await Promise.all(Array.from({ length: 6 }, () => there.open()));
      for (const version of [1, 2]) {
        const outcomes = await Promise.all(
          all.map(({ state }, i) =>
            state.commit(IRELAND, headAt(version, `run${i}`), itemOf(`${version} of ${i}`)),
          ),
        );
        expect(outcomes.filter((outcome) => outcome === 'committed')).toHaveLength(1);
        const winner = outcomes.indexOf('committed');
        const { state } = await there.open();
        expect(await state.head(IRELAND)).toEqual(headAt(version, `run${winner}`));
        const items = (await state.owed()).map(({ id }) => id).filter((id) => id.startsWith(String(version)));
        expect(items).toEqual([`${version} of ${winner}`]);
      }
    });

    it('a commit leaves an outbox item that is there as it is', async () => {
      const { state } = await open();
      await state.owe(itemOf('item'));
      await state.record('item', SNS, '2026-03-01T12:00:00.000Z');
      expect(await state.commit(IRELAND, headAt(1), itemOf('item'))).toBe('committed');
      expect((await state.owedItem('item'))?.deliveries).toEqual([
        { ...SNS, deliveredAt: '2026-03-01T12:00:00.000Z' },
        SLACK,
      ]);
    });

    it('targets with odd names are each their own', async () => {
      const { state } = await open();
      const targets = ODD_NAMES.flatMap((odd) => [
        { account: odd, region: 'r' },
        { account: 'a', region: odd },
      ]);
      for (const [i, target] of targets.entries()) {
        const expected = targets.findIndex((x) => x.account === target.account && x.region === target.region);
        const outcome = await state.commit(target, headAt(1, String(i)));
        expect(outcome, JSON.stringify(target)).toBe(expected === i ? 'committed' : 'conflict');
      }
      const found = await state.heads();
      const order = found.map(({ target }) => [target.account, target.region]);
      expect(order).toEqual(order.toSorted(([a = '', b = ''], [c = '', d = '']) => less(a, c) || less(b, d)));
      for (const [i, target] of targets.entries()) {
        const first = targets.findIndex((x) => x.account === target.account && x.region === target.region);
        if (first === i) expect(await state.head(target)).toEqual(headAt(1, String(i)));
      }
    });

    it.each([0, -1, 1.5, NaN, 2 ** 53])('a version of %d is a bug', async (version) => {
      const { state } = await open();
      await expect(state.commit(IRELAND, headAt(version))).rejects.toThrow(RangeError);
    });

    it('a time that is none is a bug, and one in another form comes back in ours', async () => {
      const { state } = await open();
      const odd: Head = { ...headAt(1), readAt: 'yesterday' };
      await expect(state.commit(IRELAND, odd)).rejects.toThrow(/"yesterday" is no time/);
      await state.commit(IRELAND, { ...headAt(1), readAt: '2026-03-01T12:58:00+01:00' });
      expect(await state.head(IRELAND)).toEqual(headAt(1));
    });
  });
}

function less(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
