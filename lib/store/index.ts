import type { AwsStoresOptions } from './aws/options.ts';
import type { Stores } from './contracts.ts';

export type * from './contracts.ts';
export { filesystemStores, type FilesystemOptions } from './filesystem/filesystem-stores.ts';
export { memoryStores } from './memory/memory-stores.ts';
export type { AwsStoresOptions };

/** Stores in S3 and DynamoDB. The SDK takes long to load, so it is loaded by the first call: the command line works on files. */
export async function awsStores(options: AwsStoresOptions): Promise<Stores> {
  const loaded = await import('./aws/aws-stores.ts');
  return loaded.awsStores(options);
}
