import { defineConfig } from 'vitest/config';

/** Apart from `npm test`, because these tests need Python and a server: run them by test/e2e/run.sh. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.e2e.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // One server, whose state is shared: files one after the other.
    fileParallelism: false,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
