import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What a case is about, as its files tell. */
export type CaseKind = 'demo' | 'aws' | 'kubernetes' | 'terraform' | 'azure' | 'cloudtrail' | 'unknown';

/** A folder with `expected.json`. */
export type CaseFolder = { readonly path: string; readonly name: string; readonly kind: CaseKind };

/** All cases of a folder by name; what lies below a case belongs to it. */
export async function findCases(root: string, name = ''): Promise<CaseFolder[]> {
  const path = join(root, name);
  const entries = await readdir(path, { withFileTypes: true });
  const files = new Set(entries.map((entry) => entry.name));
  if (files.has('expected.json')) return [{ path, name: name === '' ? '.' : name, kind: kindOf(files) }];
  const folders = entries.filter(
    (entry) => entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'),
  );
  const below = await Promise.all(
    folders
      .map((entry) => entry.name)
      .sort()
      .map((each) => findCases(root, name === '' ? each : `${name}/${each}`)),
  );
  return below.flat();
}

function kindOf(files: ReadonlySet<string>): CaseKind {
  if (files.has('account.json')) return files.has('events') ? 'demo' : 'aws';
  if (files.has('manifests') || files.has('manifests-before')) return 'kubernetes';
  if (files.has('plan.json')) return 'terraform';
  if (files.has('nsg-list.json')) return 'azure';
  return files.has('event.json') ? 'cloudtrail' : 'unknown';
}
