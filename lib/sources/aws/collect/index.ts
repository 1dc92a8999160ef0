import type { AwsSnapshot } from '../resources/index.ts';
import type { CollectOptions } from './options.ts';

export { AccountMismatch } from './account-mismatch.ts';
export { credentialsFor } from './credentials.ts';
export type { CredentialsOptions } from './credentials-options.ts';
export type { CollectOptions, CollectProgress } from './options.ts';

/**
 * Reads one target, an account in a Region, into a snapshot. See collect.ts. The SDK takes half a second to load, so it is
 * loaded by the first call: most commands work on a saved file.
 */
export async function collect(options: CollectOptions): Promise<AwsSnapshot> {
  const loaded = await import('./collect.ts');
  return loaded.collect(options);
}
