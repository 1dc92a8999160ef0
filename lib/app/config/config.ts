import * as z from 'zod';
import { exception, severity } from './exception-schema.ts';
import { digestShape } from './digest-schema.ts';
import { accountId } from './fields.ts';
import { checkNames, intentShape } from './intent-schema.ts';

const region = z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-\d{1,2}$/, 'a Region is like eu-west-1');
const channel = z.enum(['sns', 'slack', 'eventbridge', 'securityhub']);

const route = z.strictObject({
  channel,
  from: severity.optional().describe('the least severity that goes there'),
  accounts: z.array(accountId).optional().describe('only what is in these accounts'),
  units: z
    .array(z.string().regex(/^(?:ou|r)-[a-z0-9-]+$/, 'a unit is like ou-ab12-34cd5678'))
    .optional()
    .describe('only accounts below these organisational units'),
  owners: z.array(z.string()).optional().describe('values of the owner tag of what is concerned'),
});

/** What a team says in `postern.yml`. Every key has a default: an empty file works. */
export const configSchema = z
  .strictObject({
    accounts: z
      .union([
        z.enum(['own', 'organization']),
        z.array(z.strictObject({ id: accountId, name: z.string().optional() })).min(1),
      ])
      .default('own')
      .describe(
        'whose networks are read: the account that Postern runs in, the whole organisation, or these',
      ),
    regions: z
      .union([z.literal('enabled'), z.array(region).min(1)])
      .default('enabled')
      .describe('in which Regions: all that the account has enabled, or these'),
    channels: z
      .strictObject({
        sns: z.boolean().default(true),
        slack: z.boolean().default(false),
        eventbridge: z.boolean().default(true),
        securityhub: z.boolean().default(false),
      })
      .prefault({})
      .describe('where alerts go; Slack needs its secret first, and Security Hub to be on: docs/deploy.md'),
    routes: z
      .array(route)
      .default([])
      .describe('who hears of what; a channel without a route hears of everything from low on'),
    remindAfterHours: z
      .number()
      .positive()
      .default(24)
      .describe('after how many hours something critical that is still open is said again'),
    digest: digestShape.prefault({}).describe('the weekly mail: docs/digest.md'),
    ...intentShape,
    exceptions: z.array(exception).default([]).describe('findings that somebody answers for until a day'),
  })
  .superRefine((config, context) => {
    checkNames(config, (path, message) => {
      context.addIssue({ code: 'custom', path: [...path], message });
    });
  });

export type Config = z.infer<typeof configSchema>;

export type ChannelName = z.infer<typeof channel>;
