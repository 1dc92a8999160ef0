import * as z from 'zod';
import type { Json, NoteStore } from '#store';

/** What is known of a watched account beside its networks. */
const watchedAccount = z.object({
  name: z.string().optional(),
  /** The organisational units above it, the root first. */
  units: z.array(z.string()),
});
export type WatchedAccount = z.infer<typeof watchedAccount>;

const OWNER = 'accounts';
/** Longer than an account is looked up, so that a failed look-up forgets no name. */
const KEPT_MS = 7 * 86_400_000;

export async function keepAccount(
  notes: NoteStore,
  id: string,
  account: WatchedAccount,
  now: Date,
): Promise<void> {
  const value: Json = { units: account.units, ...(account.name !== undefined && { name: account.name }) };
  await notes.write(OWNER, id, value, { expiresAt: new Date(now.getTime() + KEPT_MS) });
}

/** `undefined` for an account that is not watched, or was not looked up yet. */
export async function accountOf(notes: NoteStore, id: string): Promise<WatchedAccount | undefined> {
  const parsed = watchedAccount.safeParse((await notes.read(OWNER, id))?.value);
  return parsed.success ? parsed.data : undefined;
}
