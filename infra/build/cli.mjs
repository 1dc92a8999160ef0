/**
 * `npm run build`: bundles the command line into dist/postern.mjs. Postern's own code goes in; npm packages stay outside
 * and come with the installed package, so that their fixes reach users without a new Postern.
 */
import { chmodSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { ownLayers } from './own-layers.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const entry = join(root, 'lib/cli/main.ts');
const outfile = join(root, 'dist/postern.mjs');

await build({
  absWorkingDir: root,
  entryPoints: [entry],
  outfile,
  bundle: true,
  packages: 'external',
  alias: ownLayers(root),
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  keepNames: true,
  legalComments: 'none',
  // esbuild keeps an entry's own first line of this kind.
  banner: readFileSync(entry, 'utf8').startsWith('#!') ? {} : { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
});
chmodSync(outfile, 0o755);
