/**
 * How often each thing decides an answer, over many worlds: `tsx test/laws/oracle/weights-run.ts [worlds] [questions]`.
 */
import { FEATURE_NAMES, onlyWith } from './world/features.ts';
import { REMOVALS, weigh } from './weights.ts';
import { worldOf } from './worlds.ts';

const [worlds = 300, questions = 600] = process.argv.slice(2).map(Number);
const everything = onlyWith(FEATURE_NAMES);
const found = weigh(
  REMOVALS,
  Array.from({ length: worlds }, (_, seed) => worldOf(seed, everything)),
  questions,
);
console.log(`of ${String(worlds)} worlds with every feature | opens | closes`);
for (const [name, { opens, closes }] of found) console.log(`${name} | ${String(opens)} | ${String(closes)}`);
