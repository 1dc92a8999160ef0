/** Measures one cluster in a process of its own and prints it as JSON: `cluster.bench.ts FILE`. Run by run.ts. */
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { analyse, connectivity, HostGraph } from '#engine';
import { readDocuments, translate } from '#sources/kubernetes';

export type ClusterStep = 'parse' | 'translate' | 'list' | 'paths';
export type ClusterTimed = {
  readonly counts: Readonly<Record<'objects' | 'workloads' | 'policies' | 'connections' | 'paths', number>>;
  readonly megabytes: number;
  readonly median: Readonly<Record<ClusterStep, number>>;
};

/** What takes seconds is run less often than what takes milliseconds; the first run is for the compiler. */
const RUNS = 3;

function run(text: string): { ms: Record<ClusterStep, number>; counts: ClusterTimed['counts'] } {
  const times: number[] = [performance.now()];
  const { objects } = readDocuments(text, 'bench.yaml');
  times.push(performance.now());
  const { network, problems } = translate({ name: 'bench', objects });
  if (problems.length > 0) throw new Error(`invalid: ${problems[0]!.field} ${problems[0]!.message}`);
  times.push(performance.now());
  const analysis = analyse(network);
  let connections = 0;
  for (const { possible } of connectivity(analysis)) if (!possible.isEmpty) connections += 1;
  times.push(performance.now());
  const graph = new HostGraph(analysis);
  const target = [...network.endpoints.values()].findLast(({ role }) => role === 'database');
  const paths = target === undefined ? [] : graph.pathsTo({ kind: 'internet' }, target.host);
  times.push(performance.now());
  const [parse = 0, translated = 0, list = 0, found = 0] = times.slice(1).map((time, i) => time - times[i]!);
  return {
    ms: { parse, translate: translated, list, paths: found },
    counts: {
      objects: objects.length,
      workloads: network.endpoints.size,
      policies: network.policies.size,
      connections,
      paths: paths.length,
    },
  };
}

const text = readFileSync(process.argv[2]!, 'utf8');
const runs = Array.from({ length: RUNS + 1 }, () => run(text)).slice(1);
const median = (step: ClusterStep): number =>
  runs.map(({ ms }) => ms[step]).sort((a, b) => a - b)[Math.floor(RUNS / 2)]!;
const timed: ClusterTimed = {
  counts: runs[0]!.counts,
  megabytes: text.length / 1e6,
  median: {
    parse: median('parse'),
    translate: median('translate'),
    list: median('list'),
    paths: median('paths'),
  },
};
console.log(JSON.stringify(timed));
