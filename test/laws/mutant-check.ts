/**
 * A short comparison of engine and oracle, world after world, until one has mismatches: `tsx mutant-check.ts agreement|unknowns|kubernetes [seed…]`.
 *
 * Takes the worlds of these seeds, and if the last argument is `on` then those of the first so many. The last line of what it prints is
 * `SEED MISMATCHES` of that world, or `none`.
 */
import { argv } from 'node:process';
import { compare } from './agreement.ts';
import { compareForgotten, TRACED } from './forgotten.ts';
import { kubernetesMismatches } from './kubernetes/mutant-check.ts';
import type { Mutant } from './mutants.ts';
import { compareRelays } from './oracle/relay-agreement.ts';
import { worldOf } from './oracle/worlds.ts';
import { mayBeUnsure, relayedAnswer } from './relayed-answer.ts';
import { kindOf } from './world-kinds.ts';

type Law = Mutant['law'];

const LAWS: Readonly<
  Record<Law, { readonly worlds: number; readonly mismatchesIn: (seed: number) => number }>
> = {
  agreement: { worlds: 660, mismatchesIn: agreement },
  unknowns: { worlds: 20, mismatchesIn: forgotten },
  kubernetes: { worlds: 60, mismatchesIn: kubernetesMismatches },
};
/** Of a world few questions, of many worlds: mistakes show in few worlds, and there at once. */
const EFFORT = { spread: 200, focused: 250, explained: 8 };

const [law, ...rest] = argv.slice(2);
const { worlds, mismatchesIn } = LAWS[(law as Law | undefined) ?? 'agreement'];
const named = rest.filter((text) => text !== 'on').map(Number);
const further = rest.at(-1) === 'on' ? Array.from({ length: worlds }, (_, seed) => seed) : [];
let found = 'none';
for (const seed of [...named, ...further]) {
  const mismatches = mismatchesIn(seed);
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
