import { defineConfig } from 'vitest/config';

/** `npm run test:browser`: what is to be seen, in a real browser. Not part of `npm test`, which needs none. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.browser.ts'],
    testTimeout: 120_000,
    // the large report takes a minute, and many on a busy machine
    hookTimeout: 900_000,
    // one browser at a time
    fileParallelism: false,
  },
});
