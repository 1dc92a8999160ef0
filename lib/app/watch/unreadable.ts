import * as z from 'zod';
import { draftAlert } from '#findings';
import type { NoteStore, TargetKey } from '#store';
import { oweAlerts, type OutboxPorts } from './outbox.ts';
import { targetName } from './target-name.ts';

/** Nothing at all could be read of a target. */
export class Unreadable extends Error {
  /** Nobody lets us in, so the account's other Regions are the same. */
  readonly isAccountWide: boolean;
  readonly remedy: string;

  constructor(
    message: string,
    { isAccountWide, remedy }: { readonly isAccountWide: boolean; readonly remedy: string },
  ) {
    super(message);
    this.name = 'Unreadable';
    this.isAccountWide = isAccountWide;
    this.remedy = remedy;
  }
}

const NOTE = 'unreadable';
const KEPT_MS = 30 * 86_400_000;
const note = z.object({ why: z.string(), at: z.string() });

/** Why a target could last not be read at all, and when (ISO 8601). A read that began later has healed it. */
export async function lastUnreadable(
  notes: NoteStore,
  target: TargetKey,
): Promise<{ readonly why: string; readonly at: string } | undefined> {
  const parsed = note.safeParse((await notes.read(targetName(target), NOTE))?.value);
  return parsed.success ? parsed.data : undefined;
}

/** Says once a day that a target, or a whole account, is out of sight. What was open in it counts as open. */
export async function tellUnreadable(
  target: TargetKey,
  { message, remedy, isAccountWide }: Unreadable,
  ports: OutboxPorts,
): Promise<void> {
  const now = ports.clock();
  const time = now.toISOString();
  await ports.notes.write(
    targetName(target),
    NOTE,
    { why: message, at: time },
    {
      expiresAt: new Date(now.getTime() + KEPT_MS),
    },
  );
  const what = isAccountWide ? `account ${target.account}` : targetName(target);
  const alert = draftAlert(
    {
      kind: 'blind-spot',
      severity: 'high',
      headline: `${what} cannot be read: ${message}`,
      details: [
        ...(remedy === '' ? [] : [remedy]),
        'What was open there counts as open, and changes there are not seen until it can be read again',
      ],
    },
    {
      place: { account: target.account, region: isAccountWide ? '' : target.region, time },
      blame: [],
      blameIs: 'nobody',
      id: `unreadable ${what} ${time.slice(0, 10)}`,
    },
  );
  await oweAlerts(alert.id, target, [alert], ports);
}
