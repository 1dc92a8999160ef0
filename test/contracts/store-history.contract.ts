import { describe, expect, it } from 'vitest';
import type { HistoryStore, WeekRecord } from '#store';
import { ODD_NAMES } from './store-samples.ts';
import { StandingClock, type StoreHarness } from './store-place.ts';

const FIGURES = { part: 'all', risk: 34.2, open: [1, 2, 0, 4, 7], opened: 2, resolved: 5 } as const;

function weekOf(week: string, more: Partial<WeekRecord> = {}): WeekRecord {
  const at = '2026-03-02T08:00:00.000Z';
  return { week, at, formula: 'postern-risk-1', parts: [FIGURES], ...more };
}

export function historyContract(name: string, { place }: StoreHarness): void {
  const open = async (): Promise<HistoryStore> =>
    (await (await place(new StandingClock().read)).open()).history;

  describe(`${name}: history`, () => {
    it('is none at first', async () => {
      expect(await (await open()).since('2020-W01')).toEqual([]);
    });

    it('gives the weeks from one on, in their order, however they came; a week that nobody recorded is missing', async () => {
      const history = await open();
      for (const week of ['2026-W09', '2025-W52', '2026-W01', '2026-W10']) await history.record(weekOf(week));
      const since = async (week: string) => (await history.since(week)).map((record) => record.week);
      expect(await since('2025-W52')).toEqual(['2025-W52', '2026-W01', '2026-W09', '2026-W10']);
      expect(await since('2026-W01')).toEqual(['2026-W01', '2026-W09', '2026-W10']);
      expect(await since('2026-W02')).toEqual(['2026-W09', '2026-W10']);
      expect(await since('2026-W11')).toEqual([]);
    });

    it('never rewrites a week: whoever comes second is told what is kept', async () => {
      const history = await open();
      const first = weekOf('2026-W09');
      const second = weekOf('2026-W09', { parts: [{ ...FIGURES, risk: 99 }] });
      expect(await history.record(first)).toEqual(first);
      expect(await history.record(second)).toEqual(first);
      expect(await history.since('2026-W09')).toEqual([first]);
    });

    it('of many who record a week at once one is kept, and all are told which', async () => {
      const there = await place(new StandingClock().read);
      const all = await Promise.all(Array.from({ length: 5 }, () => there.open()));
      const told = await Promise.all(
        all.map(({ history }, i) =>
          history.record(weekOf('2026-W09', { parts: [{ ...FIGURES, opened: i }] })),
        ),
      );
      const kept = await all[0]!.history.since('2026-W09');
      expect(kept).toHaveLength(1);
      for (const record of told) expect(record).toEqual(kept[0]);
    });

    it('holds parts of any name, and some hundred of them', async () => {
      const history = await open();
      const names = [...ODD_NAMES, ...Array.from({ length: 500 }, (_, i) => `account ${String(i)}`)];
      const parts = names.map((part, i) => ({ ...FIGURES, part, opened: i }));
      await history.record(weekOf('2026-W09', { parts }));
      expect((await history.since('2026-W09'))[0]!.parts).toEqual(parts);
    });

    it('is not changed by what its writer does with the record later', async () => {
      const history = await open();
      const part = { ...FIGURES, risk: 1 };
      await history.record(weekOf('2026-W09', { parts: [part] }));
      part.risk = 2;
      expect((await history.since('2026-W09'))[0]!.parts[0]!.risk).toBe(1);
    });

    it.each(['2026-9', '2026-W00', '2026-W54', '', 'W09'])('%j is no week', async (week) => {
      const history = await open();
      await expect(history.record(weekOf(week))).rejects.toThrow(RangeError);
      await expect(history.since(week)).rejects.toThrow(RangeError);
    });

    it('a time that is none is a bug, and writes nothing', async () => {
      const history = await open();
      await expect(history.record(weekOf('2026-W09', { at: 'yesterday' }))).rejects.toThrow(RangeError);
      expect(await history.since('2026-W01')).toEqual([]);
    });
  });
}
