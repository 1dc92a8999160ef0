import type { AwsSnapshot, CallKey } from '../resources/index.ts';
import { idsIn } from './ids-in.ts';
import { OWN_ID } from './own-id.ts';
import { isItem, thingsOf } from './things-of.ts';

/**
 * A thing that differs between two reads: by its own id, the ids by which a call can name the difference. That is its own id, and those of what
 * has no life of its own in the difference: a rule, an association, a public address.
 */
export type ChangedThings = ReadonlyMap<string, ReadonlySet<string>>;

const PARTS = /^(?:sgr|eipalloc|eipassoc|rtbassoc|aclassoc|eni-attach|vpc-cidr-assoc|subnet-cidr-assoc)-/;

/**
 * What is not the same in two reads of one target. An interface that got a public address is named by the address's ids too, and not by the
 * network it is in, nor by another group that a new rule refers to. Lists are compared regardless of their order, which AWS does not keep.
 */
export function changedThings(before: AwsSnapshot | undefined, after: AwsSnapshot): ChangedThings {
  const changed = new Map<string, Set<string>>();
  for (const key of Object.keys(OWN_ID) as CallKey[]) {
    const old = thingsOf(before, key);
    const now = thingsOf(after, key);
    // a call that was not made on one side says nothing about what changed
    if (old === undefined || now === undefined) continue;
    for (const id of new Set([...old.keys(), ...now.keys()])) {
      const mentioned = differing(old.get(id), now.get(id));
      if (mentioned.length === 0) continue;
      const known = changed.get(id) ?? new Set();
      changed.set(id, known.add(id));
      for (const other of idsIn(mentioned, PARTS)) known.add(other);
    }
  }
  return changed;
}

/** The parts that one side has and the other has not. */
function differing(a: unknown, b: unknown): unknown[] {
  if (a === b) return [];
  if (Array.isArray(a) && Array.isArray(b)) return [...notIn(b, a), ...notIn(a, b)];
  if (isItem(a) && isItem(b))
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) => differing(a[key], b[key]));
  return [a, b].filter((part) => part !== undefined);
}

function notIn(list: readonly unknown[], items: readonly unknown[]): unknown[] {
  const known = new Set(list.map((item) => JSON.stringify(item)));
  return items.filter((item) => !known.has(JSON.stringify(item)));
}
