import type { Measured, Targets } from './load.ts';

/**
 * From `npm run bench -- --pass M S` on 2026-11-25: Node 20, x86-64, a busy machine, so processor time. Large is M (10,000 interfaces), small is S
 * (500). The milliseconds and the size of an empty Region are an assumption; its requests are one for each call. Requests are those of 2026-11-26.
 */
export const MEASURED: Record<Targets['size'], Measured> = {
  empty: { changedMs: 20, quietMs: 5, requests: 31, gzippedMegabytes: 0.002 },
  small: { changedMs: 1016, quietMs: 12, requests: 115, gzippedMegabytes: 0.18 },
  large: { changedMs: 8865, quietMs: 243, requests: 1169, gzippedMegabytes: 3.13 },
};
