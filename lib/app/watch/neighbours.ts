import { neighboursOf, type AwsSnapshot } from '#sources/aws';
import type { SeenHead, Stores, TargetKey } from '#store';
import { snapshotsOf } from '../load.ts';
import { areOfOneText } from './object-key.ts';
import { targetName } from './target-name.ts';

/**
 * Another target that this one is joined to, by a peering, a transit gateway or a shared subnet: as the run before saw it, and as its own last run
 * did. One that the run before did not have is the same in both, so that its coming never looks like somebody's change.
 */
export type Neighbour = {
  readonly before: AwsSnapshot;
  readonly after: AwsSnapshot;
  readonly seen: SeenHead;
  /** When what changed in it since the run before was read before that; absent if it is the same text. */
  readonly changedSince?: string;
};

/** How much is looked at together, in characters of snapshots: some 15,000 interfaces, which a function's memory takes. */
const MOST_TEXT = 30_000_000;

/**
 * The targets that can matter to this one: those it is joined to, those that they are joined to, and so on. Of each, what its own runs read; one that is
 * not watched, or would be too much, stays out, and what hangs on it is unknown.
 *
 * @param own its snapshots, earlier and later @param length of the text of the later one
 */
export async function neighboursTogether(
  target: TargetKey,
  own: readonly AwsSnapshot[],
  length: number,
  seenBefore: readonly SeenHead[],
  { objects, state }: Pick<Stores, 'objects' | 'state'>,
): Promise<readonly Neighbour[]> {
  const found: Neighbour[] = [];
  const met = new Set([targetName(target)]);
  let left = MOST_TEXT - length;
  const waiting = own.flatMap(neighboursOf);
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const name = targetName(next);
    if (met.has(name)) continue;
    met.add(name);
    const head = await state.head(next);
    const text = head && (await objects.get(head.snapshot));
    const after = text === undefined ? undefined : snapshotsOf(text, name)[0];
    if (head === undefined || text === undefined || after === undefined || text.length > left) continue;
    left -= text.length;
    const earlier = seenBefore.find((seen) => targetName(seen) === name);
    const isSame = earlier === undefined || areOfOneText(earlier.snapshot, head.snapshot);
    const old = isSame ? undefined : await objects.get(earlier.snapshot);
    const before = old === undefined ? after : (snapshotsOf(old, name)[0] ?? after);
    const seen = { ...next, snapshot: head.snapshot, readAt: head.readAt };
    found.push({
      before,
      after,
      seen,
      ...(earlier !== undefined && before !== after && { changedSince: earlier.readAt }),
    });
    waiting.push(...neighboursOf(after), ...neighboursOf(before));
  }
  return found;
}

/** Whether any target that this one is joined to has moved since a run saw it, or was not there then. Cheaper than to look at them. */
export async function haveMoved(
  target: TargetKey,
  snapshot: AwsSnapshot,
  seenBefore: readonly SeenHead[],
  { state }: Pick<Stores, 'state'>,
): Promise<boolean> {
  const known = new Map(seenBefore.map((seen) => [targetName(seen), seen]));
  const all = new Map<string, TargetKey>(known);
  for (const next of neighboursOf(snapshot)) all.set(targetName(next), next);
  for (const [name, next] of all) {
    if (name === targetName(target)) continue;
    const head = await state.head({ account: next.account, region: next.region });
    const seen = known.get(name);
    if ((head === undefined) !== (seen === undefined)) return true;
    if (head !== undefined && seen !== undefined && !areOfOneText(head.snapshot, seen.snapshot)) return true;
  }
  return false;
}

/** The targets whose last run looked at this one too, and those that this one is joined to: what changed here may concern them. */
export async function concernedBy(
  target: TargetKey,
  joined: readonly TargetKey[],
  { state }: Pick<Stores, 'state'>,
): Promise<readonly TargetKey[]> {
  const own = targetName(target);
  const names = new Set(joined.map(targetName));
  return (await state.heads()).flatMap(({ target: other, head }) =>
    targetName(other) !== own &&
    (names.has(targetName(other)) || head.neighbours.some((seen) => targetName(seen) === own))
      ? [other]
      : [],
  );
}
