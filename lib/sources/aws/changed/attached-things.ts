import { callOf, type AwsSnapshot, type CallKey } from '../resources/index.ts';
import { idsIn } from './ids-in.ts';
import { OWN_ID } from './own-id.ts';
import { thingsOf } from './things-of.ts';

/**
 * Kinds of things that have no life without another that names them: a rule's prefix list, an interface's public address, a
 * table's association. What has a life of its own (another interface, group, subnet or network) is not counted.
 */
const ATTACHED = /^(?:pl|sgr|eipalloc|eipassoc|rtbassoc|aclassoc|vpce|tgw|tgw-attach|pcx|nat|igw|eigw|vgw)-/;

/** These ids, and those of whatever is attached to the things that they name. */
export function withAttached(snapshots: readonly AwsSnapshot[], ids: ReadonlySet<string>): Set<string> {
  const all = new Set(ids);
  for (const snapshot of snapshots) {
    for (const key of Object.keys(OWN_ID) as CallKey[]) {
      // an item per parent names nothing but its parent's content
      if (callOf(key).parent !== undefined) continue;
      for (const [id, item] of thingsOf(snapshot, key) ?? []) {
        if (!ids.has(id)) continue;
        for (const other of idsIn(item, ATTACHED)) all.add(other);
      }
    }
  }
  return all;
}
