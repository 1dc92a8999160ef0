import type { Measured, Targets } from './load.ts';

/**
 * From `npm run bench -- --pass M S` on 2026-11-25: Node 20, x86-64, a busy machine, so processor time. Large is M (10,000 interfaces), small is S
 * (500). The milliseconds and the size of an empty Region are an assumption; its requests are one for each call. Requests are those of 2026-11-26.
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
    changedMs: 18624,
    quietMs: 248,
    reportMs: 21405,
    reportMegabytes: 1.04,
    requests: 1170,
    gzippedMegabytes: 3.13,
  },
};
