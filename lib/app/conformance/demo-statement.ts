import { z } from 'zod';

const text = z.string();

/** Someone on the internet, an address block outside, or an interface. */
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
  ports: text,
  why: text.optional(),
};

/** Whether a session can be established. */
export const demoFact = z.strictObject({ ...flow, reachable: z.boolean() });
export type DemoFact = z.infer<typeof demoFact>;

/** A row of a list that says by itself whether its flows are there. */
export const demoRow = z.strictObject({ ...flow, reachable: z.boolean().optional() });
export type DemoRow = z.infer<typeof demoRow>;

export const EFFECTS = ['exposes', 'opens-lateral', 'closes', 'none'] as const;
export type Effect = (typeof EFFECTS)[number];

const demoEvent = z.strictObject({
  event: text,
  eventName: text.optional(),
  effect: z.enum(EFFECTS),
  internetExposureChanged: z.boolean().optional(),
  opened: z.array(demoRow),
  closed: z.array(demoRow),
  newPathsExamples: z.array(z.array(text).min(2)),
  after: z.strictObject({ facts: z.array(demoFact) }).optional(),
  why: text.optional(),
});
export type DemoEvent = z.infer<typeof demoEvent>;

export const demoExpectation = z.object({
  names: z.record(text, text),
  before: z.strictObject({
    facts: z.array(demoFact),
    exhaustiveReachable: z.array(demoRow).optional(),
    exhaustiveNote: text.optional(),
  }),
  events: z.array(z.unknown()),
});
export type DemoExpectation = z.infer<typeof demoExpectation>;

/** Events are read one by one: one that is not understood must not hide the others. */
export { demoEvent };
