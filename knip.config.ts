import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  // Every file of the tests is a root: they are run by their runners, by hand or as processes of their own.
  entry: ['test/**/*.ts', 'infra/build/*.mjs', 'functions/*.ts'],
  project: ['lib/**/*.ts', 'functions/**/*.ts', 'infra/**/*.mjs'],
  // A type that is part of an exported signature is named by nobody else, and still has to be nameable.
  ignoreExportsUsedInFile: { interface: true, type: true },
  ignoreDependencies: [
    // A command, run by path and by people.
    'serverless',
    // The project's parts for deployment, fixed from the start and locked together with the rest so that they fit it.
    // Take each away from this list with the first file that imports it.
    '@aws-sdk/client-sns',
    '@types/aws-lambda',
  ],
};

export default config;
