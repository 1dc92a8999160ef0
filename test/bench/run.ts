/**
 * Prints what the engine costs on invented accounts, as ratios taken in one process: `npm run bench [-- --large] [-- WORLD …]`.
 * Without names M and Mflat are measured, with `--large` L too. With `--pass` it is a pass of the service instead, from the event to the alert,
 * over M if no world is named; with `--cluster` a cluster of 5,000 pods and 500 policies, from its YAML to lists and paths. Absolute times depend on the machine; nothing is asserted.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Remembered, StepName, Timed } from './engine.bench.ts';
import type { PassRemembered, PassTimed } from './pass.bench.ts';
import type { ClusterTimed } from './cluster.bench.ts';
import { showCluster } from './cluster/report.ts';
import { clusterYaml, LARGE_CLUSTER } from './cluster/world.ts';
import { showPass } from './pass/report.ts';
import { isWorldName, WORLDS, type WorldName } from './world/sizes.ts';
import { buildWorld } from './world/world.ts';

type Measured = { readonly world: WorldName; readonly timed: Timed; readonly remembered: Remembered };

const BENCH = fileURLToPath(new URL('./engine.bench.ts', import.meta.url));
const CLUSTER_BENCH = fileURLToPath(new URL('./cluster.bench.ts', import.meta.url));
const PASS_BENCH = fileURLToPath(new URL('./pass.bench.ts', import.meta.url));

function measure(world: WorldName, folder: string): Measured {
  const file = join(folder, `${world}.json`);
  writeFileSync(file, JSON.stringify(buildWorld(WORLDS[world])));
  return { world, timed: child(file, 'time') as Timed, remembered: child(file, 'memory') as Remembered };
}

/** A process of its own for each world, so that no world runs on what another left: types seen by the compiler, memory. */
function child(file: string, mode: 'time' | 'memory', bench = BENCH): unknown {
  const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', bench, file, mode], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`${mode} ended with ${String(status)}`);
  return JSON.parse(stdout) as unknown;
}

function passOver(world: WorldName, folder: string): void {
  const file = join(folder, `${world}.json`);
  writeFileSync(file, JSON.stringify(buildWorld(WORLDS[world])));
  const timed = child(file, 'time', PASS_BENCH) as PassTimed;
  showPass(world, timed, child(file, 'memory', PASS_BENCH) as PassRemembered);
}

function overCluster(folder: string): void {
  const file = join(folder, 'cluster.yaml');
  writeFileSync(file, clusterYaml(LARGE_CLUSTER));
  showCluster(child(file, 'time', CLUSTER_BENCH) as ClusterTimed);
}

type Row = readonly [label: string, cell: (measured: Measured) => string];

const STEPS: readonly StepName[] = ['parse groups', 'parse all', 'translate', 'build', 'internet', 'lateral'];

/** Build, internet exposure and the fall from the internet: what the engine adds to reading. */
function answered({ build, internet, lateral }: Timed['median']): number {
  return build + internet + lateral;
}

const times = (n: number): string => `${n.toFixed(2)}x`;
const whole = (n: number): string => Math.round(n).toLocaleString('en');

const ROWS: readonly Row[] = [
  ...(['endpoints', 'rules', 'positions', 'rows', 'runs', 'sets', 'exposed', 'fallen'] as const).map(
    (name): Row => [name, ({ timed }) => whole(timed.counts[name])],
  ),
  ['runs per rule', ({ timed: { counts } }) => (counts.runs / counts.rules).toFixed(2)],
  [
    'MB of JSON, of it groups and interfaces',
    ({ timed: { megabytes } }) => `${megabytes.whole.toFixed(1)}, ${megabytes.groups.toFixed(1)}`,
  ],
  ...STEPS.map((step): Row => [
    `${step}, ms (slowest/fastest)`,
    ({ timed }) => `${timed.median[step].toFixed(1)} (${timed.spread[step].toFixed(1)})`,
  ]),
  ['translate / parse all', ({ timed: { median } }) => times(median.translate / median['parse all'])],
  ['build / parse groups', ({ timed: { median } }) => times(median.build / median['parse groups'])],
  ['internet / build', ({ timed: { median } }) => times(median.internet / median.build)],
  ['lateral / build', ({ timed: { median } }) => times(median.lateral / median.build)],
  [
    'build + internet + lateral / parse groups',
    ({ timed }) => times(answered(timed.median) / timed.median['parse groups']),
  ],
  [
    'build + internet + lateral / parse all',
    ({ timed }) => times(answered(timed.median) / timed.median['parse all']),
  ],
  [
    'translate and the three / parse all',
    ({ timed }) => times((timed.median.translate + answered(timed.median)) / timed.median['parse all']),
  ],
  [
    'build + internet + lateral / parse groups, fastest runs',
    ({ timed }) => times(answered(timed.fastest) / timed.fastest['parse groups']),
  ],
  ['ns per cell, first asked and again', ({ timed }) => timed.nanosecondsPerCell.map(whole).join(', ')],
  [
    'peak RSS, MB (before reading)',
    ({ remembered }) => `${whole(remembered.peakMegabytes)} (${whole(remembered.startMegabytes)})`,
  ],
];

function show(measured: readonly Measured[]): void {
  const lines = [
    ['', ...measured.map(({ world }) => world)],
    ...ROWS.map(([label, cell]) => [label, ...measured.map(cell)]),
  ];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  for (const line of lines) {
    console.log(
      line
        .map((text, column) => (column === 0 ? text.padEnd(widths[0]!) : text.padStart(widths[column]!)))
        .join('  '),
    );
  }
  const flat = measured.find(({ world }) => world === 'Mflat');
  const usual = measured.find(({ world }) => world === 'M');
  if (flat !== undefined && usual !== undefined) {
    const { timed } = flat;
    const of = usual.timed;
    console.log(
      `Mflat / M: build ${times(timed.median.build / of.median.build)}, runs ${times(timed.counts.runs / of.counts.runs)}`,
    );
  }
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    large: { type: 'boolean', default: false },
    pass: { type: 'boolean', default: false },
    cluster: { type: 'boolean', default: false },
  },
});
const wrong = positionals.filter((name) => !isWorldName(name));
if (wrong.length > 0)
  throw new Error(`no world ${wrong.join(', ')}: there are ${Object.keys(WORLDS).join(', ')}`);
const chosen = positionals.length > 0 ? positionals.filter(isWorldName) : (['M', 'Mflat'] as const);
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  if (values.cluster) overCluster(folder);
  else if (values.pass)
    for (const world of positionals.length > 0 ? chosen : (['M'] as const)) passOver(world, folder);
  else show([...chosen, ...(values.large ? (['L'] as const) : [])].map((world) => measure(world, folder)));
} finally {
  rmSync(folder, { recursive: true });
}
