import { collect, type AwsSnapshot, type CollectOptions } from '#sources/aws';
import { ACCOUNT, CREDENTIALS, REGION } from './account.ts';

/** The API server that run.sh started. */
export function serverEndpoint(): string {
  const endpoint = process.env['POSTERN_E2E_SERVER'];
  if (endpoint === undefined) throw new Error('POSTERN_E2E_SERVER is not set: run test/e2e/run.sh');
  return endpoint;
}

/** Takes a snapshot by the public entry, with limits that suit a test. */
export function snapshotOf(endpoint: string, options: Partial<CollectOptions> = {}): Promise<AwsSnapshot> {
  return collect({
    account: ACCOUNT,
    region: REGION,
    endpoint,
    credentials: CREDENTIALS,
    clock: () => new Date(),
    concurrency: 8,
    deadlineMs: 20_000,
    maxAttempts: 4,
    ...options,
  });
}
