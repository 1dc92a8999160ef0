import { describe, expect, it } from 'vitest';
import { FORGETTINGS } from './forget.ts';
import { interpret } from './index.ts';
import type { Account } from './index.ts';
import { someQuestions } from './questions.ts';
import { worldOf } from './worlds.ts';

const SEEDS = Array.from({ length: 80 }, (_, seed) => seed);

const WORLDS = SEEDS.map((seed) => worldOf(seed));

function forgotten({ apply }: (typeof FORGETTINGS)[number]): [full: Account[], poorer: Account[]][] {
  return WORLDS.flatMap((full, seed) => {
    const poorer = apply(full, seed);
    return poorer === undefined ? [] : [[full, poorer]];
  });
}

describe.each(FORGETTINGS)('$name', (forgetting) => {
  const worlds = forgotten(forgetting);

  it('takes something away, leaves the world as it was, and repeats itself', () => {
    expect(worlds.length).toBeGreaterThan(20);
    for (const [full, poorer] of worlds) expect(poorer).not.toEqual(full);
    expect(forgotten(forgetting)).toEqual(worlds);
    expect(WORLDS.slice(0, 10)).toEqual(SEEDS.slice(0, 10).map((seed) => worldOf(seed)));
  });

  it('keeps the targets and all that is not concerned', () => {
    for (const [full, poorer] of worlds) {
      expect(poorer.map((target) => target._meta?.region)).toEqual(
        full.map((target) => target._meta?.region),
      );
      expect(poorer.map((target) => target.DescribeNetworkInterfaces)).toEqual(
        full.map((target) => target.DescribeNetworkInterfaces),
      );
    }
  });
});

describe('what was not read', () => {
  it.each(FORGETTINGS.filter(({ name }) => /^(Describe|Get)/.test(name)))(
    '$name says so in the target',
    (forgetting) => {
      for (const [, poorer] of forgotten(forgetting)) {
        const call = forgetting.name as keyof Account;
        const blind = poorer.filter((target) => target[call] === undefined);
        expect(blind).toHaveLength(1);
        expect(blind[0]?._meta?.blindSpots).toEqual([{ code: 'call-failed', call, why: 'AccessDenied' }]);
      }
    },
  );

  it('matters: taken for whole, some poorer world gives other answers', () => {
    const indifferent = FORGETTINGS.filter(
      (forgetting) =>
        !forgotten(forgetting).some(([full, poorer], seed) => {
          const [all, less] = [interpret(full), interpret(poorer)];
          return [...someQuestions(full, 150, seed)].some(
            (question) => all.ask(question).session !== less.ask(question).session,
          );
        }),
    );
    // The oracle reads neither lists' names nor VPCs and subnets; an engine may
    expect(indifferent.map(({ name }) => name)).toEqual([
      'DescribeManagedPrefixLists',
      'DescribeSubnets',
      'DescribeVpcs',
    ]);
  });
});
