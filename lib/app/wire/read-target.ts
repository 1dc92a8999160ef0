import { collect, type AwsSnapshot } from '#sources/aws';
import type { TargetKey } from '#store';
import { Unreadable } from '../watch/unreadable.ts';
import type { ReaderCredentials } from './reader-credentials.ts';

/** Parallel requests to one service: fast, and well below what EC2 throttles for one caller. */
const CONCURRENCY = 8;
const CALL_DEADLINE_MS = 90_000;
/**
 * Calls are made in several rounds, each of which may run into its deadline, and a pass may take five minutes in all. What was not read by then is
 * a blind spot, of which people hear; a pass that is killed tells nobody.
 */
const READ_MS = 180_000;

/** Reads a target with the reader role of its account. @throws Unreadable if nothing at all could be read */
export async function readTarget(
  { account, region }: TargetKey,
  credentials: ReaderCredentials,
  readMs = READ_MS,
): Promise<AwsSnapshot> {
  const snapshot = await collect({
    account,
    region,
    ...(await credentials.for(account)),
    clock: () => new Date(),
    concurrency: CONCURRENCY,
    deadlineMs: CALL_DEADLINE_MS,
    signal: AbortSignal.timeout(readMs),
  });
  if (Object.keys(snapshot).length > 1) return snapshot;
  const { blindSpots } = snapshot._meta;
  const identity = blindSpots.find(({ call }) => call === 'GetCallerIdentity');
  const why = identity ?? blindSpots[0];
  throw new Unreadable(why?.what ?? 'every call failed', {
    isAccountWide: identity !== undefined,
    remedy: why?.remedy ?? '',
  });
}
