import * as z from 'zod';
import { SEVERITIES, type Severity } from '#findings';

const accountId = z.string().regex(/^\d{12}$/, 'an account is twelve digits; write it in quotes');
const region = z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-\d{1,2}$/, 'a Region is like eu-west-1');
const channel = z.enum(['sns', 'slack', 'eventbridge']);

const route = z.strictObject({
  channel,
  /** The least severity that goes there. */
  from: z.enum(SEVERITIES as [Severity, ...Severity[]]).optional(),
  accounts: z.array(accountId).optional(),
  /** Ids of organisational units; an account below one of them counts. */
  units: z.array(z.string().regex(/^(?:ou|r)-[a-z0-9-]+$/, 'a unit is like ou-ab12-34cd5678')).optional(),
  /** Values of the `owner` tag of what is concerned. */
  owners: z.array(z.string()).optional(),
});

/** What a team says in `postern.yml`. Every key has a default: an empty file works. */
export const configSchema = z.strictObject({
  /** Whose networks are read: the account that Postern runs in, the whole organisation, or these. */
  accounts: z
    .union([
      z.enum(['own', 'organization']),
      z.array(z.strictObject({ id: accountId, name: z.string().optional() })).min(1),
    ])
    .default('own'),
  /** In which Regions: all that the account has enabled, or these. */
  regions: z.union([z.literal('enabled'), z.array(region).min(1)]).default('enabled'),
  /** Where alerts go. Slack needs its secret first: docs/deploy.md. */
  channels: z
    .strictObject({
      sns: z.boolean().default(true),
      slack: z.boolean().default(false),
      eventbridge: z.boolean().default(true),
    })
    .prefault({}),
  /** Who hears of what. A channel without a route of its own hears of everything from low on. */
  routes: z.array(route).default([]),
  /** After how many hours something critical that is still open is said again. */
  remindAfterHours: z.number().positive().default(24),
});

export type Config = z.infer<typeof configSchema>;

export type ChannelName = z.infer<typeof channel>;
