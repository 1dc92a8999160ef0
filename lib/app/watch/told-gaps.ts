import type { NoteStore, TargetKey } from '#store';
import { targetName } from './target-name.ts';

const PREFIX = 'gap ';
const DAY_MS = 86_400_000;
/** Thousands of things can dangle at once; those beyond are said again at worst. */
const MOST = 50;

/** What people were told within the last day that it cannot be read. */
export async function toldGaps(notes: NoteStore, target: TargetKey): Promise<ReadonlySet<string>> {
  const found = await notes.list(targetName(target), PREFIX);
  return new Set(found.map(({ name }) => name.slice(PREFIX.length)));
}

export async function keepToldGaps(
  notes: NoteStore,
  target: TargetKey,
  gaps: readonly string[],
  now: Date,
): Promise<void> {
  const expiresAt = new Date(now.getTime() + DAY_MS);
  for (const gap of gaps.slice(0, MOST))
    await notes.write(targetName(target), `${PREFIX}${gap}`, now.toISOString(), { ifVersion: 0, expiresAt });
}
