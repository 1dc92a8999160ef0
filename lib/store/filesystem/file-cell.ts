import { join } from 'node:path';
import type { z } from 'zod';
import type { Cell, Change } from '../cells/cell.ts';
import type { Disk } from './disk.ts';
import type { MakeFile } from './file-maker.ts';

/** How many versions stay. More than others write while one process comes from reading to writing, in all but odd cases. */
const VERSIONS_KEPT = 16;

export type FileCellOptions<T> = {
  readonly disk: Disk;
  readonly folder: string;
  readonly makeFile: MakeFile;
  readonly shape: z.ZodType<T>;
  readonly first: T;
};

/**
 * A value in a folder of files `1.json`, `2.json`, …, of which the highest holds it. A change makes the file of the next number,
 * which the file system lets one process do: no lock, so none that a dead process could leave behind.
 *
 * Old versions are removed from below. So a process that slept from its reading to its writing may make a file that others
 * made and removed long ago. It sees then that versions are far ahead of its own, takes the file away, which is below the
 * highest and so was nobody's value, and begins again.
 */
export function fileCell<T>({ disk, makeFile, folder, shape, first }: FileCellOptions<T>): Cell<T> {
  const pathOf = (version: number): string => join(folder, `${version}.json`);

  const latest = async (): Promise<{ version: number; value: T }> => {
    for (;;) {
      const version = Math.max(0, ...(await versionsIn(disk, folder)));
      if (version === 0) return { version, value: first };
      const bytes = await disk.readFile(pathOf(version));
      // Gone between the two: others wrote that many versions meanwhile.
      if (bytes !== undefined) return { version, value: valueOf(shape, bytes, pathOf(version)) };
    }
  };

  const isMade = async (version: number, value: T): Promise<boolean> => {
    const bytes = Buffer.from(JSON.stringify(value), 'utf8');
    if (!(await makeFile(pathOf(version), bytes))) return false;
    const versions = await versionsIn(disk, folder);
    const highest = Math.max(0, ...versions);
    if (highest - version >= VERSIONS_KEPT) {
      await disk.remove(pathOf(version));
      return false;
    }
    for (const old of versions.filter((x) => x <= highest - VERSIONS_KEPT).toSorted((a, b) => a - b))
      await disk.remove(pathOf(old));
    return true;
  };

  const update = async <R>(change: (value: T) => Change<T, R>): Promise<R> => {
    for (;;) {
      const { version, value } = await latest();
      const next = change(value);
      if (next.value === undefined || (await isMade(version + 1, next.value))) return next.result;
    }
  };
  return { read: async () => (await latest()).value, update };
}

async function versionsIn(disk: Disk, folder: string): Promise<readonly number[]> {
  return (await disk.names(folder)).flatMap((name) => {
    const version = /^([1-9]\d*)\.json$/.exec(name)?.[1];
    return version === undefined ? [] : [Number(version)];
  });
}

function valueOf<T>(shape: z.ZodType<T>, bytes: Buffer, path: string): T {
  try {
    return shape.parse(JSON.parse(bytes.toString('utf8')));
  } catch (cause) {
    throw new Error(
      `${path} is not as Postern wrote it, so what was remembered there cannot be read. ` +
        'Remove this file to go back to the version before it, or its folder to begin anew.',
      { cause },
    );
  }
}
