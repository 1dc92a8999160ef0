import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ODD_NAMES } from './store-samples.ts';
import { StandingClock, type StoreHarness } from './store-place.ts';

export function objectStoreContract(name: string, { place }: StoreHarness): void {
  const objects = async () => (await (await place(new StandingClock().read)).open()).objects;

  describe(`${name}: objects`, () => {
    it('give back what was put, to every process', async () => {
      const there = await place(new StandingClock().read);
      await (await there.open()).objects.put('snapshots/1.json', '{"a":"ü\\u0000😀"}\n');
      expect(await (await there.open()).objects.get('snapshots/1.json')).toBe('{"a":"ü\\u0000😀"}\n');
    });

    it('have nothing under a key that nobody put', async () => {
      expect(await (await objects()).get('snapshots/none.json')).toBeUndefined();
    });

    it.each(['', '\ufeffwith a mark', 'null', 'two\r\nlines'])('keep the text %j as it is', async (text) => {
      const store = await objects();
      await store.put('key', text);
      expect(await store.get('key')).toBe(text);
    });

    it('take the same text again', async () => {
      const store = await objects();
      await store.put('key', 'text');
      await store.put('key', 'text');
      expect(await store.get('key')).toBe('text');
    });

    it('refuse another text under a key, and keep the first', async () => {
      const store = await objects();
      await store.put('findings/1', 'first');
      await expect(store.put('findings/1', 'second')).rejects.toThrow(/findings\/1.*another text/);
      expect(await store.get('findings/1')).toBe('first');
    });

    it('of two who put at once with unlike texts, one has it', async () => {
      const there = await place(new StandingClock().read);
      const stores = await Promise.all(['a', 'b', 'c'].map(() => there.open()));
      const ended = await Promise.allSettled(stores.map((store, i) => store.objects.put('key', `text ${i}`)));
      const winners = ended.flatMap(({ status }, i) => (status === 'fulfilled' ? [`text ${i}`] : []));
      expect(winners).toEqual([await stores[0]?.objects.get('key')]);
    });

    it('may have odd keys, each its own', async () => {
      const store = await objects();
      for (const key of ODD_NAMES) await store.put(key, `text of ${JSON.stringify(key)}`);
      for (const key of ODD_NAMES) expect(await store.get(key)).toBe(`text of ${JSON.stringify(key)}`);
    });

    it('may have long keys, which differ at their ends', async () => {
      const store = await objects();
      const long = 'snapshots/'.repeat(200);
      await store.put(`${long}a`, 'a');
      await store.put(`${long}b`, 'b');
      expect([await store.get(`${long}a`), await store.get(`${long}b`)]).toEqual(['a', 'b']);
    });

    it('may be of 3 MB that hardly shrink', async () => {
      const store = await objects();
      const text = JSON.stringify(randomBytes(2_250_000).toString('base64'));
      await store.put('large', text);
      expect((await store.get('large')) === text).toBe(true);
    });
  });
}
