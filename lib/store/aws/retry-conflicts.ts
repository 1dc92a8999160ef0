import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { errorName } from './error-name.ts';

/**
 * Why a transaction is refused that may go through a moment later. The SDK tries throttled requests again by itself, but takes
 * a cancelled transaction for a no.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
const PASSING: ReadonlySet<string> = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

/** DynamoDB's word for it, and S3's. */
const MET_ANOTHER: ReadonlySet<string> = new Set([
  'TransactionConflictException',
  'ConditionalRequestConflict',
]);

export const CONDITION_FAILED = 'ConditionalCheckFailed';

/** Why each action of a cancelled transaction was refused, in their order; of those that were not, `None`. */
export function reasonsOf(error: unknown): readonly string[] {
  if (!(error instanceof TransactionCanceledException)) return [];
  return (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
}

/** A second request met the first one on the same item or object; neither knows the other's outcome. Trying again tells. */
function isPassing(error: unknown): boolean {
  if (MET_ANOTHER.has(errorName(error))) return true;
  const reasons = reasonsOf(error);
  return !reasons.includes(CONDITION_FAILED) && reasons.some((reason) => PASSING.has(reason));
}

/**
 * A step of a command that has the SDK try again, as often and with such waits as its client is set to, where a conflict passes. A
 * transaction goes with a token that is the same each time, so that one whose answer was lost is not done twice.
 */
export function retryConflicts<Args, Output>(
  next: (args: Args) => Promise<Output>,
): (args: Args) => Promise<Output> {
  return async (args) => {
    try {
      return await next(args);
    } catch (error) {
      if (error instanceof Error && isPassing(error))
        Object.assign(error, { $retryable: { throttling: true } });
      throw error;
    }
  };
}

/**
 * Each attempt goes through the steps below the SDK's retry, which comes early in this one. (The document client joins a command's
 * own steps in twice: `override` has the second replace the first.)
 */
export const BELOW_RETRY = {
  name: 'retryConflicts',
  step: 'finalizeRequest',
  priority: 'low',
  override: true,
} as const;
