/**
 * Prints how long the page of an account with 10,000 interfaces takes to answer, from the event to the next frame, and how much of that its
 * thread was at work, which a busy machine does not change: `npm run bench:report`. The goal is 100 ms each; nothing is asserted.
 */
import { availableParallelism, loadavg } from 'node:os';
import type { CDPSession, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { fileOf, largeReport } from './reports.ts';
import { visit } from './visit.ts';

/** Each leaves the page as it found it, or as the next one wants it. */
const INTERACTIONS: readonly (readonly [name: string, act: string])[] = [
  ['filter: critical', 'document.querySelector(".pill input").click()'],
  ['filter: all again', 'document.querySelector(".pill input").click()'],
  ['search: one letter', 'type("a")'],
  ['search: a rule', 'type("sgr-0")'],
  ['search: all again', 'type("")'],
  ['choose a finding', 'document.querySelectorAll(".finding")[40].click()'],
  ['ways in', 'press("Ways in")'],
  ['all ways', 'press("All ways")'],
  ['fold', 'press("Fold")'],
  ['open a zone', 'open(".node.zone")'],
  ['open more of it', 'open(".node.more")'],
  ['open a group', 'open(".node.group[aria-expanded=false]")'],
  ['choose a box', 'document.querySelector(".node.group").dispatchEvent(new MouseEvent("click"))'],
  ['open another zone', 'open(".node.zone")'],
  ['show a finding on the map', 'press("Show on the map")'],
];

const HELPERS = `
  window.type = (text) => {
    const input = document.getElementById('search');
    input.value = text;
    input.dispatchEvent(new Event('input'));
  };
  window.press = (text) => [...document.querySelectorAll('button')].find((b) => b.textContent === text).click();
  window.open = (selector) => document.querySelector(selector).dispatchEvent(new MouseEvent('dblclick'));
  window.timed = (act) => new Promise((done) => requestAnimationFrame(() => {
    const start = performance.now();
    act();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
  }));
`;

const ROUNDS = 5;

type Taken = { readonly thread: number; readonly wall: number };

/** Milliseconds for which the page's thread was at work so far. */
async function threadTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
}

async function measure(page: Page): Promise<ReadonlyMap<string, Taken>> {
  await page.evaluate(HELPERS);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const taken = new Map<string, Taken>();
  for (const [name, act] of INTERACTIONS) {
    const before = await threadTime(session);
    const wall = await page.evaluate<number>(`timed(() => { ${act}; })`);
    taken.set(name, { wall, thread: (await threadTime(session)) - before });
  }
  return taken;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const html = largeReport();
const file = fileOf(html);
console.log(`the file                   ${(Buffer.byteLength(html) / 1e6).toFixed(1).padStart(6)} MB`);
const browser = await openBrowser();
try {
  const rounds: ReadonlyMap<string, Taken>[] = [];
  const loads: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { page } = await visit(browser, file);
    loads.push(
      await page.evaluate<number>('performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd'),
    );
    rounds.push(await measure(page));
    await page.context().close();
  }
  const [load = 0] = loadavg();
  console.log(
    `the machine                ${load.toFixed(1).padStart(6)} processes wait for its ${String(availableParallelism())} cores`,
  );
  console.log(`open the file              ${median(loads).toFixed(0).padStart(6)} ms`);
  console.log(`${''.padEnd(26)} thread   wall, ms (median of ${String(ROUNDS)})`);
  for (const [name] of INTERACTIONS) {
    const of = (key: keyof Taken): string =>
      median(rounds.map((round) => round.get(name)?.[key] ?? Number.NaN))
        .toFixed(0)
        .padStart(6);
    console.log(`${name.padEnd(26)} ${of('thread')} ${of('wall')}`);
  }
} finally {
  await browser.close();
}
