import type { Measured, Targets } from './load.ts';

/**
 * From `npm run bench -- --pass M S` on 2026-11-26: Node 20, x86-64, a busy machine, so processor time. Large is M (10,000 interfaces), small is S
 * (500). What an empty Region takes is an assumption; its requests are one for each call.
 */
export const MEASURED: Record<Targets['size'], Measured> = {
  empty: {
    changedMs: 20,
    quietMs: 5,
    reportMs: 100,
    reportMegabytes: 0.1,
    requests: 31,
    gzippedMegabytes: 0.002,
  },
  small: {
    changedMs: 1070,
    quietMs: 12,
    reportMs: 1422,
    reportMegabytes: 0.12,
    requests: 116,
    gzippedMegabytes: 0.18,
  },
  large: {
    changedMs: 16954,
    quietMs: 256,
    reportMs: 22172,
    reportMegabytes: 1.04,
    requests: 1170,
    gzippedMegabytes: 3.13,
  },
};
