import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileReason, oneLine } from '#sources/shared';
import { CALL_KEYS, type AwsSnapshot } from '../resources/index.ts';
import { decode } from './decode.ts';
import type { FileProblem } from './file-problem.ts';
import { grouped } from './parse-json.ts';
import { readFolder, type FolderFile } from './read-folder.ts';
import { failed, readSnapshotText, type SnapshotFile } from './read-text.ts';

/** A text in memory takes at most about 512 MiB in Node; an account of 10,000 interfaces takes under 100. */
const MOST_BYTES = 400 * 1024 * 1024;
/** An organisation of 50 accounts in 17 Regions, 30 calls each, is about 25,000. */
const MOST_FILES = 50_000;
const DEEPEST_FOLDER = 4;

/**
 * Reads snapshots from a file, or from a folder of `aws … describe-*` outputs. Whatever is wrong with either is in the
 * result; this does not throw. A snapshot knows its file by the last part of the path, so that it is the same wherever it
 * lies; a refusal names the path as it was given.
 */
export async function readSnapshotFile(path: string): Promise<SnapshotFile> {
  const name = oneLine(basename(path) || path);
  const result = await readCalled(path, name);
  if (result.ok) return result;
  const asGiven = (problem: FileProblem): FileProblem =>
    problem.file === name ? { ...problem, file: oneLine(path) } : problem;
  const [first, ...rest] = result.problems;
  return { ok: false, problems: [asGiven(first), ...rest.map(asGiven)] };
}

async function readCalled(path: string, name: string): Promise<SnapshotFile> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return readFolder(await filesBelow(path, '', DEEPEST_FOLDER), name);
    if (found.size > MOST_BYTES)
      return failed(name, `is too large (${grouped(found.size)} bytes; ${grouped(MOST_BYTES)} at most)`);
    const decoded = decode(await readFile(path));
    return decoded.ok
      ? readSnapshotText(decoded.text, name, decoded.byteAt)
      : failed(name, `cannot be read: ${decoded.why}`);
  } catch (error) {
    return failed(name, `cannot be read: ${fileReason(error)}`);
  }
}

export type SnapshotWritten = { readonly ok: true } | { readonly ok: false; readonly problem: FileProblem };

/**
 * Writes snapshots so that `readSnapshotFile` gives them back: one as an object, more as a list. The file appears whole or
 * not at all, and only its owner may read it: a snapshot is a map for a burglar.
 */
export async function writeSnapshotFile(
  path: string,
  snapshots: readonly AwsSnapshot[],
): Promise<SnapshotWritten> {
  let aside: string | undefined;
  try {
    aside = await mkdtemp(join(dirname(path), '.postern-'));
    const part = join(aside, 'part');
    await writeFile(part, formatSnapshots(snapshots), { mode: 0o600 });
    await rename(part, path);
    return { ok: true };
  } catch (error) {
    const message = `cannot be written: ${fileReason(error)}`;
    return { ok: false, problem: { level: 'error', file: oneLine(path), message } };
  } finally {
    if (aside !== undefined) await rm(aside, { recursive: true, force: true });
  }
}

/**
 * The text of a snapshot file. The same snapshots give the same text: keys stand in the catalogue's order. `indent` is for people; what only
 * we read needs none, and is a third shorter.
 */
export function formatSnapshots(snapshots: readonly AwsSnapshot[], indent = 1): string {
  const ordered = snapshots.map((snapshot) => ({
    _meta: snapshot._meta,
    ...Object.fromEntries(CALL_KEYS.flatMap((key) => (key in snapshot ? [[key, snapshot[key]]] : []))),
  }));
  return `${JSON.stringify(ordered.length === 1 ? ordered[0] : ordered, null, indent)}\n`;
}

/** The .json files below a folder, by name, so that the order does not hang on the file system. Links to folders are not followed. */
async function filesBelow(root: string, folder: string, levels: number): Promise<FolderFile[]> {
  const entries = await readdir(`${root}/${folder}`, { withFileTypes: true });
  const files: FolderFile[] = [];
  let bytes = 0;
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory() && levels > 0 && !entry.name.startsWith('.')) {
      files.push(...(await filesBelow(root, `${folder}${entry.name}/`, levels - 1)));
    } else if (entry.isFile() && entry.name.toLowerCase().endsWith('.json')) {
      const content = await readFile(`${root}/${folder}${entry.name}`);
      bytes += content.length;
      if (bytes > MOST_BYTES || files.length >= MOST_FILES)
        throw new Error('the folder holds too much to be read at once');
      files.push({ path: `${folder}${entry.name}`, bytes: content });
    }
  }
  return files;
}
