import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { schedule, scheduleService } from '#app';
import { logger, metrics, observed } from './shared/observed.ts';
import { once } from './shared/service.ts';

const service = once(scheduleService);

/** The clock: every target is due. */
export const handler = observed(async () => {
  const { targets, stale, missingHeartbeats } = await schedule(await service());
  metrics.addMetric('StaleTargets', MetricUnit.Count, stale.length);
  metrics.addMetric('MissingHeartbeats', MetricUnit.Count, missingHeartbeats.length);
  logger.info('scheduled', { targets, stale, missingHeartbeats });
});
