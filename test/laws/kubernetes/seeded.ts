import fc from 'fast-check';
import { compare, type Agreement } from './agreement.ts';
import { WORLDS, type World, type WorldKind } from './worlds/worlds.ts';

/** The world of a seed: always the same one. */
export function worldOf(kind: WorldKind, seed: number): World {
  const [world = []] = fc.sample(fc.noBias(WORLDS[kind]), { seed, numRuns: 1 });
  return world;
}

/** A world that fails as that of a seed does, with as little in it as still fails. */
export function smallest(kind: WorldKind, seed: number, fails: (found: Agreement) => boolean): World {
  const result = fc.check(
    fc.property(fc.noBias(WORLDS[kind]), (world) => !fails(compare(world))),
    { seed, numRuns: 1 },
  );
  return result.counterexample?.[0] ?? worldOf(kind, seed);
}
