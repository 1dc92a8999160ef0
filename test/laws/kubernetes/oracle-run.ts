/**
 * The engine against the oracle for Kubernetes: `npm run oracle:kubernetes -- --checks N --seed S`, or `-- --all` for every world of the
 * small grammar.
 *
 * Takes a world of each kind in turn from the seed on until that many questions were compared, and stops at the first that has a
 * mismatch, which it prints as manifests. Exit code 1 at a mismatch.
 */
import { parseArgs } from 'node:util';
import { compare, describeMismatch, type Agreement } from './agreement.ts';
import { COMPARED } from './compared.ts';
import { smallest, worldOf } from './seeded.ts';
import { ADDRESSES, listWorlds, orderWorlds, tierWorlds } from './worlds/exhaustive.ts';
import type { World } from './worlds/worlds.ts';

const { values } = parseArgs({
  options: {
    checks: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    all: { type: 'boolean', default: false },
  },
});
const wanted = wholeNumber('checks', values.checks);
const first = wholeNumber('seed', values.seed);
const total = {
  worlds: 0,
  checks: 0,
  allowed: 0,
  open: 0,
  shut: 0,
  vague: 0,
  veiled: 0,
  refused: 0,
  mismatches: 0,
};
if (values.all) enumerated();
else drawn();
console.log(
  `${String(total.checks)} checks over ${String(total.worlds)} worlds, ${String(total.allowed)} allowed, ${String(total.mismatches)} mismatches; ` +
    `${String(total.open)} that the documents leave open, of which the engine denies ${String(total.shut)}; ` +
    `${String(total.vague + total.veiled)} that the engine leaves open, ${String(total.vague)} of them without a reason in the world; ` +
    `${String(total.refused)} worlds that the translation refuses`,
);
process.exitCode = total.mismatches === 0 ? 0 : 1;

function drawn(): void {
  for (let seed = first; total.checks < wanted && total.mismatches === 0; seed += 1) {
    const kind = COMPARED[seed % COMPARED.length];
    if (kind === undefined) return;
    if (!count(compare(worldOf(kind, seed)))) continue;
    console.error(`seed ${String(seed)}, a world with ${kind}:`);
    report(smallest(kind, seed, (found) => found.mismatches.length > 0));
  }
}

function enumerated(): void {
  for (const world of [...listWorlds(), ...tierWorlds(), ...orderWorlds()]) {
    if (!count(compare(world, ADDRESSES))) continue;
    report(world, ADDRESSES);
    return;
  }
}

/** Whether there are mismatches. */
function count(found: Agreement): boolean {
  total.worlds += 1;
  total.checks += found.checks;
  total.allowed += found.allowed;
  total.open += found.open;
  total.shut += found.shut;
  total.veiled += found.veiled;
  total.vague += found.vague;
  total.mismatches += found.mismatches.length;
  if (found.refused !== undefined) {
    total.refused += 1;
    console.error(`refused: ${found.refused}`);
  }
  return found.mismatches.length > 0;
}

function report(world: World, outside?: readonly string[]): void {
  const [mismatch] = compare(world, outside).mismatches;
  if (mismatch !== undefined) console.error(describeMismatch(world, mismatch));
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new RangeError(`--${name} is a whole number, not ${text}`);
  return number;
}
