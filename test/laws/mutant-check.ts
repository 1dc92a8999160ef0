/**
 * A short comparison of engine and oracle, always of the same worlds: `tsx mutant-check.ts agreement|unknowns`.
 *
 * The last line says how many mismatches the first world that has some has.
 */
import { argv } from 'node:process';
import { compare } from './agreement.ts';
import { compareForgotten, TRACED } from './forgotten.ts';
import { compareRelays } from './oracle/relay-agreement.ts';
import { worldOf } from './oracle/worlds.ts';
import { relayedAnswer } from './relayed-answer.ts';
import { kindOf } from './world-kinds.ts';

const isAboutUnknowns = argv[2] === 'unknowns';
const WORLDS = isAboutUnknowns ? 20 : 330;
/** Of a world few questions, of many worlds: mistakes show in few worlds, and there at once. */
const EFFORT = { spread: 200, focused: 250, explained: 4 };

let mismatches = 0;
for (let seed = 0; seed < WORLDS && mismatches === 0; seed += 1) {
  mismatches = isAboutUnknowns ? forgotten(seed) : agreement(seed);
}
console.log(`${String(mismatches)} mismatches`);

function agreement(seed: number): number {
  const { features } = kindOf(seed);
  const targets = worldOf(seed, features);
  const { mismatches: found } = compare(targets, seed, EFFORT);
  if (!features.relays || found.length > 0) return found.length;
  const { wrong, unsure } = compareRelays(targets, seed, 60, relayedAnswer);
  return wrong.length + unsure.length;
}

function forgotten(seed: number): number {
  const targets = worldOf(seed);
  const found = TRACED.map(
    (forgetting) => compareForgotten(targets, seed, forgetting, 120)?.mismatches ?? [],
  );
  return found.flat().length;
}
