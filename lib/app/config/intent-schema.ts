import * as z from 'zod';
import { parseCidr } from '#netset';
import { ANY_ZONE, INTERNET_ZONE, UNZONED } from '#findings';
import { flows, listOf, oneOrMore, text, trustedCidr, zoneName } from './fields.ts';
import { selectors } from './selector-schema.ts';

const RESERVED = [INTERNET_ZONE, UNZONED, ANY_ZONE];

const statement = z
  .strictObject({
    from: oneOrMore(z.string()).describe('zones, trusted ranges, internet, unzoned or any'),
    to: oneOrMore(z.string()).describe('zones, trusted ranges, internet, unzoned or any'),
    allow: flows.optional().describe('what may pass'),
    forbid: flows.optional().describe('what may not'),
    reason: text.optional(),
  })
  .refine(({ allow, forbid }) => (allow === undefined) !== (forbid === undefined), {
    error: 'say either what to allow or what to forbid',
  });

const exposure = z.strictObject({
  what: selectors.describe('what is open'),
  ports: flows.describe('on which ports: tcp/443'),
  from: oneOrMore(z.string())
    .default(INTERNET_ZONE)
    .describe('to whom: internet, trusted ranges by name, or blocks'),
  reason: text.describe('why it is meant to be'),
});

const assertion = z.strictObject({
  from: z.string().describe('a zone, a trusted range, internet, a block, or a name or id'),
  to: z.string().describe('the same'),
  flows: flows.default('all'),
  expect: z.enum(['allowed', 'denied']),
});

/** The part of a `postern.yml` that says what the network is meant to be. */
export const intentShape = {
  crownJewels: z
    .strictObject({
      byKind: z
        .boolean()
        .default(true)
        .describe('whether databases, caches, search, queues and file systems are'),
      also: selectors.optional().describe('who is too'),
      not: selectors.optional().describe('who is not, in spite of that'),
    })
    .prefault({})
    .describe('what is most worth guarding'),
  trusted: z
    .record(zoneName, oneOrMore(trustedCidr))
    .default({})
    .describe('named address ranges that are no strangers: an office, a partner'),
  zones: z
    .record(zoneName, selectors)
    .default({})
    .describe('named parts of the network; an endpoint is in the first that names it'),
  flows: z
    .array(statement)
    .default([])
    .describe('what may pass between zones; of several statements about a flow the first decides'),
  exposures: z
    .array(exposure)
    .default([])
    .describe('what is open to addresses outside because it is meant to be'),
  frontDoors: z
    .boolean()
    .default(true)
    .describe('whether ports 80 and 443 of load balancers are open because they are meant to be'),
  assertions: z.array(assertion).default([]).describe('network unit tests'),
};

type Written = z.infer<z.ZodObject<typeof intentShape>>;

/** Names that are used and nowhere given, and names that are given twice, at their places. */
export function checkNames(
  { trusted, zones, flows: statements, exposures }: Written,
  complain: (path: readonly (string | number)[], message: string) => void,
): void {
  const known = new Set([...Object.keys(zones), ...Object.keys(trusted), ...RESERVED]);
  for (const name of Object.keys(zones))
    if (Object.hasOwn(trusted, name)) complain(['zones', name], 'a trusted range has this name already');
  for (const [key, names] of Object.entries({ zones, trusted }))
    for (const name of Object.keys(names))
      if (RESERVED.includes(name))
        complain([key, name], `${name} has a meaning of its own: take another name`);
  for (const [i, { from, to }] of statements.entries())
    for (const [key, names] of Object.entries({ from, to }))
      for (const [j, name] of listOf(names).entries())
        if (!known.has(name))
          complain(
            ['flows', i, key, ...(Array.isArray(names) ? [j] : [])],
            `no zone or trusted range is called "${name}"`,
          );
  for (const [i, { from }] of exposures.entries())
    for (const [j, name] of listOf(from).entries())
      if (name !== INTERNET_ZONE && !Object.hasOwn(trusted, name) && parseCidr(name) === undefined)
        complain(
          ['exposures', i, 'from', ...(Array.isArray(from) ? [j] : [])],
          `no trusted range is called "${name}", and it is no block of addresses`,
        );
}
