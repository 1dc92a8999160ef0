import type { AwsSnapshot } from '../resources/index.ts';
import type { ClientOptions } from './clients.ts';
import type { CollectOptions } from './options.ts';
import type { TriedRead } from './tried-read.ts';

export { AccountMismatch } from './account-mismatch.ts';
export { credentialsFor } from './credentials.ts';
export type { CredentialsOptions, CredentialsProvider } from './credentials-options.ts';
export { failureOf, isCredentialFailure, type Failure } from './failure.ts';
export type { CollectOptions, CollectProgress } from './options.ts';
export type { TriedRead } from './tried-read.ts';

/**
 * Reads one target, an account in a Region, into a snapshot. See collect.ts. The SDK takes half a second to load, so it is
 * loaded by the first call: most commands work on a saved file.
 */
export async function collect(options: CollectOptions): Promise<AwsSnapshot> {
  const loaded = await import('./collect.ts');
  return loaded.collect(options);
}

/** Tries every read that a collection makes, without making it. See try-reads.ts. */
export async function tryReads(
  options: ClientOptions & { readonly deadlineMs: number },
): Promise<readonly TriedRead[]> {
  const loaded = await import('./try-reads.ts');
  return loaded.tryReads(options);
}
