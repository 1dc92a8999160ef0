/**
 * The engine against the oracle on many worlds: `npm run oracle -- --checks N --seed S --jobs J`.
 *
 * Takes world after world from the seed on until that many questions were compared. Exit code 1 at a mismatch. Each of several jobs
 * is a process of its own, which takes every J-th world until it has put its part of the questions, so that a run is always of the
 * same worlds.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compare, describeMismatch } from './agreement.ts';
import type { Account } from './oracle/index.ts';
import { compareRelays } from './oracle/relay-agreement.ts';
import type { FeatureName, Features } from './oracle/world/features.ts';
import { smallest, worldOf } from './oracle/worlds.ts';
import { mayBeUnsure, relayedAnswer } from './relayed-answer.ts';
import { kindOf } from './world-kinds.ts';

type Sum = Record<'checks' | 'worlds' | 'positive' | 'mismatches' | 'vague' | 'sharper', number>;

const NOTHING: Sum = { checks: 0, worlds: 0, positive: 0, mismatches: 0, vague: 0, sharper: 0 };
const REPORT_EVERY = 100_000;
const RELAY_QUESTIONS = 120;

const { values } = parseArgs({
  options: {
    checks: { type: 'string', default: '2000000' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    job: { type: 'string' },
  },
});
const wanted = wholeNumber('checks', values.checks);
const first = wholeNumber('seed', values.seed);
const jobs = Math.max(1, wholeNumber('jobs', values.jobs));

if (values.job === undefined) {
  const sum = jobs === 1 ? compareShare(0) : await inJobs();
  console.log(
    `${String(sum.checks)} checks over ${String(sum.worlds)} worlds of all kinds, ${String(sum.positive)} positive, ${String(sum.mismatches)} mismatches; ` +
      `${String(sum.vague)} parts of answers that the engine leaves unknown with a reason, ${String(sum.sharper)} that only it is sure of`,
  );
  process.exitCode = sum.mismatches === 0 ? 0 : 1;
} else {
  process.send?.(compareShare(wholeNumber('job', values.job)));
}

/** Every job's part in a process of its own; a mismatch in one ends the others. */
async function inJobs(): Promise<Sum> {
  const children: ChildProcess[] = [];
  const args = ['--checks', values.checks, '--seed', values.seed, '--jobs', String(jobs)];
  const sums = await Promise.all(
    Array.from(
      { length: jobs },
      (_, job) =>
        new Promise<Sum>((resolve, reject) => {
          const child = fork(fileURLToPath(import.meta.url), [...args, '--job', String(job)]);
          let sum: Sum | undefined;
          children.push(child);
          child.on('message', (message: Sum) => {
            sum = message;
            if (message.mismatches > 0) for (const other of children) if (other !== child) other.kill();
          });
          child.on('error', reject);
          child.on('exit', (code) => {
            if (sum !== undefined) resolve(sum);
            else if (child.killed) resolve(NOTHING);
            else reject(new Error(`job ${String(job)} ended without a word: exit code ${String(code)}`));
          });
        }),
    ),
  );
  return sums.reduce(add);
}

function compareShare(job: number): Sum {
  let sum = NOTHING;
  const share = Math.ceil(wanted / jobs);
  for (let seed = first + job; sum.checks < share && sum.mismatches === 0; seed += jobs) {
    const { name, features } = kindOf(seed);
    const targets = worldOf(seed, features);
    const { checks, positive, vague, sharper, mismatches } = compare(targets, seed);
    const before = sum.checks;
    sum = add(sum, { checks, worlds: 1, positive, mismatches: mismatches.length, vague, sharper });
    for (const mismatch of mismatches.slice(0, 10)) console.error(describeMismatch(seed, mismatch));
    if (features.relays) sum = add(sum, relayed(targets, seed));
    if (mismatches.length > 0)
      console.error(`a world with ${name}; still so with only: ${needed(seed, features).join(', ')}`);
    if (Math.floor(sum.checks / REPORT_EVERY) > Math.floor(before / REPORT_EVERY)) {
      const part = jobs === 1 ? '' : ` in part ${String(job + 1)}`;
      console.error(`${String(sum.checks)} of ${String(share)}${part}`);
    }
  }
  return sum;
}

function relayed(targets: readonly Account[], seed: number): Sum {
  const { checks, positive, wrong, unsure } = compareRelays(targets, seed, RELAY_QUESTIONS, relayedAnswer);
  const mismatches = [...wrong, ...unsure.filter((question) => !mayBeUnsure(targets, question))];
  for (const question of mismatches.slice(0, 10))
    console.error(`seed ${String(seed)}: by a load balancer: ${JSON.stringify(question)}`);
  const vague = wrong.length + unsure.length - mismatches.length;
  return { ...NOTHING, checks, positive, vague, mismatches: mismatches.length };
}

function add(a: Sum, b: Sum): Sum {
  const sum = { ...a };
  for (const name of Object.keys(sum) as (keyof Sum)[]) sum[name] += b[name];
  return sum;
}

/** The features without which the engine and the oracle would agree on this seed. */
function needed(seed: number, features: Features): string[] {
  const fails = (targets: Account[]) => compare(targets, seed).mismatches.length > 0;
  const left = smallest(seed, fails, features).features;
  return Object.keys(left).filter((name) => left[name as FeatureName]);
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new RangeError(`--${name} is a whole number, not ${text}`);
  return number;
}
