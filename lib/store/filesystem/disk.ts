import { link, mkdir, mkdtemp, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What the store asks of a disk. Each is one step for the disk: it is done, or it is not. */
export type Disk = {
  readonly makeFolder: (path: string) => Promise<void>;
  /** A new folder with a name that nobody else has. */
  readonly makeOwnFolder: (prefix: string) => Promise<string>;
  /** Writes a file of one's own and waits until the disk has it. */
  readonly writeFile: (path: string, bytes: Uint8Array) => Promise<void>;
  /** Gives a file a second name. False if that name is taken. */
  readonly link: (from: string, to: string) => Promise<boolean>;
  /** Takes a file or folder away, if it is there. */
  readonly remove: (path: string) => Promise<void>;
  /** `undefined` if there is no such file. */
  readonly readFile: (path: string) => Promise<Buffer | undefined>;
  /** The names in a folder; none if there is no such folder. */
  readonly names: (path: string) => Promise<readonly string[]>;
  /** When it was last changed, by the disk's clock; `undefined` if it is not there. */
  readonly changedAt: (path: string) => Promise<number | undefined>;
};

/** Only their owner may look into the files: a snapshot is a map for a burglar. */
const OWNER_ONLY = { folder: 0o700, file: 0o600 } as const;

export const realDisk: Disk = {
  makeFolder: async (path) => {
    await mkdir(path, { recursive: true, mode: OWNER_ONLY.folder });
  },
  makeOwnFolder: (prefix) => mkdtemp(prefix),
  writeFile: async (path, bytes) => {
    const file = await open(path, 'wx', OWNER_ONLY.file);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  link: async (from, to) => {
    const isMade = await unless('EEXIST', link(from, to).then(yes), false);
    if (isMade) await syncFolder(dirname(to));
    return isMade;
  },
  remove: (path) => rm(path, { recursive: true, force: true }),
  readFile: (path) => unless('ENOENT', readFile(path), undefined),
  names: (path) => unless('ENOENT', readdir(path), []),
  changedAt: (path) =>
    unless(
      'ENOENT',
      stat(path).then(({ mtimeMs }) => mtimeMs),
      undefined,
    ),
};

const yes = (): boolean => true;

async function unless<T, E>(code: string, work: Promise<T>, otherwise: E): Promise<T | E> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === code) return otherwise;
    throw error;
  }
}

/** A name is on the disk once its folder is. Where a folder cannot be opened (Windows) the system sees to it. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  try {
    await folder?.sync();
  } finally {
    await folder?.close();
  }
}
