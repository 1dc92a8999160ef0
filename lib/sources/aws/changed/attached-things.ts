import { callOf, type AwsSnapshot, type CallKey } from '../resources/index.ts';
import { idsIn } from './ids-in.ts';
import { OWN_ID } from './own-id.ts';
import { thingsOf } from './things-of.ts';

/**
 * Kinds of things that have no life without another that names them: a rule's prefix list, an interface's public address, a
 * table's association. What has a life of its own (another interface, group, subnet or network) is not counted.
 */
const ATTACHED = /^(?:pl|sgr|eipalloc|eipassoc|rtbassoc|aclassoc|vpce|tgw|tgw-attach|pcx|nat|igw|eigw|vgw)-/;

/** What is attached to the things of some snapshots. */
export class AttachedThings {
  /** Each thing as each snapshot has it. */
  readonly #items = new Map<string, unknown[]>();
  readonly #attached = new Map<string, readonly string[]>();

  constructor(snapshots: readonly AwsSnapshot[]) {
    for (const snapshot of snapshots) {
      for (const key of Object.keys(OWN_ID) as CallKey[]) {
        // an item per parent names nothing but its parent's content
        if (callOf(key).parent !== undefined) continue;
        for (const [id, item] of thingsOf(snapshot, key) ?? []) {
          const known = this.#items.get(id);
          if (known === undefined) this.#items.set(id, [item]);
          else known.push(item);
        }
      }
    }
  }

  /** These ids, and those of whatever is attached to the things that they name. */
  with(ids: ReadonlySet<string>): Set<string> {
    const all = new Set(ids);
    for (const id of ids) for (const other of this.#to(id)) all.add(other);
    return all;
  }

  #to(id: string): readonly string[] {
    let attached = this.#attached.get(id);
    if (attached === undefined) {
      attached = (this.#items.get(id) ?? []).flatMap((item) => idsIn(item, ATTACHED));
      this.#attached.set(id, attached);
    }
    return attached;
  }
}
