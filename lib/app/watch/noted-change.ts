import * as z from 'zod';
import type { NoteStore, TargetKey } from '#store';
import { personOf, type ChangeEvent } from '#sources/aws';
import { targetName } from './target-name.ts';

/** A change event as it is kept until its effect has been seen: who and what, never what it did. */
const notedChange = z.object({
  eventId: z.string(),
  call: z.string(),
  who: z.string(),
  role: z.string(),
  mfa: z.boolean().optional(),
  tool: z.string(),
  sourceIp: z.string(),
  /** When the call was made, by the vendor's clock. */
  time: z.string(),
  /** When we heard of it. */
  arrivedAt: z.string(),
  ids: z.array(z.string()),
});
export type NotedChange = z.infer<typeof notedChange>;

const DAY_MS = 86_400_000;
/** Longer than CloudTrail may be late, and than a failing account may go unread over a weekend. */
const KEPT_MS = 4 * DAY_MS;
/** A note is small: an event that names thousands of things is matched by the first of them. */
const MOST_IDS = 2_000;

const PREFIX = 'change ';

/**
 * Keeps a change under its target. Gives when it was first heard of, and whether that was now: the same event may come again, and late.
 */
export async function keepChange(
  notes: NoteStore,
  target: TargetKey,
  event: ChangeEvent,
  now: Date,
): Promise<{ readonly isNew: boolean; readonly arrivedAt: string }> {
  const arrivedAt = now.toISOString();
  const { actor } = event;
  const noted: NotedChange = {
    eventId: event.eventId,
    call: event.name,
    who: personOf(actor),
    role: actor.role,
    ...(actor.mfa !== undefined && { mfa: actor.mfa }),
    tool: actor.tool,
    sourceIp: actor.sourceIp,
    time: timeOf(event, arrivedAt),
    arrivedAt,
    ids: event.ids.slice(0, MOST_IDS),
  };
  const name = `${PREFIX}${noted.time} ${event.eventId}`;
  const owner = targetName(target);
  const isNew = await notes.write(owner, name, noted, {
    ifVersion: 0,
    expiresAt: new Date(now.getTime() + KEPT_MS),
  });
  if (isNew) return { isNew, arrivedAt };
  const known = notedChange.safeParse((await notes.read(owner, name))?.value);
  return { isNew, arrivedAt: known.success ? known.data.arrivedAt : arrivedAt };
}

/** The changes made at or after a time, oldest first. */
export async function changesSince(
  notes: NoteStore,
  target: TargetKey,
  time: Date,
): Promise<readonly NotedChange[]> {
  const found = await notes.list(targetName(target), PREFIX, `${PREFIX}${time.toISOString()}`);
  return found.flatMap(({ value }) => {
    const parsed = notedChange.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
}

/** In the form that sorts as time does. An event without a readable time happened when it came. */
function timeOf({ time }: ChangeEvent, arrivedAt: string): string {
  const parsed = Date.parse(time);
  return Number.isNaN(parsed) ? arrivedAt : new Date(parsed).toISOString();
}
