/**
 * What one pass over a target costs: from a change event to the alert in a channel's hands, when nothing changed, and when 40 machines come. Runs
 * alone in a process that `run.ts` starts: `node --import tsx test/bench/pass.bench.ts FILE time|memory`, and prints one JSON document.
 *
 * Times are processor time of the process, all its threads together: a function with one processor takes at least as long, and a busy
 * machine disturbs them least.
 */
import { readFileSync } from 'node:fs';
import { analyse, diff } from '#engine';
import { audit, newsOf } from '#findings';
import { changedThings, formatSnapshots, translate } from '#sources/aws';
import { changeOf } from '../../lib/app/change.ts';
import { compare } from '../../lib/app/comparison.ts';
import { snapshotsOf } from '../../lib/app/load.ts';
import { keepReport, keptReport } from '../../lib/app/watch/keep-report.ts';
import { keyOf } from '../../lib/app/watch/object-key.ts';
import { gunzipText, gzipText } from '../../lib/store/gzip-text.ts';
import { TARGET, Watched } from '../support/watched.ts';
import { ruleAdded, scaledOut, type WorldChange } from './pass/changes.ts';
import { requestsOf, type Requests } from './pass/requests.ts';
import { countedStores, type Calls } from './pass/stores.ts';
import type { World } from './world/world.ts';

export type PassName = 'one rule' | 'its report' | 'nothing changed' | '40 machines';

export type PassTimed = {
  /** Fastest of the rounds, milliseconds. */
  readonly passes: Readonly<Record<PassName, number>>;
  readonly stages: Readonly<Record<string, number>>;
  readonly alerts: Readonly<Record<PassName, readonly string[]>>;
  /** Calls of the stores and queues, by what they were for. */
  readonly calls: {
    readonly notice: Calls;
    readonly pass: Calls;
    readonly quiet: Calls;
    readonly delivery: Calls;
  };
  readonly requests: Requests;
  /** Of the snapshot, and of the report as it is kept. */
  readonly megabytes: { readonly text: number; readonly gzipped: number; readonly report: number };
};

export type PassRemembered = { readonly peakMegabytes: number };

const ROUNDS = 3;
const MINUTE = 60_000;
const WARM_UP = 40_000;

/** Processor time so far, in milliseconds. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

class Stopwatch {
  readonly times = new Map<string, number>();

  async take<T>(name: string, run: () => T | Promise<T>): Promise<T> {
    const start = processorMs();
    const result = await run();
    const ms = processorMs() - start;
    this.times.set(name, Math.min(ms, this.times.get(name) ?? Infinity));
    return result;
  }

  entries<Name extends string>(): Record<Name, number> {
    return Object.fromEntries(this.times) as Record<Name, number>;
  }
}

/** A watched account after its first run, with counted stores. */
async function atItsHead(change: WorldChange) {
  const counted = countedStores();
  const watched = new Watched(change.before, counted.open);
  watched.config = {
    ...watched.config,
    channels: { sns: true, slack: false, eventbridge: false, securityhub: false },
  };
  await watched.schedule();
  await watched.pass(5 * MINUTE);
  watched.heard.length = 0;
  counted.take();
  return { watched, counted };
}

async function passOver(name: PassName, change: WorldChange, watch: Stopwatch) {
  const { watched, counted } = await atItsHead(change);
  watched.account = change.after;
  const event = watched.event(change.call, change.ids);
  await watch.take(name, async () => {
    await watched.notice(event);
    await watched.pass(WARM_UP);
  });
  const heard = watched.told();
  if (name === 'one rule') await watch.take('its report', () => keepReport(TARGET, watched));
  const page = await keptReport(TARGET, watched.stores);
  const report = page === undefined ? '' : await watched.stores.objects.get(page.key);
  await watched.pass(5 * MINUTE);
  counted.take();
  await watch.take('nothing changed', async () => {
    await watched.schedule();
    await watched.pass(MINUTE);
  });
  return { heard, quiet: counted.take(), report: report ?? '' };
}

/** The calls of the steps, each by itself. */
async function callsOf(change: WorldChange) {
  const { watched, counted } = await atItsHead(change);
  watched.account = change.after;
  await watched.notice(watched.event(change.call, change.ids));
  const notice = counted.take();
  const at = watched.iso();
  watched.now += 90_000;
  await watched.refresh({ target: TARGET, reason: 'follow-up', token: 'bench', at });
  const pass = counted.take();
  await watched.pass(0);
  return { notice, pass, delivery: counted.take() };
}

/** The same work in its parts; what a pass spends beside them is in none. */
async function stagesOf({ before, after, ids }: WorldChange): Promise<PassTimed['stages']> {
  const watch = new Stopwatch();
  const old = await gzipText(formatSnapshots([before], 0));
  for (let round = 0; round < ROUNDS; round += 1) {
    const text = await watch.take('text of the snapshot', () => formatSnapshots([after], 0));
    await watch.take('digest', () => keyOf('snapshots', TARGET, text, new Date(0)));
    await watch.take('JSON.parse of it', () => JSON.parse(text) as unknown);
    await watch.take('gzip', () => gzipText(text));
    const read = await watch.take('read the former snapshot', async () =>
      snapshotsOf(await gunzipText(old, 'former'), 'former'),
    );
    const was = await watch.take('translate the former', () => translate(read));
    const is = await watch.take('translate the new', () => translate([after]));
    await watch.take('analyse and audit one', () => audit(analyse(is)));
    const delta = await watch.take('diff', () => diff(was, is));
    await watch.take('audit the former', () => audit(delta.before));
    await watch.take('audit the new', () => audit(delta.after));
    const news = await watch.take('news of the diff', () => newsOf(delta));
    await watch.take('whose change', () => changedThings(before, after).size + ids.length);
    const comparison = compare([before], [after]);
    await watch.take('victims, way back and its proof', () =>
      changeOf({ ...comparison, delta: { ...comparison.delta, opened: news.opened } }, undefined),
    );
  }
  return watch.entries();
}

async function time(world: World): Promise<PassTimed> {
  const watch = new Stopwatch();
  const rule = ruleAdded(world);
  const scale = scaledOut(world);
  let heard: readonly string[] = [];
  let quiet: Calls = {};
  let scaled: readonly string[] = [];
  let report = '';
  for (let round = 0; round < ROUNDS; round += 1) {
    ({ heard, quiet, report } = await passOver('one rule', rule, watch));
    ({ heard: scaled } = await passOver('40 machines', scale, watch));
  }
  const text = formatSnapshots([rule.after], 0);
  return {
    passes: watch.entries(),
    stages: await stagesOf(rule),
    alerts: { 'one rule': heard, 'its report': [], 'nothing changed': [], '40 machines': scaled },
    calls: { ...(await callsOf(rule)), quiet },
    requests: requestsOf(world),
    megabytes: {
      text: Buffer.byteLength(text) / 1e6,
      gzipped: (await gzipText(text)).length / 1e6,
      report: (await gzipText(report)).length / 1e6,
    },
  };
}

/** The peak of a process that knows the former state only from its store and makes one pass, as a function does. */
async function remember(world: World): Promise<PassRemembered> {
  const change = ruleAdded(world);
  const { watched } = await atItsHead(change);
  watched.account = change.after;
  await watched.notice(watched.event(change.call, change.ids));
  await watched.pass(WARM_UP);
  return { peakMegabytes: process.resourceUsage().maxRSS / 1024 };
}

const [file, mode] = process.argv.slice(2);
if (file === undefined) throw new Error('which file?');
const world = JSON.parse(readFileSync(file, 'utf8')) as World;
console.log(JSON.stringify(mode === 'memory' ? await remember(world) : await time(world)));
