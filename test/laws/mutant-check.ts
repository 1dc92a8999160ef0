/**
 * A short comparison of engine and oracle, always of the same worlds: `tsx mutant-check.ts agreement|unknowns`.
 *
 * The last line says how many mismatches the first world that has some has.
 */
import { argv } from 'node:process';
import { compare } from './agreement.ts';
import { compareForgotten } from './forgotten.ts';
import { FORGETTINGS } from './oracle/forget.ts';
import { worldOf } from './oracle/worlds.ts';

const WORLDS = 120;
const UNFILTERED = { transitGatewayInterfaces: true, loadBalancersWithoutGroups: true };

let mismatches = 0;
for (let seed = 0; seed < WORLDS && mismatches === 0; seed += 1) {
  mismatches = argv[2] === 'unknowns' ? forgotten(seed) : agreement(seed);
}
console.log(`${String(mismatches)} mismatches`);

function agreement(seed: number): number {
  return compare(worldOf(seed, seed % 4 === 0 ? UNFILTERED : {}), seed).mismatches.length;
}

/** One of the rules that were garbled, one of the answers and so on, in turn. */
function forgotten(seed: number): number {
  const targets = worldOf(seed);
  return FORGETTINGS.filter(({ name }) => !UNTRACED.has(name))
    .map((forgetting) => compareForgotten(targets, seed, forgetting, 100)?.mismatches.length ?? 0)
    .reduce((sum, count) => sum + count, 0);
}
