import type { CollectOptions } from './options.ts';
import type { ClusterReading } from './reading.ts';

export { ClusterNotRead } from './cluster-not-read.ts';
export type {
  CollectOptions as ClusterCollectOptions,
  ClusterOptions,
  CollectProgress as ClusterProgress,
} from './options.ts';
export { doubtsOf } from './doubts-of.ts';
export type { ClusterReading, ReadBlindSpot } from './reading.ts';
export { readingOf, readingToText } from './reading-file.ts';

/**
 * Reads a live cluster. See collect.ts. The client takes half a second to load, so it is loaded by the first call: most commands work on
 * manifests.
 */
export async function collectCluster(options: CollectOptions): Promise<ClusterReading> {
  const loaded = await import('./collect.ts');
  return loaded.collect(options);
}
