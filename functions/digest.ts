import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { SQSEvent } from 'aws-lambda';
import { deliverDigest, deliverMessage, digestService, sendDigest } from '#app';
import { eachRecord } from './shared/each-record.ts';
import { logger, metrics, observed } from './shared/observed.ts';
import { once } from './shared/service.ts';

const service = once(digestService);

/** The weekly mail: from the clock, with the time for which it was due, it is made and owed; from its queue, it is sent. */
export const handler = observed(async (event: SQSEvent | { readonly digest: string }, context) => {
  if ('digest' in event) {
    const made = await sendDigest(event.digest, await service());
    metrics.addMetric('DigestsMade', MetricUnit.Count, made.kind === 'owed' ? 1 : 0);
    logger.info('made', { ...made });
    return undefined;
  }
  return eachRecord(event, context, async (body) => {
    const message = deliverMessage.parse(body);
    const outcome = await deliverDigest(message, await service());
    logger.info('delivered', { ...message, outcome });
  });
});
