import type { NoteStore, TargetKey } from '#store';
import { targetName } from './target-name.ts';

const OWNER = 'heartbeats';
/** A forwarder beats once a day: after this long it is late. */
export const HEARTBEAT_LATE_MS = 26 * 3_600_000;
/** Until a Region whose forwarder went silent is taken to have none any more, on purpose. */
const KEPT_MS = 30 * 86_400_000;

/** Notes that the forwarder of a target works. */
export async function keepHeartbeat(notes: NoteStore, target: TargetKey, now: Date): Promise<void> {
  await notes.write(OWNER, targetName(target), now.toISOString(), {
    expiresAt: new Date(now.getTime() + KEPT_MS),
  });
}

/** The targets whose forwarder was heard of, and not within the last day. */
export async function missingHeartbeats(notes: NoteStore, now: Date): Promise<readonly string[]> {
  const beats = await notes.list(OWNER, '');
  return beats.flatMap(({ name, value }) =>
    typeof value === 'string' && now.getTime() - Date.parse(value) > HEARTBEAT_LATE_MS ? [name] : [],
  );
}

/** Every target whose forwarder was ever heard of, with the last time. */
export async function heartbeats(notes: NoteStore): Promise<ReadonlyMap<string, string>> {
  const beats = await notes.list(OWNER, '');
  return new Map(
    beats.flatMap(({ name, value }) => (typeof value === 'string' ? [[name, value] as const] : [])),
  );
}
