import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { noticeEvent, noticeService } from '#app';
import { logger, metrics, observed } from './shared/observed.ts';
import { once } from './shared/service.ts';

const service = once(noticeService);

/** A change event, or a forwarder's sign of life, by an event rule. */
export const handler = observed(async (event: unknown) => {
  const { what, targets } = await noticeEvent(event, await service());
  metrics.addMetric('EventsNoticed', MetricUnit.Count, 1);
  logger.info('noticed', { what, targets });
});
