import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  // Every file of the tests is a root: they are run by their runners, by hand or as processes of their own.
  // The page of the HTML report is bundled by infra/build/page.mjs.
  entry: ['lib/report/html/page/main.ts', 'test/**/*.ts', 'infra/build/*.mjs', 'functions/*.ts'],
  project: ['lib/**/*.{ts,tsx}', 'functions/**/*.ts', 'infra/**/*.mjs'],
  // A type that is part of an exported signature is named by nobody else, and still has to be nameable.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // A tool of the machine: makes the certificates of a test's own server.
  ignoreBinaries: ['openssl'],
  ignoreDependencies: [
    // Not a package: Stryker's name for the test runner in test/stryker.
    '@stryker-mutator/bundle-runner',
  ],
};

export default config;
