import { join } from 'node:path';
import type { ObjectStore } from '../contracts.ts';
import { gunzipText, gzipText } from '../gzip-text.ts';
import { KeyReused } from '../key-reused.ts';
import type { Disk } from './disk.ts';
import type { MakeFile } from './file-maker.ts';
import { fileName } from './file-name.ts';

/** One gzipped file an object. */
export function fileObjects(disk: Disk, makeFile: MakeFile, folder: string): ObjectStore {
  const pathOf = (key: string): string => join(folder, `${fileName(key)}.gz`);
  const get = async (key: string): Promise<string | undefined> => {
    const bytes = await disk.readFile(pathOf(key));
    return bytes === undefined ? undefined : gunzipText(bytes, key);
  };
  return {
    get,
    put: async (key, text) => {
      if (await makeFile(pathOf(key), await gzipText(text))) return;
      if ((await get(key)) !== text) throw new KeyReused(key);
    },
  };
}
