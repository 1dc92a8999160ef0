import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AwsSnapshot } from '#sources/aws';
import { groupRing } from '../../../../bench/world/hostile.ts';
import { answersOf, wrongIn } from './answers.ts';
import { placesOf, replaceAt, valueAt, type Path } from './places.ts';

/**
 * What was not seen may make an answer unknown, never wrong: whatever surely passes truly passes, and whatever truly passes
 * may possibly pass.
 */
const demo = JSON.parse(readFileSync('examples/demo-account/account.json', 'utf8')) as AwsSnapshot;
const truth = answersOf([demo]);

describe('an answer', () => {
  it.each(Object.keys(demo).filter((call) => call !== '_meta'))('without %s', (call) => {
    const rest = Object.fromEntries(Object.entries(demo).filter(([key]) => key !== call)) as AwsSnapshot;
    expect(wrongIn(answersOf([rest]), truth)).toEqual([]);
  });

  it('without all calls but the interfaces', () => {
    const { _meta, DescribeNetworkInterfaces } = demo;
    expect(wrongIn(answersOf([{ _meta, DescribeNetworkInterfaces } as AwsSnapshot]), truth)).toEqual([]);
  });

  // An address that cannot be read cannot be asked about, and names and times change no answer.
  const silent =
    /Addresses|PrivateIp|Tag|Description$|Time$|Arn|Name$|Mac|Dns|Placement|Metadata|Monitoring|Listeners|TargetHealth/;
  const places = placesOf(demo).filter((path) => path[0] !== '_meta' && !silent.test(path.join('.')));
  const odd: readonly unknown[] = [42, true, 'odd', { odd: { deep: [1] } }, ['odd']];

  it('where one thing is of another type than it should be', () => {
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.constantFrom(...odd), (path, value) => {
        fc.pre(kindOf(value) !== kindOf(valueAt(demo, path)));
        expect(wrongIn(answersOf([changed(path, value)]), truth)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it.each([0, 1, 2])('without account %i of three that name each other', (index) => {
    const ring = groupRing() as unknown as AwsSnapshot[];
    expect(wrongIn(answersOf(ring.toSpliced(index, 1)), answersOf(ring))).toEqual([]);
  });
});

function changed(path: Path, value: unknown): AwsSnapshot {
  const account = structuredClone(demo);
  replaceAt(account, path, value);
  return account;
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
}
