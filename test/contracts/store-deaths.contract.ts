import { describe, expect, it } from 'vitest';
import type { Stores } from '#store';
import { headAt, IRELAND, itemOf, SLACK, SNS } from './store-samples.ts';
import { Life, StandingClock, type Death, type StoreHarness, type StorePlace } from './store-place.ts';

const CLAIM_MS = 60_000;
const MOST_STEPS = 200;
const ITEM = itemOf('run-1', { deliveries: [SNS, SLACK, { channel: 'sns', alert: 'alert-2' }] });

/** What a run and the deliveries after it do, from wherever an earlier one left off. `sent` is what people get. */
async function run({ objects, state, notes }: Stores, clock: StandingClock, sent: string[]): Promise<void> {
  if ((await state.head(IRELAND)) === undefined) {
    await objects.put(headAt(1).snapshot, 'snapshot');
    await objects.put(headAt(1).findings, 'findings');
    await objects.put(ITEM.alerts, 'alerts');
    await state.commit(IRELAND, headAt(1), ITEM);
  }
  for (const item of await state.owed()) {
    for (const delivery of item.deliveries.filter(({ deliveredAt }) => deliveredAt === undefined)) {
      const times = { now: clock.in(0), until: clock.in(CLAIM_MS) };
      if (!(await state.claim(item.id, delivery, times))) continue;
      sent.push(`${delivery.channel} ${delivery.alert}`);
      await state.record(item.id, delivery, clock.in(0));
    }
  }
  await notes.write('123456789012 eu-west-1', 'last', { version: 1 });
}

/** At no time does a head name what is not there, or is there an item without its head. */
async function expectWhole({ objects, state }: Stores): Promise<void> {
  const head = await state.head(IRELAND);
  const item = await state.owedItem(ITEM.id);
  expect(item === undefined).toBe(head === undefined);
  if (head === undefined) return;
  expect(head).toEqual(headAt(1));
  const named = [head.snapshot, head.findings, ITEM.alerts];
  expect(await Promise.all(named.map((key) => objects.get(key)))).toEqual(['snapshot', 'findings', 'alerts']);
}

/** One process dies and another comes after it. True if the first one lived to its end. */
async function dieAndTakeOver(there: StorePlace, clock: StandingClock, death: Death): Promise<boolean> {
  const life = new Life(death);
  const sent: string[] = [];
  await run(await there.openMortal(life), clock, sent).catch((error: unknown) => {
    if (!life.isOver) throw error;
  });
  const next = await there.open();
  await expectWhole(next);
  const sentBefore = sent.length;
  clock.move(CLAIM_MS);
  await run(next, clock, sent);

  await expectWhole(next);
  expect(await next.state.owed()).toEqual([]);
  const { deliveries } = (await next.state.owedItem(ITEM.id))!;
  expect(deliveries.map(({ channel, alert }) => ({ channel, alert }))).toEqual(ITEM.deliveries);
  expect(deliveries.every(({ deliveredAt }) => deliveredAt !== undefined)).toBe(true);
  expect(new Set(sent).size).toBe(3);
  // Only what was said and not yet recorded is said again.
  const again = sent.slice(sentBefore).filter((x) => sent.slice(0, sentBefore).includes(x));
  expect(again).toEqual(sent.length === 3 ? [] : [sent[sentBefore - 1]]);
  expect((await next.notes.read('123456789012 eu-west-1', 'last'))?.value).toEqual({ version: 1 });
  return !life.isOver;
}

export function deathContract(name: string, { place }: StoreHarness): void {
  describe(`${name}: a process that dies`, () => {
    it.each(['before', 'after'] as const)(
      '%s any of its steps leaves what the next one can go on from',
      async (when) => {
        let step = 1;
        for (; step < MOST_STEPS; step += 1) {
          const clock = new StandingClock();
          if (await dieAndTakeOver(await place(clock.read), clock, { step, when })) break;
        }
        // Three objects, a commit, three claims, three records and a note are no fewer.
        expect(step).toBeGreaterThan(11);
        expect(step).toBeLessThan(MOST_STEPS);
      },
    );
  });
}
