import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readDocuments, type Documents } from '../read/documents.ts';

const MANIFEST = /\.(?:ya?ml|json)$/i;

/**
 * Reads a manifest file, or all `.yaml`, `.yml` and `.json` files below a folder, in the order of their names. Files are called as they are found from
 * the folder. Links are followed, and each file is read once by whatever names: a mounted ConfigMap is made of links. A file or folder within that cannot be read is a problem and the
 * others are read.
 *
 * @throws Error as node:fs does if the path itself cannot be read
 */
export async function readManifests(path: string): Promise<Documents> {
  if (!(await stat(path)).isDirectory()) return readDocuments(await readFile(path, 'utf8'), path);
  const walked = await walk(path, '', new Set([await realpath(path)]));
  const read: Documents[] = [];
  for (const name of [...walked.files.values()].sort()) read.push(await readOne(path, name));
  return {
    objects: read.flatMap(({ objects }) => objects),
    problems: [...walked.problems, ...read.flatMap(({ problems }) => problems)],
  };
}

/** Manifests by where they really are, each with the shortest of its names from the root. */
type Walked = { readonly files: ReadonlyMap<string, string>; readonly problems: Documents['problems'] };

/** The manifests below a folder. @throws Error if the root cannot be read */
async function walk(root: string, below: string, seen: Set<string>): Promise<Walked> {
  const files = new Map<string, string>();
  const add = (real: string, name: string): void => {
    const known = files.get(real);
    if (known === undefined || name.length < known.length) files.set(real, name);
  };
  const problems: Documents['problems'][number][] = [];
  for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
    const name = join(below, entry.name);
    try {
      const kind = entry.isSymbolicLink() ? await stat(join(root, name)) : entry;
      if (kind.isFile() && MANIFEST.test(entry.name)) add(await realpath(join(root, name)), name);
      if (!kind.isDirectory()) continue;
      const real = await realpath(join(root, name));
      if (seen.has(real)) continue;
      seen.add(real);
      const within = await walk(root, name, seen);
      for (const [file, found] of within.files) add(file, found);
      problems.push(...within.problems);
    } catch (error) {
      // a link that leads nowhere matters where its name is a manifest's
      if (!entry.isSymbolicLink() || MANIFEST.test(entry.name)) problems.push(...unreadable(name, error));
    }
  }
  return { files, problems };
}

async function readOne(root: string, name: string): Promise<Documents> {
  try {
    return readDocuments(await readFile(join(root, name), 'utf8'), name);
  } catch (error) {
    return { objects: [], problems: unreadable(name, error) };
  }
}

function unreadable(file: string, error: unknown): Documents['problems'] {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why =
    code === 'EACCES' || code === 'EPERM'
      ? 'reading it is not allowed'
      : code === 'ENOENT'
        ? 'it is a link to nothing'
        : code === 'ELOOP'
          ? 'its links go in a circle'
          : error instanceof Error
            ? error.message
            : String(error);
  return [{ kind: 'unreadable', at: { file }, object: '', field: '', message: `cannot be read: ${why}` }];
}
