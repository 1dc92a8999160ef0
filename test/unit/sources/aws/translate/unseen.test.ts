import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TransportSet } from '#netset';
import { analyse, connectivity, egress, exposures } from '#engine';
import type { Network } from '#model';
import { translate, type AwsSnapshot } from '#sources/aws';
import { groupRing } from '../../../../bench/world/hostile.ts';
import { placesOf, replaceAt, valueAt, type Path } from './places.ts';

/**
 * What was not seen may make an answer unknown, never wrong: whatever surely passes truly passes, and whatever truly passes
 * may possibly pass.
 */
type Answers = { readonly network: Network; readonly sets: ReadonlyMap<string, Answer> };
type Answer = {
  readonly ends: readonly string[];
  readonly family: 4 | 6;
  readonly sure: TransportSet;
  readonly possible: TransportSet;
};

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

function answersOf(snapshots: readonly AwsSnapshot[]): Answers {
  const network = translate(snapshots);
  const analysis = analyse(network);
  const sets = new Map<string, Answer>();
  for (const { from, to, family, sure, possible } of connectivity(analysis)) {
    sets.set(`${from} to ${to} IPv${String(family)}`, { ends: [from, to], family, sure, possible });
  }
  for (const [way, found] of [
    ['from', exposures(analysis)],
    ['to', egress(analysis)],
  ] as const) {
    for (const { endpoint, family, ...reach } of found) {
      const [sure, possible] = [reach.sure, reach.possible].map((parts) =>
        TransportSet.unionOf(parts.map(({ transport }) => transport)),
      );
      sets.set(`internet ${way} ${endpoint.id} IPv${String(family)}`, {
        ends: [endpoint.id],
        family,
        sure: sure!,
        possible: possible!,
      });
    }
  }
  return { network, sets };
}

/** The answers about things that both know which no truth can explain. */
function wrongIn(seen: Answers, whole: Answers): string[] {
  const wrong: string[] = [];
  for (const [what, { ends, family, sure }] of whole.sets) {
    if (!ends.every((id) => hasAddress(seen.network, id, family))) continue;
    if (!sure.isSubsetOf(seen.sets.get(what)?.possible ?? TransportSet.NONE)) wrong.push(`lost: ${what}`);
  }
  // What only narrows lets things count as open that may be closed, and says so.
  if ([...seen.network.blindSpots.values()].some(({ effect }) => effect === 'only-narrows')) return wrong;
  for (const [what, { ends, family, sure }] of seen.sets) {
    if (!ends.every((id) => hasAddress(whole.network, id, family))) continue;
    if (!sure.isSubsetOf(whole.sets.get(what)?.possible ?? TransportSet.NONE)) wrong.push(`made up: ${what}`);
  }
  return wrong;
}

function hasAddress({ endpoints }: Network, id: string, family: 4 | 6): boolean {
  const endpoint = [...endpoints.values()].find((each) => each.id === id);
  return endpoint?.addresses.some(({ first }) => first.family === family) === true;
}

function changed(path: Path, value: unknown): AwsSnapshot {
  const account = structuredClone(demo);
  replaceAt(account, path, value);
  return account;
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
}
