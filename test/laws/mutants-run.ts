/**
 * Whether the comparison of engine and oracle would notice mistakes: `npm run mutants`, `npm run mutants -- --tenth 0` (to 9), or
 * `npm run mutants -- --record`.
 *
 * Plants one mistake at a time in a copy of the project and runs a short comparison there, which must find mismatches in some world. The
 * world that is known to tell it is tried first (`mutants-told.json`, written by `--record`), further ones only if that does not. A mutant
 * that survives, or whose text is not found exactly once, makes the exit code 1; so does a world that has mismatches without a mutant.
 */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { KUBERNETES_MUTANTS } from './kubernetes/mutants.ts';
import { PLUGIN_MUTANTS } from './kubernetes/plugin-mutants.ts';
import { placesOf } from './mutant-places.ts';
import { MUTANTS, type Mutant } from './mutants.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TOLD = fileURLToPath(new URL('mutants-told.json', import.meta.url));
const COPIED = ['lib', 'test', 'package.json', 'tsconfig.json'];
/** Each in a copy of its own. */
const AT_ONCE = 2;
const PATIENCE_MS = 300_000;

const { values } = parseArgs({
  options: { record: { type: 'boolean', default: false }, tenth: { type: 'string' } },
});
const run = promisify(execFile);
const known = JSON.parse(await readFile(TOLD, 'utf8')) as Readonly<Record<string, number>>;
/** The seed of the world that told each mutant. */
const told = new Map<Mutant, number>();
/** All of them, or every tenth from that one on. */
const planted: readonly Mutant[] = [...MUTANTS, ...KUBERNETES_MUTANTS, ...PLUGIN_MUTANTS].filter(
  (_, i) => values.tenth === undefined || i % 10 === Number(values.tenth),
);
const waiting = [...planted];

const workplaces = await Promise.all(Array.from({ length: AT_ONCE }, copyProject));
try {
  await Promise.all(workplaces.map(workThrough));
  await expectClean(workplaces);
} finally {
  await Promise.all(workplaces.map((workplace) => rm(workplace, { recursive: true, force: true })));
}
if (values.record) await record();
console.log(`${String(planted.length)} mutants, ${String(told.size)} killed`);
if (told.size < planted.length) process.exitCode = 1;

async function copyProject(): Promise<string> {
  const workplace = await mkdtemp(path.join(tmpdir(), 'postern-mutants-'));
  for (const name of COPIED) await cp(path.join(ROOT, name), path.join(workplace, name), { recursive: true });
  await symlink(path.join(ROOT, 'node_modules'), path.join(workplace, 'node_modules'));
  return workplace;
}

/** Mismatches prove something only in worlds that have none without a mutant. */
async function expectClean([one = '', other = one]: readonly string[]): Promise<void> {
  const seedsOf = (law: Mutant['law']) => [
    ...new Set([...told].filter(([mutant]) => mutant.law === law).map(([, seed]) => String(seed))),
  ];
  const agreement = seedsOf('agreement');
  const half = Math.ceil(agreement.length / 2);
  const found = await Promise.all([
    check(one, 'agreement', agreement.slice(0, half)),
    check(other, 'agreement', agreement.slice(half)),
  ]);
  found.push(
    await check(one, 'unknowns', seedsOf('unknowns')),
    await check(other, 'kubernetes', seedsOf('kubernetes')),
  );
  if (found.some((text) => text !== 'none')) throw new Error(`without a mutant: ${found.join(', ')}`);
}

async function workThrough(workplace: string): Promise<void> {
  for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
    const outcome = await outcomeOf(mutant, workplace);
    const [, seed, mismatches] = /^(\d+) ([1-9]\d*)$/.exec(outcome) ?? [];
    if (seed !== undefined) told.set(mutant, Number(seed));
    const where = seed === undefined ? outcome : `${String(mismatches)} mismatches, seed ${seed}`;
    const isNew = seed !== undefined && Number(seed) !== known[mutant.name];
    console.log(
      `${seed === undefined ? 'SURVIVED' : 'killed  '}  ${mutant.name}: ${where}${isNew ? ' (not on record)' : ''}`,
    );
  }
}

async function outcomeOf({ name, file, find, replace, law }: Mutant, workplace: string): Promise<string> {
  const target = path.join(workplace, file);
  const original = await readFile(target, 'utf8');
  const places = placesOf(find, original);
  const [place] = places;
  if (place === undefined || places.length > 1)
    return `its text occurs ${String(places.length)} times in ${file}`;
  const changed = original.slice(0, place.index) + replace + original.slice(place.index + place[0].length);
  const first = known[name];
  try {
    await writeFile(target, changed);
    return await check(workplace, law, [...(first === undefined ? [] : [String(first)]), 'on']);
  } finally {
    await writeFile(target, original);
  }
}

/** The last line that the comparison prints; what it says on the error stream if it fails. */
async function check(workplace: string, law: Mutant['law'], seeds: readonly string[]): Promise<string> {
  const tsx = path.join('node_modules', 'tsx', 'dist', 'cli.mjs');
  const script = path.join('test', 'laws', 'mutant-check.ts');
  try {
    const { stdout } = await run(process.execPath, [tsx, script, law, ...seeds], {
      cwd: workplace,
      timeout: PATIENCE_MS,
    });
    return stdout.trim().split('\n').at(-1) ?? '';
  } catch (error) {
    return `did not finish: ${error instanceof Error ? (error.message.split('\n').find((line) => line.includes('Error')) ?? error.message) : String(error)}`;
  }
}

async function record(): Promise<void> {
  const seeds = Object.fromEntries(
    planted.flatMap((mutant) => {
      const seed = told.get(mutant);
      return seed === undefined ? [] : [[mutant.name, seed] as const];
    }),
  );
  await writeFile(
    TOLD,
    await format(JSON.stringify(seeds), { ...(await resolveConfig(TOLD)), parser: 'json' }),
  );
}
