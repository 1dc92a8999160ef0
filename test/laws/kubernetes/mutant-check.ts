import { compare } from './agreement.ts';
import { COMPARED } from './compared.ts';
import { worldOf } from './seeded.ts';
import { ADDRESSES, orderWorlds } from './worlds/exhaustive.ts';

const ORDERED = [...orderWorlds()];

/** What is wrong about the world of each kind with that seed: that the engine no longer knows
 * much, or does not take the world, is as wrong as a mismatch. */
export function kubernetesMismatches(seed: number): number {
  let wrong = 0;
  for (const kind of COMPARED) {
    const { mismatches, vague, refused } = compare(worldOf(kind, seed));
    // some fields of the plugins' own policies are blind spots
    const isLost = refused !== undefined || (vague > 0 && !kind.startsWith('policies of'));
    wrong += mismatches.length + (isLost ? 1 : 0);
  }
  // what few drawn worlds show
  const ordered = ORDERED[seed];
  return wrong + (ordered === undefined ? 0 : compare(ordered, ADDRESSES).mismatches.length);
}
