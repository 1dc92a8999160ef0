import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadSnapshots, snapshotsOf } from '../load.ts';
import { patchedBy } from '../patched-by.ts';
import { readJson } from '../read-json.ts';
import { runBefore } from './demo-before.ts';
import { runEvent } from './demo-event.ts';
import { demoExpectation } from './demo-statement.ts';
import { broken, type CaseResult } from './result.ts';
import { problemOf } from './statement.ts';
import { guarded } from './guarded.ts';

/** One case of a demo account: the account itself, or one change. */
export type NamedResult = { readonly name: string; readonly result: CaseResult };

/** Runs a demo account: one case for the account before any change, and one for each event. Each event's patch applies alone. */
export async function runDemo(path: string): Promise<NamedResult[]> {
  const parsed = demoExpectation.safeParse(await readJson(join(path, 'expected.json')));
  if (!parsed.success) return [{ name: 'before', result: broken('expected.json', problemOf(parsed.error)) }];
  const expectation = parsed.data;
  const file = join(path, 'account.json');
  const before = await loadSnapshots(file);
  const document = await readJson(file);
  const results = [{ name: 'before', result: await guarded(() => runBefore(before, expectation)) }];
  for (const event of expectation.events) {
    const result = await guarded(async () => {
      const patch = await readJson(join(path, 'events', event.event, 'patch.json'));
      const after = snapshotsOf(
        JSON.stringify(patchedBy(document, patch, 'patch.json')),
        `account.json after ${event.event}`,
      );
      return runEvent(before, after, expectation, event);
    });
    results.push({ name: event.event, result });
  }
  return [...results, ...(await strays(path, new Set(expectation.events.map(({ event }) => event))))];
}

/** Events of which `expected.json` says nothing: nobody may take them for checked. */
async function strays(path: string, known: ReadonlySet<string>): Promise<NamedResult[]> {
  const entries = await readdir(join(path, 'events'), { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory() && !known.has(entry.name))
    .map(({ name }) => name);
  return names
    .sort()
    .map((name) => ({ name, result: broken('the event', 'expected.json says nothing of it') }));
}
