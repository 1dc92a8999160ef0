import { describe, expect, it } from 'vitest';
import { seeds, TRIES_ALL } from '../seeds.ts';
import { compare, describeMismatch, type Agreement } from './agreement.ts';
import { COMPARED } from './compared.ts';
import { worldOf } from './seeded.ts';
import { ADDRESSES, listWorlds, orderWorlds, tierWorlds } from './worlds/exhaustive.ts';
import type { World } from './worlds/worlds.ts';

const NONE = { checks: 0, allowed: 0, vague: 0, refused: 0 };

/** Adds up what was found, after no mismatch was. */
function agreed(worlds: Iterable<World>, outside?: readonly string[]): typeof NONE {
  const total = { ...NONE };
  for (const world of worlds) {
    const found: Agreement = compare(world, outside);
    expect(found.mismatches.slice(0, 1).map((mismatch) => describeMismatch(world, mismatch))).toEqual([]);
    total.checks += found.checks;
    total.allowed += found.allowed;
    total.vague += found.vague;
    if (found.refused !== undefined) total.refused += 1;
  }
  return total;
}

describe.each(COMPARED)('clusters with %s', (kind) => {
  it('the engine says of every packet what reading the policies for it says', () => {
    const found = agreed(seeds(12, 5).map((seed) => worldOf(kind, seed)));
    expect(found.refused).toBe(0);
    // some fields of the plugins' own policies are blind spots
    expect(found.vague).toBeLessThanOrEqual(kind.startsWith('policies of') ? found.checks / 20 : 0);
    // worlds are no use where everything passes, nor where nothing does
    if (TRIES_ALL) {
      expect(found.allowed).toBeGreaterThan(found.checks / 4);
      expect(found.allowed).toBeLessThan((found.checks * 9) / 10);
    }
  });
});

describe('every way to write a policy for one pair of pods', () => {
  // all of them: npm run oracle:kubernetes -- --all
  it('lists of a NetworkPolicy, one world of each so many', () => {
    const found = agreed(everyNth(listWorlds(), TRIES_ALL ? 97 : 501), ADDRESSES);
    expect(found).toMatchObject({ vague: 0, refused: 0 });
    expect(found.checks).toBeGreaterThan(1000);
  });
  it('two policies of Calico in every order', () => {
    const found = agreed(orderWorlds(), ADDRESSES);
    expect(found).toMatchObject({ vague: 0, refused: 0 });
    expect(found.checks).toBeGreaterThan(1000);
  });

  it('two rules of the admin tier over everything below it', () => {
    const found = agreed(everyNth(tierWorlds(), TRIES_ALL ? 31 : 211), ADDRESSES);
    expect(found).toMatchObject({ vague: 0, refused: 0 });
    expect(found.checks).toBeGreaterThan(1000);
  });
});

function* everyNth(worlds: Iterable<World>, step: number): Generator<World> {
  let at = 0;
  for (const world of worlds) {
    if (at % step === 0) yield world;
    at += 1;
  }
}
