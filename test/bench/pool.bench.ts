/**
 * What one operator of TransportPool costs: remembered, and asked for the first time; beside the same on values.
 * Run: npx tsx test/bench/pool.bench.ts
 */
import { TransportPool, TransportSet } from '#netset';
import type { SetId } from '#netset';

const SETS = 400;
const ROUNDS = 9;

/** Repeatable numbers in 0 … bound − 1. */
function sequence(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

/** The shape of real rules: a few ports or short ranges of TCP, sometimes UDP or ICMP. */
function realisticSets(count: number): TransportSet[] {
  const below = sequence(7);
  return Array.from({ length: count }, () =>
    TransportSet.unionOf(
      Array.from({ length: 1 + below(6) }, () => {
        const port = below(60_000);
        const kind = below(10);
        if (kind === 0) return TransportSet.icmp(below(20));
        return kind < 3
          ? TransportSet.udp(port)
          : TransportSet.tcp(port, port + (below(2) === 0 ? 0 : below(2_000)));
      }),
    ),
  );
}

function medianNs(asks: number, run: () => void): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = process.hrtime.bigint();
    run();
    return Number(process.hrtime.bigint() - start) / asks;
  });
  return times.sort((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN;
}

const values = realisticSets(SETS);
const pairs = SETS * SETS;
let kept = 0;

function everyPair(ids: readonly SetId[], ask: (a: SetId, b: SetId) => number | boolean): void {
  for (const a of ids) for (const b of ids) kept += Number(ask(a, b));
}

const pool = new TransportPool();
const ids = values.map((value) => pool.intern(value));
const rows: [string, number][] = [];

rows.push([
  'first asking: union',
  medianNs(pairs, () => {
    const fresh = new TransportPool();
    const freshIds = values.map((value) => fresh.intern(value));
    everyPair(freshIds, (a, b) => fresh.union(a, b));
  }),
]);
const asks: [string, (a: SetId, b: SetId) => number | boolean][] = [
  ['union', (a, b) => pool.union(a, b)],
  ['intersect', (a, b) => pool.intersect(a, b)],
  ['subtract', (a, b) => pool.subtract(a, b)],
  ['overlaps', (a, b) => pool.overlaps(a, b)],
  ['isSubset', (a, b) => pool.isSubset(a, b)],
  ['has', (a, b) => pool.has(a, b * 150)],
];
for (const [name, ask] of asks) {
  everyPair(ids, ask);
  rows.push([name, medianNs(pairs, () => everyPair(ids, ask))]);
}
/** A few pairs asked again and again, as a path search does: the memory stays in the processor's cache. */
const few = ids.slice(0, 40);
rows.push([
  'intersect, few sets',
  medianNs(few.length ** 2 * 100, () => {
    for (let i = 0; i < 100; i++) everyPair(few, (a, b) => pool.intersect(a, b));
  }),
]);
rows.push([
  'values: union',
  medianNs(pairs, () => {
    for (const a of values) for (const b of values) kept += a.union(b).spans.length;
  }),
]);

for (const [name, ns] of rows) process.stdout.write(`${name.padEnd(24)} ${ns.toFixed(1).padStart(8)} ns\n`);
process.stdout.write(`${pool.size} sets, ${(pool.bytes / 2 ** 20).toFixed(1)} MiB, check ${kept % 997}\n`);
