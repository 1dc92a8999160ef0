import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { noticeEvent } from '#app';
import { logger, metrics, observed } from './shared/observed.ts';
import { service } from './shared/service.ts';

/** A change event, or a forwarder's sign of life, by an event rule. */
export const handler = observed(async (event: unknown) => {
  const { notice } = await service();
  const { what, targets } = await noticeEvent(event, notice);
  metrics.addMetric('EventsNoticed', MetricUnit.Count, 1);
  logger.info('noticed', { what, targets });
});
