import type { PassRemembered, PassTimed } from '../pass.bench.ts';

/** Prints what a pass over a world costs, in milliseconds of processor time and beside other work on the same text. */
export function showPass(world: string, timed: PassTimed, { peakMegabytes }: PassRemembered): void {
  const { passes, stages, alerts, calls, requests, megabytes } = timed;
  const stage = (name: string): number => stages[name] ?? Number.NaN;
  const once = stage('translate the new') + stage('analyse and audit one');
  const unchanged = stage('text of the snapshot') + stage('digest');
  const rule = passes['one rule'];
  const ratio = (a: number, b: number): string => `${(a / b).toFixed(2)}x`;
  line(`event to publish on ${world}, ms of processor time`, '');
  for (const [name, ms] of Object.entries(passes)) line(`  ${name}`, whole(ms));
  line('  one rule / JSON.parse of the snapshot', ratio(rule, stage('JSON.parse of it')));
  line('  one rule / (translate, analyse, audit once)', ratio(rule, once));
  line('  nothing changed / (text and digest of the snapshot)', ratio(passes['nothing changed'], unchanged));
  line('its parts, each by itself', '');
  for (const [name, ms] of Object.entries(stages)) line(`  ${name}`, whole(ms));
  line('what was said', '');
  for (const [name, said] of Object.entries(alerts))
    line(`  ${name}`, said.length === 0 ? 'nothing' : said.join('; '));
  line('snapshot, MB (gzipped)', `${megabytes.text.toFixed(1)} (${megabytes.gzipped.toFixed(1)})`);
  line('its report gzipped, MB', megabytes.report.toFixed(2));
  line('peak RSS of a process with one first run and one pass, MB', whole(peakMegabytes));
  line('AWS requests of one read', whole(Object.values(requests).reduce((sum, n) => sum + n, 0)));
  line('  by operation, those with more than one', listOf(requests, 2));
  for (const [name, counts] of Object.entries(calls))
    line(`store calls of ${name === 'quiet' ? 'a pass without change' : `a ${name}`}`, listOf(counts, 1));
}

function line(label: string, value: string): void {
  console.log(`${label.padEnd(58)}  ${value}`.trimEnd());
}

function listOf(counts: Readonly<Record<string, number>>, least: number): string {
  return Object.entries(counts)
    .filter(([, n]) => n >= least)
    .map(([name, n]) => `${name} ${String(n)}`)
    .join(', ');
}

function whole(n: number): string {
  return Math.round(n).toLocaleString('en');
}
