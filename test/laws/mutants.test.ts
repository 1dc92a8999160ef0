import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { KUBERNETES_MUTANTS } from './kubernetes/mutants.ts';
import { PLUGIN_MUTANTS } from './kubernetes/plugin-mutants.ts';
import { placesOf } from './mutant-places.ts';
import { MUTANTS } from './mutants.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

it.each([...MUTANTS, ...KUBERNETES_MUTANTS, ...PLUGIN_MUTANTS])(
  'the mistake "$name" finds its place in $file',
  async ({ file, find }) => {
    expect(placesOf(find, await readFile(`${ROOT}${file}`, 'utf8'))).toHaveLength(1);
  },
);
