/**
 * Whether the comparison of engine and oracle would notice mistakes: `npm run mutants`.
 *
 * Plants one mistake at a time in a copy of the project and runs a short comparison there, which must find mismatches. A mutant
 * that survives, or whose text is not found exactly once, makes the exit code 1. So does an unchanged copy with mismatches.
 */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MUTANTS, type Mutant } from './mutants.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COPIED = ['lib', 'test', 'package.json', 'tsconfig.json'];
/** Each in a copy of its own. */
const AT_ONCE = 2;
const PATIENCE_MS = 120_000;

const run = promisify(execFile);
const waiting = [...MUTANTS];
let killed = 0;

const workplaces = await Promise.all(Array.from({ length: AT_ONCE }, copyProject));
try {
  await expectClean(workplaces);
  await Promise.all(workplaces.map(workThrough));
} finally {
  await Promise.all(workplaces.map((workplace) => rm(workplace, { recursive: true, force: true })));
}
console.log(`${String(MUTANTS.length)} mutants, ${String(killed)} killed`);
if (killed < MUTANTS.length) process.exitCode = 1;

async function copyProject(): Promise<string> {
  const workplace = await mkdtemp(path.join(tmpdir(), 'postern-mutants-'));
  for (const name of COPIED) await cp(path.join(ROOT, name), path.join(workplace, name), { recursive: true });
  await symlink(path.join(ROOT, 'node_modules'), path.join(workplace, 'node_modules'));
  return workplace;
}

/** Mismatches prove something only where there are none without a mutant. */
async function expectClean([one = '', other = one]: readonly string[]): Promise<void> {
  const found = await Promise.all([mismatchesIn(one, 'agreement'), mismatchesIn(other, 'unknowns')]);
  if (found.some((text) => text !== '0 mismatches')) throw new Error(`without a mutant: ${found.join(', ')}`);
}

async function workThrough(workplace: string): Promise<void> {
  for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
    const outcome = await outcomeOf(mutant, workplace);
    const isKilled = /^[1-9]\d* mismatches$/.test(outcome);
    if (isKilled) killed += 1;
    console.log(`${isKilled ? 'killed  ' : 'SURVIVED'}  ${mutant.name}: ${outcome}`);
  }
}

async function outcomeOf({ file, find, replace, law }: Mutant, workplace: string): Promise<string> {
  const target = path.join(workplace, file);
  const original = await readFile(target, 'utf8');
  const places = [...original.matchAll(patternOf(find))];
  const [place] = places;
  if (place === undefined || places.length > 1)
    return `its text occurs ${String(places.length)} times in ${file}`;
  const changed = original.slice(0, place.index) + replace + original.slice(place.index + place[0].length);
  try {
    await writeFile(target, changed);
    return await mismatchesIn(workplace, law);
  } finally {
    await writeFile(target, original);
  }
}

/** The text wherever the lines break. */
function patternOf(text: string): RegExp {
  const letters = text.replaceAll(/\s/g, '').split('');
  return new RegExp(
    letters.map((letter) => letter.replace(/[^\w]/, String.raw`\$&`)).join(String.raw`\s*`),
    'g',
  );
}

/** The last line that the comparison prints; what it says on the error stream if it fails. */
async function mismatchesIn(workplace: string, law: Mutant['law']): Promise<string> {
  const tsx = path.join('node_modules', 'tsx', 'dist', 'cli.mjs');
  const script = path.join('test', 'laws', 'mutant-check.ts');
  try {
    const { stdout } = await run(process.execPath, [tsx, script, law], {
      cwd: workplace,
      timeout: PATIENCE_MS,
    });
    return stdout.trim().split('\n').at(-1) ?? '';
  } catch (error) {
    return `did not finish: ${error instanceof Error ? (error.message.split('\n').find((line) => line.includes('Error')) ?? error.message) : String(error)}`;
  }
}
