/**
 * `npm run page`: bundles the code and style of the HTML report into lib/report/html/page-bundle.json, with the hashes by which the report's
 * policy lets them run. The file is checked in, so that the sources run without a build; with `--check` it is compared and fails if it is old.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = join(root, 'lib/report/html/page');
const file = join(root, 'lib/report/html/page-bundle.json');

async function bundled(entry) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join(folder, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    // the browsers of the last three years
    target: ['chrome112', 'firefox115', 'safari16.4'],
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning',
  });
  const text = outputFiles[0].text.trim();
  // either would end the element that the text stands in
  if (/<\/(script|style)|<!--/i.test(text))
    throw new Error(`${entry}: the bundle holds the end of its own element`);
  return { text, hash: `sha256-${createHash('sha256').update(text).digest('base64')}` };
}

const script = await bundled('main.ts');
const style = await bundled('style.css');
const bundle = { script: script.text, scriptHash: script.hash, style: style.text, styleHash: style.hash };
const text = `${JSON.stringify(bundle, null, 2)}\n`;
if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
  console.log(`page: script ${script.text.length} bytes, style ${style.text.length} bytes`);
} else if (readFileSync(file, 'utf8') !== text) {
  console.error('lib/report/html/page-bundle.json is not what lib/report/html/page says: run `npm run page`');
  process.exitCode = 1;
}
