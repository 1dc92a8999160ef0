import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    // Half of a run went into loading the same modules anew for each file. Files of one worker share them: what a test changes
    // outside itself (the environment, a spied method) it puts back.
    isolate: false,
    // the default leaves one core to the main process, which is idle once modules are loaded
    maxWorkers: '100%',
    // The versions are pinned; the SDK's notice about later ones is not news to whoever runs the tests.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    coverage: {
      provider: 'v8',
      include: ['lib/**/*.{ts,tsx}', 'functions/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
    },
  },
});
