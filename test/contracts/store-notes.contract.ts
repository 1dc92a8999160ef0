import { describe, expect, it } from 'vitest';
import type { Json, NoteStore } from '#store';
import { ODD_NAMES } from './store-samples.ts';
import { StandingClock, type StoreHarness } from './store-place.ts';

export function noteContract(name: string, { place }: StoreHarness): void {
  const open = async (): Promise<{ notes: NoteStore; clock: StandingClock }> => {
    const clock = new StandingClock();
    return { notes: (await (await place(clock.read)).open()).notes, clock };
  };

  describe(`${name}: notes`, () => {
    it('are read as they were last written, with a version that grows', async () => {
      const { notes } = await open();
      expect(await notes.read('owner', 'due')).toBeUndefined();
      expect(await notes.write('owner', 'due', { at: 1 })).toBe(true);
      expect(await notes.read('owner', 'due')).toEqual({ name: 'due', value: { at: 1 }, version: 1 });
      expect(await notes.write('owner', 'due', { at: 2 })).toBe(true);
      expect(await notes.read('owner', 'due')).toEqual({ name: 'due', value: { at: 2 }, version: 2 });
      expect(await notes.read('another', 'due')).toBeUndefined();
    });

    const values: readonly Json[] = [
      ...[null, false, 0, -1.5, 1e300, 5e-324, 2 ** 53, '', 'ü😀\u0000'],
      ...[[], {}, [[], [null]], { '': { '#': 1 } }],
    ];
    it.each(values.map((value) => ({ value })))('hold $value', async ({ value }) => {
      const { notes } = await open();
      await notes.write('owner', 'note', value);
      expect((await notes.read('owner', 'note'))?.value).toEqual(value);
    });

    it('are not changed by what their writer does with the value later', async () => {
      const { notes } = await open();
      const value = { list: [1] };
      await notes.write('owner', 'note', value);
      value.list.push(2);
      expect((await notes.read('owner', 'note'))?.value).toEqual({ list: [1] });
    });

    it('without an undefined member', async () => {
      const { notes } = await open();
      await notes.write('owner', 'note', { a: undefined, b: 1 });
      expect((await notes.read('owner', 'note'))?.value).toStrictEqual({ b: 1 });
    });

    it('are written with a version only if they still have it', async () => {
      const { notes } = await open();
      expect(await notes.write('owner', 'note', 'x', { ifVersion: 1 })).toBe(false);
      expect(await notes.read('owner', 'note')).toBeUndefined();
      expect(await notes.write('owner', 'note', 'a', { ifVersion: 0 })).toBe(true);
      expect(await notes.write('owner', 'note', 'x', { ifVersion: 0 })).toBe(false);
      expect(await notes.write('owner', 'note', 'b', { ifVersion: 1 })).toBe(true);
      for (const ifVersion of [0, 1, 3])
        expect(await notes.write('owner', 'note', 'x', { ifVersion })).toBe(false);
      expect(await notes.read('owner', 'note')).toEqual({ name: 'note', value: 'b', version: 2 });
    });

    it('are gone from their time on, and then count as none', async () => {
      const { notes, clock } = await open();
      const expiresAt = new Date(clock.in(1_500));
      await notes.write('owner', 'note', 'a', { expiresAt });
      await notes.write('owner', 'note', 'b', { expiresAt });
      clock.move(1_499);
      expect(await notes.write('owner', 'note', 'x', { ifVersion: 0 })).toBe(false);
      expect((await notes.read('owner', 'note'))?.version).toBe(2);
      clock.move(1);
      expect([await notes.read('owner', 'note'), await notes.list('owner', '')]).toEqual([undefined, []]);
      expect(await notes.write('owner', 'note', 'x', { ifVersion: 2 })).toBe(false);
      expect(await notes.write('owner', 'note', 'c', { ifVersion: 0 })).toBe(true);
      expect(await notes.read('owner', 'note')).toEqual({ name: 'note', value: 'c', version: 1 });
    });

    it('that expired are new again when they are written without a version', async () => {
      const { notes, clock } = await open();
      for (const value of [1, 2])
        await notes.write('owner', 'note', value, { expiresAt: new Date(clock.in(10)) });
      clock.move(10);
      await notes.write('owner', 'note', 3);
      expect(await notes.read('owner', 'note')).toEqual({ name: 'note', value: 3, version: 1 });
    });

    it('stay when they are written again without a time', async () => {
      const { notes, clock } = await open();
      await notes.write('owner', 'note', 1, { expiresAt: new Date(clock.in(10)) });
      await notes.write('owner', 'note', 2);
      clock.move(1_000_000);
      expect((await notes.read('owner', 'note'))?.value).toBe(2);
    });

    it('may be removed, also where there is none, and are new again after it', async () => {
      const { notes } = await open();
      await notes.remove('owner', 'note');
      await notes.write('owner', 'note', 1);
      await notes.write('owner', 'other', 1);
      await notes.remove('owner', 'note');
      expect(await notes.read('owner', 'note')).toBeUndefined();
      expect(await notes.write('owner', 'note', 2, { ifVersion: 0 })).toBe(true);
      expect((await notes.list('owner', '')).map((note) => [note.name, note.version])).toEqual([
        ['note', 1],
        ['other', 1],
      ]);
    });

    it.each([
      { prefix: '', is: ['a', 'blame#1', 'blame#2', 'blame#20', 'blame$', 'due'] },
      { prefix: 'blame#', is: ['blame#1', 'blame#2', 'blame#20'] },
      { prefix: 'blame#', from: 'blame#2', is: ['blame#2', 'blame#20'] },
      { prefix: 'blame#', from: 'a', is: ['blame#1', 'blame#2', 'blame#20'] },
      { prefix: 'blame#', from: 'blame#10', is: ['blame#2', 'blame#20'] },
      { prefix: 'blame#', from: 'blame#3', is: [] },
      { prefix: 'blame#', from: 'c', is: [] },
      { prefix: 'blame#2', is: ['blame#2', 'blame#20'] },
      { prefix: '', from: 'blame$', is: ['blame$', 'due'] },
      { prefix: 'none', is: [] },
    ])('list: with the prefix $prefix, from $from', async ({ prefix, from, is }) => {
      const { notes } = await open();
      for (const each of ['due', 'blame#20', 'a', 'blame$', 'blame#1', 'blame#2'])
        await notes.write('owner', each, each);
      await notes.write('owner2', 'blame#9', 0);
      const found = await notes.list('owner', prefix, from);
      expect(found).toEqual(is.map((each) => ({ name: each, value: each, version: 1 })));
    });

    it('list: odd names in the order of their code units', async () => {
      const { notes } = await open();
      for (const odd of ODD_NAMES) await notes.write('owner', odd, odd);
      const ordered = [...ODD_NAMES].sort();
      expect((await notes.list('owner', '')).map((note) => note.name)).toEqual(ordered);
      for (const odd of ODD_NAMES) {
        const names = (found: readonly { name: string }[]) => found.map((note) => note.name);
        expect(names(await notes.list('owner', odd))).toEqual(ordered.filter((x) => x.startsWith(odd)));
        expect(names(await notes.list('owner', '', odd))).toEqual(ordered.filter((x) => x >= odd));
      }
    });

    it('of owners and with names that are odd are each their own', async () => {
      const { notes } = await open();
      const all = ODD_NAMES.flatMap((odd) => [['owner', odd] as const, [odd, 'name'] as const]);
      for (const [owner, each] of all)
        expect(await notes.write(owner, each, [owner, each], { ifVersion: 0 })).toBe(true);
      for (const [owner, each] of all) expect((await notes.read(owner, each))?.value).toEqual([owner, each]);
      await notes.remove('a', 'name');
      expect(await notes.read('A', 'name')).toBeDefined();
    });

    it('list: some hundred notes of some kilobytes, all of them', async () => {
      const { notes } = await open();
      const names = Array.from({ length: 115 }, (_, i) => `blame#${String(i).padStart(4, '0')}`);
      for (const each of names) await notes.write('owner', each, 'x'.repeat(10_000));
      const found = await notes.list('owner', 'blame#');
      expect(found.map((note) => note.name)).toEqual(names);
    });

    it('of many who write at once with the same version, one does', async () => {
      const there = await place(new StandingClock().read);
      const all = await Promise.all(Array.from({ length: 6 }, () => there.open()));
      for (const ifVersion of [0, 1]) {
        const wrote = await Promise.all(
          all.map(({ notes }, i) => notes.write('owner', 'due', i, { ifVersion })),
        );
        expect(wrote.filter(Boolean)).toHaveLength(1);
        expect(await all[0]!.notes.read('owner', 'due')).toEqual({
          name: 'due',
          value: wrote.indexOf(true),
          version: ifVersion + 1,
        });
      }
    });

    it('of many who write at once without a version, all do', async () => {
      const there = await place(new StandingClock().read);
      const all = await Promise.all(Array.from({ length: 5 }, () => there.open()));
      await Promise.all(all.map(({ notes }, i) => notes.write('owner', 'count', i)));
      await Promise.all(all.map(({ notes }, i) => notes.write('owner', `blame#${i}`, i)));
      expect((await all[0]!.notes.read('owner', 'count'))?.version).toBe(5);
      expect(await all[0]!.notes.list('owner', 'blame#')).toHaveLength(5);
    });
  });
}
