/**
 * A short comparison of engine and oracle, always of the same worlds: `tsx mutant-check.ts agreement|unknowns`.
 *
 * The last line says how many mismatches the first world that has some has.
 */
import { argv } from 'node:process';
import { compare } from './agreement.ts';
import { compareForgotten, TRACED } from './forgotten.ts';
import { worldOf } from './oracle/worlds.ts';

const isAboutUnknowns = argv[2] === 'unknowns';
const WORLDS = isAboutUnknowns ? 20 : 120;
const UNFILTERED = { transitGatewayInterfaces: true, loadBalancersWithoutGroups: true };

let mismatches = 0;
for (let seed = 0; seed < WORLDS && mismatches === 0; seed += 1) {
  mismatches = isAboutUnknowns ? forgotten(seed) : agreement(seed);
}
console.log(`${String(mismatches)} mismatches`);

function agreement(seed: number): number {
  return compare(worldOf(seed, seed % 4 === 0 ? UNFILTERED : {}), seed).mismatches.length;
}

function forgotten(seed: number): number {
  const targets = worldOf(seed);
  const found = TRACED.map(
    (forgetting) => compareForgotten(targets, seed, forgetting, 120)?.mismatches ?? [],
  );
  return found.flat().length;
}
