import { describe, expect, it } from 'vitest';
import type { AwsSnapshot } from '#sources/aws';
import { answersOf, wrongIn } from './answers.ts';
import { faultsOf } from './integrity.ts';
import { placesOf, replaceAt, valueAt } from './places.ts';
import { wideWorld } from './wide-world.ts';

/** As in unseen.test.ts, over networks that are joined by a transit gateway and to private sites. */
const world = wideWorld();
const truth = answersOf(world);
const INDEXES = [0, 1] as const;

describe('an answer across a transit gateway', () => {
  it('is known where everything was read', () => {
    expect(truth.sets.get('eni-1 to eni-2 IPv4')?.sure.toString()).toBe('tcp 22,443');
    expect(truth.sets.get('eni-2 to eni-1 IPv4')?.sure.toString()).toBe('all traffic');
  });

  it.each(INDEXES)('without account %i', (index) => {
    expect(wrongIn(answersOf(world.toSpliced(index, 1)), truth)).toEqual([]);
  });

  it.each(
    INDEXES.flatMap((index) =>
      Object.keys(world[index]!)
        .filter((call) => call !== '_meta')
        .map((call) => [index, call] as const),
    ),
  )('account %i without %s', (index, call) => {
    const rest = Object.fromEntries(Object.entries(world[index]!).filter(([key]) => key !== call));
    const seen = answersOf(world.with(index, rest as AwsSnapshot));
    expect(faultsOf(seen.network)).toEqual([]);
    expect(wrongIn(seen, truth)).toEqual([]);
  });

  const silent = /PrivateIp|Tag|Description$|Arn|Name$|CustomerGateway/;
  const places = INDEXES.flatMap((index) =>
    placesOf(world[index])
      .filter((path) => path[0] !== '_meta' && !silent.test(path.join('.')))
      .map((path) => [index, path] as const),
  );
  it.each(INDEXES)('account %i where one thing is of another type than it should be', (of) => {
    const wrong = places.flatMap(([index, path]) => {
      if (index !== of || typeof valueAt(world[index], path) === 'number') return [];
      const account = structuredClone(world[index]!);
      replaceAt(account, path, 42);
      const seen = answersOf(world.with(index, account));
      const faults = [...faultsOf(seen.network), ...wrongIn(seen, truth)];
      return faults.length === 0 ? [] : [`${path.join('.')}: ${faults.join(', ')}`];
    });
    expect(wrong).toEqual([]);
  });
});
