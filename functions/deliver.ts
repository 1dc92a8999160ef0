import type { SQSEvent } from 'aws-lambda';
import { deliverMessage, deliverService, sweep, takeDelivery } from '#app';
import { eachRecord } from './shared/each-record.ts';
import { logger, observed } from './shared/observed.ts';
import { once } from './shared/service.ts';

const service = once(deliverService);

/** One channel's messages, from its queue; or, from the clock, a sweep for what is owed and was not asked for. */
export const handler = observed(async (event: SQSEvent | { readonly sweep: true }, context) => {
  if ('sweep' in event) {
    const sent = await sweep(await service());
    logger.info('swept', { sent });
    return undefined;
  }
  return eachRecord(event, context, async (body) => {
    const message = deliverMessage.parse(body);
    const outcome = await takeDelivery(message, await service());
    logger.info('delivered', { ...message, outcome });
  });
});
