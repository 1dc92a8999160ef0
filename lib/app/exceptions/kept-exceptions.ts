import * as z from 'zod';
import type { NoteStore } from '#store';
import { exception } from '../config/exception-schema.ts';

/** An exception in a deployment's table, with who put it there, or withdrew it, and when. */
const kept = z.intersection(
  exception,
  z.object({ by: z.string(), at: z.string(), withdrawn: z.literal(true).optional() }),
);

export type KeptException = z.infer<typeof kept>;

const OWNER = 'exceptions';

/** Keeps an exception beside those before it: what was accepted once, by whom, stays on record. */
export async function keepException(notes: NoteStore, added: KeptException): Promise<void> {
  const { by, at, fingerprint = '', owner, reason, until, accepted, withdrawn } = added;
  const name = `${fingerprint} ${at}`;
  await notes.write(OWNER, name, {
    fingerprint,
    owner,
    reason,
    until,
    ...(accepted && {
      accepted: {
        ...(accepted.severity && { severity: accepted.severity }),
        ...(accepted.flows !== undefined && { flows: accepted.flows }),
      },
    }),
    ...(withdrawn === true && { withdrawn }),
    by,
    at,
  });
}

/** Everything that was ever accepted, of each finding in the order of time. A note that is none is passed over: it accepts nothing. */
export async function exceptionHistory(
  notes: NoteStore,
  fingerprint = '',
): Promise<readonly KeptException[]> {
  return (await notes.list(OWNER, fingerprint)).flatMap(({ value }) => {
    const parsed = kept.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
}

/** What holds by the table: of each finding the last word, unless that withdraws it. */
export async function keptExceptions(notes: NoteStore): Promise<readonly KeptException[]> {
  const last = new Map((await exceptionHistory(notes)).map((each) => [each.fingerprint, each]));
  return [...last.values()].filter(({ withdrawn }) => withdrawn !== true);
}
