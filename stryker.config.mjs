/**
 * `npm run stryker`: changes the layers that decide what is open in small ways, one at a time, and sees whether a test
 * fails. For a part at a time, `npm run stryker -- --mutate lib/netset/port.ts`. What survives is argued in
 * test/stryker/survivors.md. CI runs the hand-written mutants (`npm run mutants`) instead.
 */
export default {
  // `--testRunner vitest` puts a mutant to the whole suite, in a worker of its own, which takes far longer.
  testRunner: 'bundle',
  // With `--checkers typescript` what does not compile is set aside; it takes longer, and tests notice most of it as well.
  checkers: [],
  plugins: [
    './test/stryker/runner.mjs',
    '@stryker-mutator/vitest-runner',
    '@stryker-mutator/typescript-checker',
  ],
  tsconfigFile: 'tsconfig.json',
  mutate: ['lib/netset/**/*.ts', 'lib/engine/**/*.ts'],
  ignorePatterns: ['dist', 'coverage', 'reports', '.stryker-tmp'],
  coverageAnalysis: 'perTest',
  concurrency: 1,
  timeoutMS: 2_500,
  timeoutFactor: 2,
  clearTextReporter: { reportTests: false },
  reporters: ['clear-text', 'progress-append-only'],
  thresholds: { high: 90, low: 75, break: null },
};
