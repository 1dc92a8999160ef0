import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TransportPool, TransportSet } from '#netset';
import { idOf, type Action, type Policy, type Rule } from '#model';
import { certain } from '../../../lib/engine/band.ts';
import { RowPool } from '../../../lib/engine/row-pool.ts';
import { foldTiers, tiersOf } from '../../../lib/engine/tiers.ts';

const POSITIONS = 4;
const at = { source: 'test', account: '', region: '', path: '', id: '' };

/** A rule that matches one port at some positions; in doubt it may match nowhere. */
type Line = {
  readonly action: Action;
  readonly port: number;
  readonly where: readonly number[];
  readonly isDoubtful: boolean;
};
type Sketch = {
  readonly rank: number;
  readonly order: number;
  readonly otherwise: 'deny' | 'next';
  readonly lines: readonly Line[];
};

const line: fc.Arbitrary<Line> = fc.record({
  action: fc.constantFrom<Action>('allow', 'deny', 'pass'),
  port: fc.constantFrom(1, 2),
  where: fc.subarray([0, 1, 2, 3]),
  isDoubtful: fc.boolean(),
});
const sketch: fc.Arbitrary<Sketch> = fc.record({
  rank: fc.constantFrom(1, 2, 3),
  order: fc.nat(2),
  otherwise: fc.constantFrom('deny', 'next'),
  lines: fc.array(line, { maxLength: 4 }),
});

/** What somebody who reads the policies one after the other says of one point; `matches` settles the doubtful ones. */
function answer(
  policies: readonly Sketch[],
  port: number,
  position: number,
  matches: (line: Line) => boolean,
): boolean {
  const ranks = [...new Set(policies.map(({ rank }) => rank))].sort((a, b) => a - b);
  for (const rank of ranks) {
    const tier = policies.filter((policy) => policy.rank === rank).toSorted((a, b) => a.order - b.order);
    const hit = tier
      .flatMap(({ lines }) => lines)
      .find(
        (each) => each.port === port && each.where.includes(position) && (!each.isDoubtful || matches(each)),
      );
    if (hit?.action === 'allow') return true;
    if (hit?.action === 'deny') return false;
    if (hit === undefined && tier.some(({ otherwise }) => otherwise === 'deny')) return false;
  }
  return true;
}

function policyOf(
  { rank, order, otherwise, lines }: Sketch,
  i: number,
  applies: 'ingress' | 'egress' = 'ingress',
): Policy {
  const rules = lines.map(({ action, port }, j): Rule => ({
    id: idOf<'rule'>(`${String(i)} ${String(j)}`),
    direction: 'ingress',
    action,
    selector: { kind: 'anyone' },
    transport: TransportSet.tcp(port),
    description: '',
    at,
  }));
  return {
    id: idOf<'policy'>(String(i)),
    name: '',
    kind: 'tiered',
    tier: { rank, name: '', order, applies: [applies], otherwise },
    rules,
    isDefault: false,
    tags: new Map(),
    at,
  };
}

function folded(sketches: readonly Sketch[]) {
  const rows = new RowPool(new TransportPool(), POSITIONS);
  const policies = sketches.map((each, i) => policyOf(each, i));
  const lineOf = new Map<string, Line>(
    sketches.flatMap(({ lines }, i) => lines.map((each, j) => [`${String(i)} ${String(j)}`, each] as const)),
  );
  const band = foldTiers(rows, tiersOf(policies, 'ingress'), (rules) => {
    const paint = (isCounted: (line: Line) => boolean) =>
      rules.reduce((sum, rule) => {
        const own = lineOf.get(rule.id);
        if (own === undefined || !isCounted(own)) return sum;
        const spans = own.where.map((position) => [position, position + 1] as const);
        return rows.union(sum, rows.paint(spans, rows.sets.intern(rule.transport)));
      }, rows.none);
    return [paint(({ isDoubtful }) => !isDoubtful), paint(() => true)];
  });
  return { rows, band };
}

describe('tiers folded to rows', () => {
  it('say what reading them in order says, whichever doubtful rules match', () => {
    fc.assert(
      fc.property(fc.array(sketch, { maxLength: 4 }), (drawn) => {
        // equal orders are not ordered: give each its own
        const sketches = drawn.map((each, i) => ({ ...each, order: i }));
        const { rows, band } = folded(sketches);
        const doubtful = sketches.flatMap(({ lines }) => lines).filter(({ isDoubtful }) => isDoubtful);
        for (let world = 0; world < 2 ** doubtful.length; world += 1) {
          const matches = (each: Line): boolean => ((world >> doubtful.indexOf(each)) & 1) === 1;
          for (const port of [1, 2, 3]) {
            for (let position = 0; position < POSITIONS; position += 1) {
              const truth = answer(sketches, port, position, matches);
              const [sure, possible] = band.map((row) => rows.sets.has(rows.at(row, position), port));
              if (sure === true) expect(truth).toBe(true);
              if (truth) expect(possible).toBe(true);
            }
          }
        }
        if (doubtful.length > 0) return;
        expect(band[0]).toBe(band[1]);
      }),
      { numRuns: 150 },
    );
  });

  it('pass skips the rest of its tier and no other', () => {
    const { rows, band } = folded([
      {
        rank: 1,
        order: 0,
        otherwise: 'next',
        lines: [
          { action: 'pass', port: 1, where: [0], isDoubtful: false },
          { action: 'deny', port: 1, where: [0, 1], isDoubtful: false },
        ],
      },
      {
        rank: 2,
        order: 0,
        otherwise: 'deny',
        lines: [{ action: 'allow', port: 1, where: [0, 1], isDoubtful: false }],
      },
    ]);
    expect([0, 1].map((position) => rows.sets.has(rows.at(band[0], position), 1))).toEqual([true, false]);
  });

  it('leave out policies about the other direction', () => {
    const shut = policyOf({ rank: 1, order: 0, otherwise: 'deny', lines: [] }, 0, 'egress');
    const rows = new RowPool(new TransportPool(), POSITIONS);
    expect(foldTiers(rows, tiersOf([shut], 'ingress'), () => certain(rows.none))).toEqual([
      rows.all,
      rows.all,
    ]);
    expect(foldTiers(rows, tiersOf([shut], 'egress'), () => certain(rows.none))).toEqual([
      rows.none,
      rows.none,
    ]);
  });
});
