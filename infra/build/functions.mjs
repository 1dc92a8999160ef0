/**
 * `npm run build:functions`: bundles each functions/*.ts into dist/functions/<name>/index.mjs, with the AWS SDK in it, so that
 * the version that was tested is the version that runs, and puts postern.yml beside it (an empty one where there is none).
 *
 * Fails if what Lambda would unzip is too big: the size of the archive decides how long a cold start takes.
 */
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { build } from 'esbuild';
import { ownLayers } from './own-layers.mjs';

const MOST_ZIPPED_BYTES = 1_500_000;

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const outdir = join(root, 'dist/functions');
const names = readdirSync(join(root, 'functions'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => basename(file, '.ts'));

rmSync(outdir, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: names.map((name) => ({ in: join('functions', `${name}.ts`), out: `${name}/index` })),
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  alias: { ...ownLayers(root), ...notInMails(root) },
  platform: 'node',
  format: 'esm',
  mainFields: ['module', 'main'],
  // Lambda runs Node 24; the tests run the same files on the oldest Node that the project supports.
  target: 'node20.19',
  minify: true,
  keepNames: true,
  legalComments: 'none',
  // React holds itself twice, and the one for development is slower and as large again
  define: { 'process.env.NODE_ENV': '"production"' },
  sourcemap: 'external',
  // CommonJS packages in the bundle ask for built-in modules by `require`, which an ES module does not have.
  banner: {
    js: "import{createRequire as posternRequire}from'node:module';const require=posternRequire(import.meta.url);",
  },
  logLevel: 'warning',
});

const configuration = join(root, 'postern.yml');
const tooBig = [];
for (const name of names) {
  const copy = join(outdir, name, 'postern.yml');
  if (existsSync(configuration)) copyFileSync(configuration, copy);
  else writeFileSync(copy, '# No postern.yml at the time of packaging: every setting has its default.\n');

  const code = readFileSync(join(outdir, name, 'index.mjs'));
  const zipped = deflateRawSync(code).length + deflateRawSync(readFileSync(copy)).length;
  console.log(`functions: ${name} ${kilobytes(code.length)} kB, ${kilobytes(zipped)} kB zipped`);
  if (zipped > MOST_ZIPPED_BYTES) tooBig.push(name);
}
if (names.length === 0) console.error('functions: there is no functions/*.ts to bundle');
if (tooBig.length > 0)
  console.error(
    `functions: over ${kilobytes(MOST_ZIPPED_BYTES)} kB zipped: ${tooBig.join(', ')}. ` +
      'See what is in it with esbuild’s --analyze; `import { z } from "zod"` alone brings 370 kB of languages.',
  );
process.exitCode = names.length > 0 && tooBig.length === 0 ? 0 : 1;

/**
 * React Email's one package brings all of its parts, and with them Tailwind, two highlighters of code and a pretty-printer: 1.2 MB that the mail does not use
 * and that its imports keep, since it is loaded as a whole.
 */
function notInMails(root) {
  const nothing = join(root, 'infra/build/nothing.mjs');
  return Object.fromEntries(
    ['tailwind', 'code-block', 'code-inline', 'markdown', 'render'].map((part) => [
      `@react-email/${part}`,
      nothing,
    ]),
  );
}

function kilobytes(bytes) {
  return Math.ceil(bytes / 1000);
}
