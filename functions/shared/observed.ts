import middy from '@middy/core';
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';

/** Names, levels and the metrics' namespace come from the environment that serverless.yml sets. */
export const logger = new Logger();
export const metrics = new Metrics();

/** Most calls count nothing, of which the library's own middleware would warn in the log each time. */
function publish(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}

/** What every function shares: its log lines carry the request, its metrics are flushed, an error is logged once. */
export function observed<Event, Result>(
  work: (event: Event, context: Context) => Promise<Result>,
): middy.MiddyfiedHandler<Event, Result> {
  return middy<Event, Result>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .after(publish)
    .onError(({ error }) => {
      publish();
      logger.error('failed', error ?? new Error('without a reason'));
    })
    .handler(work);
}
