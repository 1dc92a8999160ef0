import * as z from 'zod';

/** As EventBridge Scheduler calls them: the schedule is made of this when the service is deployed. */
const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;

/** A bare address: what is before and after it in a header would be a way to write other headers. */
const address = z
  .string()
  .max(254)
  .regex(
    /^[^\s@<>(),:;"[\]\\]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/,
    'an address is like ops@example.com',
  );

/** Whether the machine knows a time zone by this name. */
function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The weekly mail. The schedule and the sender are read from here when the service is deployed, too. */
export const digestShape = z
  .strictObject({
    recipients: z
      .array(address)
      .max(50, 'SES takes 50 recipients of one mail: make it a distribution list')
      .default([])
      .describe('who gets the weekly mail; without any it goes to the topic of alerts, as text'),
    from: address
      .optional()
      .describe('who sends it: an address, of itself or of its domain an identity in SES that is verified'),
    organization: z.string().trim().min(1).max(80).optional().describe('what the mail calls all of this'),
    weekday: z.enum(WEEKDAYS).default('MON').describe('on which day'),
    hour: z.int().min(0).max(23).default(8).describe('at which hour, by the clock of the time zone'),
    timeZone: z
      .string()
      .refine(isTimeZone, 'a time zone is like Europe/Berlin')
      .default('Etc/UTC')
      .describe('where the team is: its days, hours and weeks'),
    unsubscribe: address
      .optional()
      .describe('who gets mails of people that want to be taken off the list; without it, `from` does'),
    configurationSet: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/, 'a configuration set is of letters, digits, hyphens and underscores')
      .optional()
      .describe('a configuration set of SES, for bounces and complaints'),
  })
  .refine(({ recipients, from }) => recipients.length === 0 || from !== undefined, {
    path: ['recipients'],
    error: 'somebody has to send it: set `from` to an address that is verified in SES',
  });
