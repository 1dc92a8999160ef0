import * as z from 'zod';
import { CHECK_IDS, SEVERITIES, type CheckId, type Severity } from '#findings';
import { accountId, flows, text } from './fields.ts';

export const severity = z.enum(SEVERITIES as [Severity, ...Severity[]]);

/** A day of the calendar, read in UTC; the last on which the exception holds. */
export const day = z.iso.date({ error: 'a day is like 2026-04-01, and is in the calendar' });

export const fingerprint = z
  .string()
  .regex(/^[0-9a-f]{4}-[0-9a-f]{4}$/, 'a fingerprint is like 7c1e-94ab; write it in quotes');

/** A check by its id, or several by a pattern; what names none would never accept anything. */
const checkPattern = z.union([
  z.enum(CHECK_IDS as [CheckId, ...CheckId[]]),
  z.string().regex(/\*/, 'no check is called that: docs/checks.md lists them; * is any run of characters'),
]);

/** A finding, or findings of a kind, that somebody answers for until a day. */
export const exception = z
  .strictObject({
    fingerprint: fingerprint.optional().describe('the finding'),
    check: checkPattern.optional().describe('or: the check; * is any run of characters'),
    workload: text.optional().describe('and, or: the id or name of what it is about; * is any run'),
    account: accountId.optional().describe('and, or: the account that it is in'),
    owner: text.describe('who answers for it'),
    reason: text.describe('why it may stay'),
    until: day.describe('the last day on which it may, in UTC'),
    accepted: z
      .strictObject({ severity: severity.optional(), flows: flows.optional() })
      .optional()
      .describe('how grave and how wide it was when it was accepted: what goes beyond that alerts'),
  })
  .superRefine(({ fingerprint: one, check, workload, account }, context) => {
    const hasPattern = [check, workload, account].some((key) => key !== undefined);
    if (one === undefined && !hasPattern)
      context.addIssue({
        code: 'custom',
        message: 'say what is accepted: a fingerprint, or a check, workload or account',
      });
    if (one !== undefined && hasPattern)
      context.addIssue({
        code: 'custom',
        path: ['fingerprint'],
        message: 'a fingerprint names one finding: leave out check, workload and account',
      });
  });

export type WrittenException = z.infer<typeof exception>;
