import { collect, type AwsSnapshot } from '#sources/aws';
import type { TargetKey } from '#store';
import { Unreadable } from '../watch/unreadable.ts';
import type { ReaderCredentials } from './reader-credentials.ts';

/** Parallel requests to one service: fast, and well below what EC2 throttles for one caller. */
const CONCURRENCY = 8;
/** A pass may take five minutes in all. */
const CALL_DEADLINE_MS = 90_000;

/** Reads a target with the reader role of its account. @throws Unreadable if nothing at all could be read */
export async function readTarget(
  { account, region }: TargetKey,
  credentials: ReaderCredentials,
): Promise<AwsSnapshot> {
  const snapshot = await collect({
    account,
    region,
    ...(await credentials.for(account)),
    clock: () => new Date(),
    concurrency: CONCURRENCY,
    deadlineMs: CALL_DEADLINE_MS,
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
