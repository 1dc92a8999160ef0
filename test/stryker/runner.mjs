/**
 * A runner of tests for Stryker that bundles them with the layers once and, for each mutant, evaluates the bundle anew:
 * no mutant finds what another left behind, also not in constants, and none pays for loading. Stryker's own runner for
 * vitest starts a worker for each mutant, which takes longer than most of these tests do.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import vm from 'node:vm';
import { build } from 'esbuild';
import fc from 'fast-check';
import { Collector } from './collector.mjs';

/**
 * The tests of a layer, by which alone its mutants are judged. What costs little and notices much comes first: the first
 * test that fails is the end of a mutant.
 */
function testsOf(layer) {
  const laws = {
    netset: ['netset-'],
    engine: ['agreement', 'connectivity', 'exposure', 'unknowns', 'diff', 'falls'],
  }[layer];
  const [units, pools] = [false, true].map((isSlow) =>
    testsIn(`test/unit/${layer}`).filter((file) => /pool|memo/.test(file) === isSlow),
  );
  return [...units, ...laws.flatMap((law) => testsIn('test/laws', law)), ...pools];
}

/** Stands for loading, which a mutant may prevent before there is any test. */
const LOADING = 'the layers load';

/** Where the hits of the run without mutants are kept for the processes that follow one that had to be ended. */
const HITS = 'hits.json';

/** What the instrumented code shares with whoever runs it. */
const shared = (globalThis.__stryker__ ??= {});

class BundleRunner {
  static inject = ['options'];
  #layers;
  #evaluate;
  /** How often each mutant's place was passed without mutants, by test and while loading. */
  #hits = { static: {}, perTest: {} };

  constructor({ mutate }) {
    this.#layers = ['netset', 'engine'].filter((layer) =>
      mutate.some((each) => each.startsWith(`lib/${layer}/`)),
    );
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    process.env.LAW_SHARE ??= '0.05';
    // The same examples for each mutant; and that a law is broken is enough, by how little does not matter.
    fc.configureGlobal({ seed: 1, endOnFailure: true });
    const tests = this.#layers.flatMap(testsOf);
    const { outputFiles } = await build({
      stdin: {
        contents: tests.map((file) => `begin('${file}'); require('./${file}');`).join('\n'),
        resolveDir: process.cwd(),
      },
      absWorkingDir: process.cwd(),
      bundle: true,
      write: false,
      format: 'cjs',
      platform: 'node',
      packages: 'external',
      // The laws need the translator only; with the SDK, loading would take longer than most mutants do.
      alias: { '#sources/aws': path.resolve('lib/sources/aws/translate/index.ts') },
    });
    const code = `(function (require, begin, module, exports) {${outputFiles[0].text}\n})`;
    this.#evaluate = new vm.Script(code, { filename: 'tests.cjs' }).runInThisContext();
    if (existsSync(HITS)) this.#hits = JSON.parse(readFileSync(HITS, 'utf8'));
  }

  async dryRun() {
    delete shared.activeMutant;
    delete shared.mutantCoverage;
    const began = performance.now();
    const tests = this.#load();
    const results = [{ id: LOADING, name: LOADING, status: 0, timeSpentMs: performance.now() - began }];
    for (const test of tests) results.push(await resultOf(test));
    this.#hits = shared.mutantCoverage ?? this.#hits;
    writeFileSync(HITS, JSON.stringify(this.#hits));
    return { status: 'complete', tests: results, mutantCoverage: shared.mutantCoverage };
  }

  async mutantRun({ activeMutant, mutantActivation, testFilter, disableBail }) {
    const { static: loading, perTest } = this.#hits;
    Object.assign(shared, {
      activeMutant: undefined,
      hitCount: 0,
      hitLimit: limitOf(loading[activeMutant.id]),
    });
    if (mutantActivation === 'static') shared.activeMutant = activeMutant.id;
    const ownTests = testsOf(path.basename(path.dirname(activeMutant.fileName)));
    const failed = [];
    let nrOfTests = 0;
    let isEndless = false;
    try {
      const tests = this.#load();
      shared.activeMutant = activeMutant.id;
      for (const test of tests) {
        if (!ownTests.includes(test.file) || testFilter?.includes(test.id) === false) continue;
        nrOfTests += 1;
        Object.assign(shared, { hitCount: 0, hitLimit: limitOf(perTest[test.id]?.[activeMutant.id]) });
        const result = await resultOf(test);
        isEndless = shared.hitCount > shared.hitLimit;
        if (isEndless) break;
        if (result.status === 1) failed.push(result);
        if (failed.length > 0 && !disableBail) break;
      }
    } catch (error) {
      failed.push({ id: LOADING, failureMessage: String(error) });
    }
    shared.activeMutant = undefined;
    if (isEndless || shared.hitCount > shared.hitLimit) return { status: 'timeout', reason: 'endless loop' };
    if (failed.length === 0) return { status: 'survived', nrOfTests };
    const [{ failureMessage }] = failed;
    return { status: 'killed', killedBy: failed.map(({ id }) => id), failureMessage, nrOfTests };
  }

  #load() {
    const collector = new Collector();
    const nodeRequire = createRequire(path.resolve('package.json'));
    this.#evaluate(
      (name) => (name === 'vitest' ? collector.vitest : nodeRequire(name)),
      (file) => collector.begin(file),
      { exports: {} },
      {},
    );
    return collector.tests;
  }
}

/** An endless loop shows where it is, long before as many hits as in all tests have passed. */
function limitOf(hits = 0) {
  return 50 * hits + 20_000;
}

async function resultOf({ id, file, run }) {
  const began = performance.now();
  shared.currentTestId = id;
  const result = { id, name: id, fileName: path.resolve(file) };
  try {
    await run();
    return { ...result, status: 0, timeSpentMs: performance.now() - began };
  } catch (error) {
    return { ...result, status: 1, timeSpentMs: performance.now() - began, failureMessage: String(error) };
  } finally {
    shared.currentTestId = undefined;
  }
}

function testsIn(folder, beginning = '') {
  const files = readdirSync(path.resolve(folder)).filter(
    (name) => name.startsWith(beginning) && name.endsWith('.test.ts'),
  );
  return files.sort().map((name) => `${folder}/${name}`);
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'bundle', injectableClass: BundleRunner }];
