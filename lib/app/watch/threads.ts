import type { Alert, AlertKind } from '#findings';
import type { NoteStore } from '#store';

const DAY_MS = 86_400_000;
/** As long as a closed finding is remembered. */
const KEPT_MS = 90 * DAY_MS;

/** Kinds that belong to something that people were told of before, where the channel can show that. */
const FOLLOW: ReadonlySet<AlertKind> = new Set<AlertKind>([
  'resolved',
  'reminder',
  'exception-ended',
  'unconfirmed',
  'flapping',
]);

/** Where a channel said what this alert goes on with, if it did. */
export async function threadOf(
  notes: NoteStore,
  channel: string,
  { kind, findings }: Alert,
): Promise<string | undefined> {
  const first = findings[0];
  if (!FOLLOW.has(kind) || first === undefined) return undefined;
  const note = await notes.read(`channel ${channel}`, `thread ${first.fingerprint}`);
  return typeof note?.value === 'string' ? note.value : undefined;
}

/** Remembers where a channel said this, for what comes after it. */
export async function keepThreads(
  notes: NoteStore,
  channel: string,
  { kind, findings }: Alert,
  reference: string,
  now: Date,
): Promise<void> {
  if (FOLLOW.has(kind)) return;
  const expiresAt = new Date(now.getTime() + KEPT_MS);
  for (const { fingerprint } of findings)
    await notes.write(`channel ${channel}`, `thread ${fingerprint}`, reference, { expiresAt });
}
