import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    'test/**/*.test.ts',
    'test/**/*.bench.ts',
    'test/**/*-run.ts',
    'test/e2e/*.e2e.ts',
    'test/e2e/*-proxy.ts',
    'test/e2e/vitest.config.ts',
    'test/bench/run.ts',
    // Run by hand: `npx tsx test/bench/shape.ts`, `npx tsx test/bench/world/write.ts`.
    'test/bench/shape.ts',
    'test/bench/world/write.ts',
    'infra/build/*.mjs',
  ],
  project: ['lib/**/*.ts', 'test/**/*.ts', 'infra/**/*.mjs'],
  // A type that is part of an exported signature is named by nobody else, and still has to be nameable.
  ignoreExportsUsedInFile: { interface: true, type: true },
  ignoreDependencies: [
    // The project's parts for deployment, fixed from the start and locked together with the rest so that they fit it.
    // Take each away from this list with the first file that imports it.
    '@middy/core',
    '@aws-sdk/client-sns',
    '@types/aws-lambda',
    'serverless',
  ],
};

export default config;
