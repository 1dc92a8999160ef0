import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readDocuments, type Documents } from '../read/documents.ts';

const MANIFEST = /\.(?:ya?ml|json)$/i;

/**
 * Reads a manifest file, or all `.yaml`, `.yml` and `.json` files below a folder, in the order of their names. Files are called as they are found from
 * the folder.
 *
 * @throws Error as node:fs does if the path cannot be read
 */
export async function readManifests(path: string): Promise<Documents> {
  if (!(await stat(path)).isDirectory()) return readDocuments(await readFile(path, 'utf8'), path);
  const names = (await readdir(path, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && MANIFEST.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const read: Documents[] = [];
  for (const name of names)
    read.push(readDocuments(await readFile(name, 'utf8'), name.slice(join(path, '/').length)));
  return {
    objects: read.flatMap(({ objects }) => objects),
    problems: read.flatMap(({ problems }) => problems),
  };
}
