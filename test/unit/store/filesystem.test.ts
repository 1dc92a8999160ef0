import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { filesystemStores, type Stores } from '#store';
import { realDisk } from '../../../lib/store/filesystem/disk.ts';
import { headAt, IRELAND, ODD_NAMES } from '../../contracts/store-samples.ts';
import { StandingClock } from '../../contracts/store-place.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const clock = new StandingClock().read;

async function filesBelow(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries.filter((x) => x.isFile()).map((x) => relative(root, join(x.parentPath, x.name)));
}

describe('a folder', () => {
  it('is not made by reading', async () => {
    const here = folder();
    const { state, notes, objects } = filesystemStores(here, { clock });
    await Promise.all([state.heads(), state.owed(), notes.list('o', ''), objects.get('k')]);
    await expect(stat(here)).rejects.toThrow(/ENOENT/);
  });

  it('holds everything, whatever keys and owners are called, and only for its owner', async () => {
    const outer = folder();
    const here = join(outer, 'in', 'here');
    const { notes, objects } = filesystemStores(here, { clock });
    for (const odd of [
      ...ODD_NAMES,
      '../../../out',
      '/etc/postern',
      '..\\..\\out',
      'x'.repeat(9_000),
      'nul',
      'A/../../b',
    ]) {
      await objects.put(odd, odd);
      await notes.write(odd, odd, odd);
      expect(await notes.read(odd, odd)).toBeDefined();
    }
    const files = await filesBelow(outer);
    expect(files.every((file) => file.startsWith('in/here/'))).toBe(true);
    expect(files.every((file) => file.split('/').every((part) => part.length < 140))).toBe(true);
    expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(files.length);
    for (const file of files) expect((await stat(join(outer, file))).mode & 0o077, file).toBe(0);
    for (const part of ['', 'objects', 'notes', 'aside'])
      expect((await stat(join(here, part))).mode & 0o077).toBe(0);
  });

  it('keeps a bounded number of old versions and nothing half-made', async () => {
    const here = folder();
    const { notes } = filesystemStores(here, { clock });
    for (let i = 0; i < 40; i += 1) await notes.write('owner', 'note', i);
    const files = await filesBelow(here);
    expect(files).toHaveLength(16);
    expect(files.every((file) => /^notes\/owner\.[0-9a-f]{64}\/(2[5-9]|3\d|40)\.json$/.test(file))).toBe(
      true,
    );
    expect(await readdir(join(here, 'aside'))).toEqual([]);
  });

  it('is rid of what a dead process left, once that is a day old', async () => {
    const here = folder();
    const aside = join(here, 'aside');
    const ages = { old: 25, young: 23 };
    for (const [name, hours] of Object.entries(ages)) {
      await mkdir(join(aside, name), { recursive: true });
      await writeFile(join(aside, name, 'part'), 'half');
      const then = new Date(Date.now() - hours * 3_600_000);
      await utimes(join(aside, name), then, then);
    }
    await filesystemStores(here, { clock }).objects.put('key', 'text');
    expect(await readdir(aside)).toEqual(['young']);
  });

  it('may be a link, and a file in its place is an error', async () => {
    const [here, there] = [folder(), folder()];
    await mkdir(there);
    await symlink(there, here);
    await filesystemStores(here, { clock }).objects.put('key', 'text');
    expect(await filesBelow(there)).toHaveLength(1);
    const file = folder();
    await writeFile(file, '');
    await expect(filesystemStores(file, { clock }).objects.put('key', 'text')).rejects.toThrow();
  });
});

describe('what was damaged from outside', () => {
  it.each(['', '{"heads":[]', '{"heads":[],"outbox":[{}]}', '[]'])(
    'a state of %j is named, with what to do',
    async (text) => {
      const here = folder();
      const { state } = filesystemStores(here, { clock });
      await state.commit(IRELAND, headAt(1));
      await state.commit(IRELAND, headAt(2));
      await writeFile(join(here, 'state', '2.json'), text);
      await expect(state.head(IRELAND)).rejects.toThrow(
        /state\/2\.json is not as Postern wrote it.*Remove this file/,
      );
      await realDisk.remove(join(here, 'state', '2.json'));
      expect(await state.head(IRELAND)).toEqual(headAt(1));
    },
  );

  it('an object is named, and is never a “none”', async () => {
    const here = folder();
    const { objects } = filesystemStores(here, { clock });
    await objects.put('findings/1', 'text');
    const [file = ''] = await filesBelow(here);
    const bytes = await readFile(join(here, file));
    await writeFile(join(here, file), bytes.subarray(0, 12));
    await expect(objects.get('findings/1')).rejects.toThrow(/"findings\/1" is damaged/);
    await expect(objects.put('findings/1', 'text')).rejects.toThrow(/"findings\/1" is damaged/);
  });
});

describe('a process that sleeps between its reading and its writing', () => {
  it.each([1, 15, 16, 17, 40])('while others write %d times, writes over none of them', async (times) => {
    const here = folder();
    const others = filesystemStores(here, { clock });
    await others.notes.write('owner', 'note', 'first');
    let isAsleep = true;
    const sleeper = filesystemStores(here, {
      clock,
      disk: {
        ...realDisk,
        link: async (from, to) => {
          if (isAsleep) for (let i = 0; i < times; i += 1) await others.notes.write('owner', 'note', i);
          isAsleep = false;
          return realDisk.link(from, to);
        },
      },
    });
    expect(await sleeper.notes.write('owner', 'note', 'late', { ifVersion: 1 })).toBe(false);
    expect(await others.notes.read('owner', 'note')).toEqual({
      name: 'note',
      value: times - 1,
      version: times + 1,
    });
    expect(await others.notes.write('owner', 'note', 'next', { ifVersion: times + 1 })).toBe(true);
  });
});

describe('processes of their own', () => {
  const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
  const start = (here: string, times: number): ChildProcess =>
    spawn(process.execPath, ['--import', 'tsx', 'test/unit/store/counting-process.ts', here, String(times)], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  const ended = (child: ChildProcess) =>
    new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const count = async ({ notes }: Stores): Promise<unknown> => (await notes.read('owner', 'count'))?.value;

  it('that count at once count everything', async () => {
    const here = folder();
    const children = [start(here, 40), start(here, 40)];
    children.forEach((child) => child.stdout?.resume());
    expect(await Promise.all(children.map(ended))).toEqual([0, 0]);
    expect(await count(filesystemStores(here, { clock }))).toBe(80);
  });

  it('one that is killed while it writes loses nothing that it was told is written', async () => {
    const here = folder();
    for (let kill = 1; kill <= 3; kill += 1) {
      const stores = filesystemStores(here, { clock });
      const before = Number((await count(stores)) ?? 0);
      const child = start(here, 1_000_000);
      let said = 0;
      for await (const line of createInterface({ input: child.stdout! })) {
        said = Number(line);
        if (said >= before + 7 * kill) child.kill('SIGKILL');
      }
      expect(said).toBeGreaterThanOrEqual(before + 7 * kill);
      // What it wrote and could not say any more may be there too: one.
      expect([said, said + 1]).toContain(await count(stores));
      expect(await stores.notes.write('owner', 'other', kill)).toBe(true);
    }
  }, 120_000);
});
