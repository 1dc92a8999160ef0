/**
 * `npm run stryker`: changes the pure layers in small ways and sees whether a test fails. Slow: for a part at a time,
 * `npm run stryker -- --mutate lib/netset/interval.ts`. CI runs the hand-written mutants (`npm run mutants`) instead.
 */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', '@stryker-mutator/typescript-checker'],
  checkers: ['typescript'],
  tsconfigFile: 'tsconfig.json',
  mutate: ['lib/netset/**/*.ts', 'lib/model/**/*.ts', 'lib/engine/**/*.ts', 'lib/findings/**/*.ts'],
  ignorePatterns: ['dist', 'coverage', 'reports'],
  concurrency: 2,
  ignoreStatic: true,
  clearTextReporter: { reportTests: false },
  reporters: ['clear-text', 'progress'],
  thresholds: { high: 90, low: 75, break: null },
};
