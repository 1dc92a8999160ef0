import type { NoteStore, TargetKey } from '#store';
import type { ChangeEvent } from '#sources/aws';
import type { Queue, RefreshMessage } from './messages.ts';
import { keepChange } from './noted-change.ts';
import { FIRST_WAIT_SECONDS, Timer } from './timer.ts';

export type NoticePorts = {
  readonly notes: NoteStore;
  readonly refreshQueue: Queue<RefreshMessage>;
  readonly clock: () => Date;
};

export type Noticed = 'ignored' | 'asked for a pass' | 'a pass is coming' | 'a pass has seen it';

/**
 * Takes note of a change event: who is to blame is kept under the target, and the target is due. The event decides nothing else; what
 * it did is read from the account. The same event twice, late, or out of order does no harm.
 */
export async function noticeChange(
  event: ChangeEvent,
  target: TargetKey,
  { notes, refreshQueue, clock }: NoticePorts,
): Promise<Noticed> {
  if (!event.isEffective) return 'ignored';
  const timer = new Timer(notes, target, clock);
  const { isNew, arrivedAt } = await keepChange(notes, target, event, clock());
  if (!isNew && (await timer.hasBegunAfter(arrivedAt))) return 'a pass has seen it';
  // again too, where the first try kept the change and died before this: without it there is no pass after reads have caught up
  await timer.noteChange();
  if (!(await timer.ask(event.eventId))) return 'a pass is coming';
  const at = clock().toISOString();
  await refreshQueue.send({ target, reason: 'noticed', token: event.eventId, at }, FIRST_WAIT_SECONDS);
  return 'asked for a pass';
}
