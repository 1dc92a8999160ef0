/**
 * The oracle against a corpus of manifests with the connections that another analyser reports for them:
 * `npm run oracle:kubernetes:corpus -- FOLDER`. Exit code 1 where they differ.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { differences, isAboutIngress, type Case } from './corpus-case.ts';
import { readManifests } from './corpus-manifests.ts';

const [corpus] = process.argv.slice(2);
if (corpus === undefined) throw new TypeError('which folder holds the corpus?');

const counts = { cases: 0, rows: 0, ingress: 0, differing: 0 };
for (const group of foldersIn(corpus)) {
  for (const name of foldersIn(path.join(corpus, group))) {
    const at = path.join(corpus, group, name);
    const expected = JSON.parse(readFileSync(path.join(at, 'expected.json'), 'utf8')) as Partial<Case>;
    const { connections, options = {} } = expected;
    if (connections === undefined) continue;
    const found = differences(readManifests(path.join(at, 'manifests')), { connections, options });
    for (const text of found.slice(0, 10)) console.error(`${group}/${name}: ${text}`);
    counts.cases += 1;
    counts.rows += connections.length;
    counts.ingress += connections.filter(isAboutIngress).length;
    if (found.length > 0) counts.differing += 1;
  }
}
console.log(
  `${String(counts.cases)} cases with ${String(counts.rows)} rows, ${String(counts.differing)} cases differ; ` +
    `${String(counts.ingress)} rows through an Ingress were not asked`,
);
process.exitCode = counts.cases > 0 && counts.differing === 0 ? 0 : 1;

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((each) => each.isDirectory())
    .map((each) => each.name);
}
