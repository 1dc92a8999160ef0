import { collect, credentialsFor, type AwsSnapshot } from '#sources/aws';
import { QuestionError } from './question-error.ts';

/** How a live account is reached; what is absent is what the AWS SDK finds by itself. */
export type LiveOptions = {
  readonly profile?: string;
  readonly region?: string;
  readonly roleArn?: string;
  readonly externalId?: string;
  /** Told how far the reading is, in a few words. */
  readonly onProgress?: (text: string) => void;
};

/** Parallel requests to one service: fast, and well below what EC2 throttles for one caller. */
const CONCURRENCY = 8;
const CALL_DEADLINE_MS = 120_000;

/** The Region that is named, else that of the environment. */
export function regionOf(region: string | undefined): string | undefined {
  return region ?? process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'];
}

/** Reads one account and Region as it is now. @throws QuestionError if no Region is known, or nothing at all could be read */
export async function readLive({
  profile,
  region,
  roleArn,
  externalId,
  onProgress,
}: LiveOptions): Promise<AwsSnapshot> {
  // the SDK's notice about its later versions says nothing about the account
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const where = regionOf(region);
  if (where === undefined)
    throw new QuestionError('which Region? Name it with --region (and --profile), or set AWS_REGION');
  const snapshot = await collect({
    region: where,
    credentials: credentialsFor({
      region: where,
      ...(profile && { profile }),
      ...(roleArn && { roleArn }),
      ...(externalId && { externalId }),
    }),
    clock: () => new Date(),
    concurrency: CONCURRENCY,
    deadlineMs: CALL_DEADLINE_MS,
    ...(onProgress && {
      onProgress: ({ call, done, planned }) => {
        onProgress(`${String(done)} of ${String(planned)} calls, ${call}`);
      },
    }),
  });
  if (Object.keys(snapshot).length === 1) {
    const why = snapshot._meta.blindSpots[0];
    throw new QuestionError(
      `nothing could be read in ${where}: ${why === undefined ? 'every call failed' : JSON.stringify(why)}`,
    );
  }
  return snapshot;
}
