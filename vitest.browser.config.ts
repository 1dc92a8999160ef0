import { defineConfig } from 'vitest/config';

/** `npm run test:browser`: what is to be seen, in a real browser. Not part of `npm test`, which needs none. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.browser.ts'],
    testTimeout: 120_000,
    // the large report takes a minute, and many on a busy machine
    hookTimeout: 900_000,
    // the files share what they import, which takes longer than most of them do; nothing in them is left behind
    isolate: false,
    // the large report is made beside the others; each worker has a browser of its own
    maxWorkers: 2,
  },
});
