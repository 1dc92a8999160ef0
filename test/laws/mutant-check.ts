/**
 * A short comparison of engine and oracle, world after world, until one has mismatches: `tsx mutant-check.ts agreement|unknowns [seed…]`.
 *
 * Takes the worlds of these seeds, and if the last argument is `on` then those of the first so many. The last line of what it prints is
 * `SEED MISMATCHES` of that world, or `none`.
 */
import { argv } from 'node:process';
import { compare } from './agreement.ts';
import { compareForgotten, TRACED } from './forgotten.ts';
import { compareRelays } from './oracle/relay-agreement.ts';
import { worldOf } from './oracle/worlds.ts';
import { mayBeUnsure, relayedAnswer } from './relayed-answer.ts';
import { kindOf } from './world-kinds.ts';

const [law, ...rest] = argv.slice(2);
const isAboutUnknowns = law === 'unknowns';
const WORLDS = isAboutUnknowns ? 20 : 660;
/** Of a world few questions, of many worlds: mistakes show in few worlds, and there at once. */
const EFFORT = { spread: 200, focused: 250, explained: 8 };

const named = rest.filter((text) => text !== 'on').map(Number);
const further = rest.at(-1) === 'on' ? Array.from({ length: WORLDS }, (_, seed) => seed) : [];
let found = 'none';
for (const seed of [...named, ...further]) {
  const mismatches = isAboutUnknowns ? forgotten(seed) : agreement(seed);
  if (mismatches === 0) continue;
  found = `${String(seed)} ${String(mismatches)}`;
  break;
}
console.log(found);

function agreement(seed: number): number {
  const { features } = kindOf(seed);
  const targets = worldOf(seed, features);
  const { mismatches } = compare(targets, seed, EFFORT);
  if (!features.relays || mismatches.length > 0) return mismatches.length;
  const { wrong, unsure } = compareRelays(targets, seed, 100, relayedAnswer);
  return wrong.length + unsure.filter((question) => !mayBeUnsure(targets, question)).length;
}

function forgotten(seed: number): number {
  const targets = worldOf(seed);
  const all = TRACED.map((forgetting) => compareForgotten(targets, seed, forgetting, 120)?.mismatches ?? []);
  return all.flat().length;
}
