import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { RenderedDigest } from '#report';
import type { ObjectStore } from '#store';

/** A mail as it is kept from when it is made to when it is sent: sent again, it is the same. */
const keptMail = z.object({
  schema: z.literal(1),
  week: z.string(),
  /** When it was made, ISO 8601. */
  at: z.string(),
  subject: z.string(),
  text: z.string(),
  csv: z.string(),
  /** The HTML lies apart, so that people can look at it: its key. */
  html: z.string(),
  /** For machines, where a topic takes the mail's place. */
  summary: z.string(),
});

export type KeptMail = z.infer<typeof keptMail>;

/** Keeps a mail, and gives the key by which it is found. Keeping the same again changes nothing. */
export async function keepMail(
  objects: ObjectStore,
  { subject, html, text, csv }: RenderedDigest,
  { week, at, summary }: Pick<KeptMail, 'week' | 'at' | 'summary'>,
): Promise<string> {
  const page = keyOf(week, html, 'html');
  await objects.put(page, html);
  const kept: KeptMail = { schema: 1, week, at, subject, text, csv, html: page, summary };
  const mail = JSON.stringify(kept);
  const key = keyOf(week, mail, 'json');
  await objects.put(key, mail);
  return key;
}

/** @throws if it is not there: to count it as sent would lose it without a word */
export async function readMail(
  objects: ObjectStore,
  key: string,
): Promise<KeptMail & { readonly body: string }> {
  const text = await objects.get(key);
  if (text === undefined) throw new Error(`the object ${key} is gone, though the outbox names it`);
  const kept = keptMail.parse(JSON.parse(text));
  const body = await objects.get(kept.html);
  if (body === undefined) throw new Error(`the object ${kept.html} is gone, though ${key} names it`);
  return { ...kept, body };
}

function keyOf(week: string, text: string, form: 'html' | 'json'): string {
  return `digests/${week}-${createHash('sha256').update(text).digest('hex').slice(0, 32)}.${form}`;
}
