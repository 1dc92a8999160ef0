import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { logger } from './observed.ts';

/** Takes the records of a batch one after the other; those that fail come again, the others do not. */
export function eachRecord(
  event: SQSEvent,
  context: Context,
  work: (body: unknown, record: SQSRecord) => Promise<void>,
): Promise<SQSBatchResponse> {
  return processPartialResponse(
    event,
    async (record: SQSRecord) => {
      try {
        await work(JSON.parse(record.body), record);
      } catch (error) {
        // the processor keeps it to itself, and the queue says no more than that something failed
        logger.error('failed on a message', { error, messageId: record.messageId });
        throw error;
      }
    },
    new BatchProcessor(EventType.SQS),
    // a whole batch that failed is no failure of the function: its messages come again
    { context, processInParallel: false, throwOnFullBatchFailure: false },
  );
}
