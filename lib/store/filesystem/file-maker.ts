import { dirname, join } from 'node:path';
import type { Disk } from './disk.ts';

/**
 * Makes a file that is whole from the first moment that anybody sees it. False if there is a file of that name: of two who
 * make it at once, one does.
 */
export type MakeFile = (path: string, bytes: Uint8Array) => Promise<boolean>;

const A_DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Files are written in a folder of one's own below `aside`, which has to be on the same disk, and get their name when they are
 * whole. A process that dies leaves at most such a folder; the first write of a process clears those that are a day old.
 */
export function fileMaker(disk: Disk, aside: string): MakeFile {
  let isCleared = false;
  return async (path, bytes) => {
    await disk.makeFolder(aside);
    const own = await disk.makeOwnFolder(join(aside, 'write-'));
    try {
      if (!isCleared) await clear(disk, aside);
      isCleared = true;
      const part = join(own, 'part');
      await disk.writeFile(part, bytes);
      await disk.makeFolder(dirname(path));
      return await disk.link(part, path);
    } finally {
      await disk.remove(own);
    }
  };
}

/** Both times are the disk's, whose clock need not be ours. */
async function clear(disk: Disk, aside: string): Promise<void> {
  const now = await disk.changedAt(aside);
  for (const name of await disk.names(aside)) {
    const then = await disk.changedAt(join(aside, name));
    if (now !== undefined && then !== undefined && now - then > A_DAY_MS)
      await disk.remove(join(aside, name));
  }
}
