import * as z from 'zod';

/** What the stores hold, as it has to look when it comes back from a disk or a table. */

export const targetShape = z.object({ account: z.string(), region: z.string() });

export const headShape = z.object({
  version: z.int().positive(),
  snapshot: z.string(),
  findings: z.string(),
  brief: z.string().exactOptional(),
  engine: z.string(),
  readAt: z.string(),
  committedAt: z.string(),
  neighbours: z
    .array(targetShape.extend({ snapshot: z.string(), readAt: z.string() }))
    .readonly()
    .default([]),
});

export const deliveryShape = z.object({
  channel: z.string(),
  alert: z.string(),
  deliveredAt: z.string().exactOptional(),
  claimedUntil: z.string().exactOptional(),
});

export const outboxItemShape = z.object({
  id: z.string(),
  target: targetShape,
  alerts: z.string(),
  createdAt: z.string(),
  deliveries: z.array(deliveryShape),
});

const count = z.int().nonnegative();

export const weekRecordShape = z.object({
  week: z.string(),
  at: z.string(),
  formula: z.string(),
  parts: z
    .array(
      z.object({
        part: z.string(),
        risk: z.number(),
        open: z.tuple([count, count, count, count, count]).readonly(),
        opened: count,
        resolved: count,
      }),
    )
    .readonly(),
});
