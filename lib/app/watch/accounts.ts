import * as z from 'zod';
import type { Json, NoteStore } from '#store';

/** What is known of a watched account beside its networks. */
const watchedAccount = z.object({
  name: z.string().optional(),
  /** The organisational units above it, the root first. */
  units: z.array(z.string()),
  /** Those that were due when the clock last struck; absent for an account of before this was kept. */
  regions: z.array(z.string()).optional(),
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
  const { units, name, regions } = account;
  const value: Json = {
    units,
    ...(name !== undefined && { name }),
    ...(regions !== undefined && { regions }),
  };
  await notes.write(OWNER, id, value, { expiresAt: new Date(now.getTime() + KEPT_MS) });
}

/** `undefined` for an account that is not watched, or was not looked up yet. */
export async function accountOf(notes: NoteStore, id: string): Promise<WatchedAccount | undefined> {
  const parsed = watchedAccount.safeParse((await notes.read(OWNER, id))?.value);
  return parsed.success ? parsed.data : undefined;
}

/** Every account that the clock has lately asked to be read. */
export async function knownAccounts(
  notes: NoteStore,
): Promise<readonly (WatchedAccount & { readonly id: string })[]> {
  return (await notes.list(OWNER, '')).flatMap(({ name, value }) => {
    const parsed = watchedAccount.safeParse(value);
    return parsed.success ? [{ ...parsed.data, id: name }] : [];
  });
}
