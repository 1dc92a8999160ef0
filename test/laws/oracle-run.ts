/**
 * The engine against the oracle on many worlds: `npm run oracle -- --checks N --seed S`.
 *
 * Takes world after world from the seed on until that many questions were compared. Exit code 1 at a mismatch.
 */
import { parseArgs } from 'node:util';
import { compare, describeMismatch } from './agreement.ts';
import type { Account } from './oracle/index.ts';
import type { FeatureName, Features } from './oracle/world/features.ts';
import { smallest, worldOf } from './oracle/worlds.ts';
import { kindOf } from './world-kinds.ts';

const { values } = parseArgs({
  options: { checks: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' } },
});
const wanted = wholeNumber('checks', values.checks);
const first = wholeNumber('seed', values.seed);
const REPORT_EVERY = 100_000;
let checks = 0;
let positive = 0;
let vague = 0;
let sharper = 0;
let worlds = 0;
let mismatches = 0;
for (let seed = first; checks < wanted && mismatches === 0; seed += 1) {
  const { name, features } = kindOf(seed);
  const agreement = compare(worldOf(seed, features), seed);
  const before = checks;
  checks += agreement.checks;
  positive += agreement.positive;
  vague += agreement.vague;
  sharper += agreement.sharper;
  mismatches += agreement.mismatches.length;
  worlds += 1;
  for (const mismatch of agreement.mismatches.slice(0, 10)) console.error(describeMismatch(seed, mismatch));
  if (agreement.mismatches.length > 0)
    console.error(`a world with ${name}; still so with only: ${needed(seed, features).join(', ')}`);
  if (Math.floor(checks / REPORT_EVERY) > Math.floor(before / REPORT_EVERY)) {
    console.error(`${String(checks)} of ${String(wanted)}`);
  }
}
console.log(
  `${String(checks)} checks over ${String(worlds)} worlds of all kinds, ${String(positive)} positive, ${String(mismatches)} mismatches; ` +
    `${String(vague)} parts of answers that the engine leaves unknown with a reason, ${String(sharper)} that only it is sure of`,
);
process.exitCode = mismatches === 0 ? 0 : 1;

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
