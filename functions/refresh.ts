import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { SQSEvent } from 'aws-lambda';
import { refresh, refreshMessage, refreshService } from '#app';
import { eachRecord } from './shared/each-record.ts';
import { logger, metrics, observed } from './shared/observed.ts';
import { once } from './shared/service.ts';

const service = once(refreshService);

/** Passes over targets, from their queue. */
export const handler = observed((event: SQSEvent, context) =>
  eachRecord(event, context, async (body) => {
    const message = refreshMessage.parse(body);
    const outcome = await refresh(message, await service());
    if (outcome.kind === 'committed' || outcome.kind === 'superseded')
      metrics.addMetric('RefreshSucceeded', MetricUnit.Count, 1);
    logger.info('refreshed', { ...message, outcome });
  }),
);
