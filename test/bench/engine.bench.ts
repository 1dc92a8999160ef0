/**
 * What an answer costs beside reading the text it is drawn from. Runs alone in a process that `run.ts` starts, one for each
 * world: `node --import tsx test/bench/engine.bench.ts FILE time|memory`, and prints one JSON document.
 */
import { readFileSync } from 'node:fs';
import { analyse, cellOf, exposures, HostGraph, SURE, type Analysis } from '#engine';
import { translate } from '../../lib/sources/aws/translate/index.ts';
import { Random } from './world/random.ts';

/** One account and Region as text: all calls, and of them those that say who carries which groups and what these admit. */
type Texts = { readonly whole: string; readonly groups: string };

export type Timed = {
  readonly megabytes: { readonly whole: number; readonly groups: number };
  /** Median milliseconds by step. */
  readonly median: Readonly<Record<StepName, number>>;
  /** Slowest over fastest run by step: how much to believe the medians. */
  readonly spread: Readonly<Record<StepName, number>>;
  /** Fastest run by step: what a busy machine disturbs least. */
  readonly fastest: Readonly<Record<StepName, number>>;
  /** Asked for the first time, and again. */
  readonly nanosecondsPerCell: readonly [first: number, again: number];
  readonly counts: Readonly<Record<CountName, number>>;
};

export type Remembered = { readonly peakMegabytes: number; readonly startMegabytes: number };

export type StepName = 'parse all' | 'parse groups' | 'translate' | 'build' | 'internet' | 'lateral';

export type CountName = 'endpoints' | 'rules' | 'positions' | 'rows' | 'runs' | 'sets' | 'exposed' | 'fallen';

/** The first warm up the compiler. No collection is forced between steps: that would throw compiled code away too. */
const ROUNDS = 7;
const CELLS = 500_000;

function textsOf(file: string): Texts {
  const whole = readFileSync(file, 'utf8');
  const { DescribeSecurityGroups, DescribeNetworkInterfaces } = JSON.parse(whole) as Record<string, unknown>;
  return { whole, groups: JSON.stringify({ DescribeSecurityGroups, DescribeNetworkInterfaces }) };
}

/** An analysis with the rows of every place in both families, from which all answers are read. */
function build(network: Parameters<typeof analyse>[0]): Analysis {
  const analysis = analyse(network);
  for (const plane of analysis.planes) {
    plane.axis.places.forEach((_, position) => {
      if (plane.endpointAt(position) !== undefined) plane.classOf(position);
    });
  }
  return analysis;
}

type Account = Parameters<typeof translate>[0][number];

function fallenOf(analysis: Analysis): number {
  return new HostGraph(analysis).fallsFrom({ kind: 'internet' }).length;
}

function time(texts: Texts): Timed {
  const runs = new Map<StepName, number[]>();
  const take = <T>(step: StepName, run: () => T): T => {
    const start = performance.now();
    const result = run();
    const times = runs.get(step) ?? [];
    times.push(performance.now() - start);
    runs.set(step, times);
    return result;
  };
  let last: Timed['counts'] | undefined;
  let nanosecondsPerCell: Timed['nanosecondsPerCell'] = [Number.NaN, Number.NaN];
  for (let round = 0; round < ROUNDS; round += 1) {
    take('parse groups', () => JSON.parse(texts.groups) as unknown);
    const account = take('parse all', () => JSON.parse(texts.whole) as Account);
    const network = take('translate', () => translate([account]));
    const analysis = take('build', () => build(network));
    const exposed = take('internet', () => exposures(analysis)).length;
    const fallen = take('lateral', () => fallenOf(analysis));
    if (round === ROUNDS - 1) nanosecondsPerCell = nanosecondsPerCellOf(analysis);
    last = countsOf(analysis, exposed, fallen);
  }
  const of = (pick: (times: number[]) => number) =>
    Object.fromEntries([...runs].map(([step, times]) => [step, pick(times)])) as Record<StepName, number>;
  return {
    megabytes: { whole: Buffer.byteLength(texts.whole) / 1e6, groups: Buffer.byteLength(texts.groups) / 1e6 },
    median: of((times) => times.toSorted((a, b) => a - b)[times.length >> 1]!),
    spread: of((times) => Math.max(...times) / Math.min(...times)),
    fastest: of((times) => Math.min(...times)),
    nanosecondsPerCell,
    counts: last!,
  };
}

/** Cells of places drawn at random. */
function nanosecondsPerCellOf({ planes }: Analysis): Timed['nanosecondsPerCell'] {
  const [plane] = planes;
  if (plane === undefined) throw new Error('an analysis has a plane for each family');
  const known = plane.axis.places.flatMap((_, position) =>
    plane.endpointAt(position) === undefined ? [] : [position],
  );
  const random = new Random(7, 'cells');
  const drawn = Int32Array.from({ length: 2 * CELLS }, () => random.pick(known));
  const ask = (): number => {
    const start = performance.now();
    for (let i = 0; i < drawn.length; i += 2) cellOf(plane, drawn[i] ?? 0, drawn[i + 1] ?? 0, SURE);
    return ((performance.now() - start) * 1e6) / CELLS;
  };
  return [ask(), ask()];
}

function countsOf({ network, planes }: Analysis, exposed: number, fallen: number): Timed['counts'] {
  const sum = (count: (plane: Analysis['planes'][number]) => number) =>
    planes.reduce((total, plane) => total + count(plane), 0);
  return {
    endpoints: network.endpoints.size,
    rules: [...network.policies.values()].reduce((total, { rules }) => total + rules.length, 0),
    positions: sum(({ axis }) => axis.length),
    rows: sum(({ rows }) => rows.statistics.rows),
    runs: sum(({ rows }) => rows.statistics.runs),
    // both families keep their sets in one pool
    sets: planes[0]?.rows.sets.size ?? 0,
    exposed,
    fallen,
  };
}

/** The peak of a process that reads the text once and answers. */
function remember(file: string): Remembered {
  const startMegabytes = peakMegabytes();
  const analysis = build(translate([JSON.parse(readFileSync(file, 'utf8')) as Account]));
  exposures(analysis);
  fallenOf(analysis);
  return { peakMegabytes: peakMegabytes(), startMegabytes };
}

function peakMegabytes(): number {
  return process.resourceUsage().maxRSS / 1024;
}

const [file, mode] = process.argv.slice(2);
if (file === undefined) throw new Error('which file?');
console.log(JSON.stringify(mode === 'memory' ? remember(file) : time(textsOf(file))));
