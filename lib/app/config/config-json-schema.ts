import * as z from 'zod';
import { configSchema } from './config.ts';

/** The schema of `postern.yml` as JSON Schema, for editors: of what people write, so that every key may be left out. */
export function configJsonSchema(): object {
  return {
    $id: 'urn:postern:config',
    title: 'postern.yml',
    description: 'What Postern watches, whom it tells, and what the network is meant to be.',
    ...z.toJSONSchema(configSchema, { io: 'input', target: 'draft-7' }),
  };
}
