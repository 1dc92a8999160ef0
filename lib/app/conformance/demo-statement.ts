import * as z from 'zod';

const text = z.string();

/** Anyone on the internet, every address of a block, or an interface. */
const demoEnd = z.union([
  z.strictObject({ internet: z.literal(true) }),
  z.strictObject({ cidr: text }),
  z.strictObject({ eni: text }),
]);
export type DemoEnd = z.infer<typeof demoEnd>;

const flow = {
  from: demoEnd,
  to: demoEnd,
  ipVersion: z.union([z.literal(4), z.literal(6)]),
  protocol: text,
  ports: text.nullish(),
  why: text.nullish(),
};

/** Whether a session can be established. */
export const demoFact = z.strictObject({ ...flow, reachable: z.boolean() });
export type DemoFact = z.infer<typeof demoFact>;

/** A row of a list of flows that are there, or that came or went. */
export const demoRow = z.strictObject({ ...flow, reachable: z.boolean().optional() });
export type DemoRow = z.infer<typeof demoRow>;

const rows = z.array(z.unknown());

/** What one change does. */
export const demoEvent = z.strictObject({
  event: text,
  eventName: text.nullish(),
  effect: z.enum(['exposes', 'opens-lateral', 'closes', 'none']),
  internetExposureChanged: z.boolean().optional(),
  opened: rows,
  closed: rows,
  newPathsExamples: z.array(z.array(text).min(2)),
  after: z.strictObject({ facts: rows }).optional(),
  why: text.nullish(),
});
export type DemoEvent = z.infer<typeof demoEvent>;

/** `expected.json` of a demo account. Its rows are read one by one: one that is not understood must not hide the others. */
export const demoExpectation = z.object({
  names: z.record(text, text),
  before: z.strictObject({
    facts: rows,
    exhaustiveReachable: rows.optional(),
    exhaustiveNote: text.nullish(),
  }),
  events: z.array(z.looseObject({ event: text })),
});
export type DemoExpectation = z.infer<typeof demoExpectation>;
