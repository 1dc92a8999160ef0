import type { ClusterTimed } from '../cluster.bench.ts';

/** Prints what a cluster costs, as ratios to reading its YAML. */
export function showCluster({ counts, megabytes, median }: ClusterTimed): void {
  const { parse, translate, list, paths } = median;
  const whole = (n: number): string => Math.round(n).toLocaleString('en');
  const times = (n: number): string => `${(n / parse).toFixed(2)}x`;
  const rows: readonly (readonly [string, string])[] = [
    ...Object.entries(counts).map(([name, n]): [string, string] => [name, whole(n)]),
    ['MB of YAML', megabytes.toFixed(1)],
    ...Object.entries(median).map(([step, ms]): [string, string] => [`${step}, ms`, whole(ms)]),
    ['translate / parse', times(translate)],
    ['list / parse', times(list)],
    ['paths / parse', times(paths)],
    ['translate + list + paths / parse', times(translate + list + paths)],
    ['ns for each pair that is listed', whole((list * 1e6) / Math.max(1, counts.connections))],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  for (const [label, cell] of rows) console.log(`${label.padEnd(width)}  ${cell.padStart(12)}`);
}
