import type { Network } from '#model';
import { evidenceOf, type Finding } from '#findings';
import { AttachedThings, changedThings, type AwsSnapshot, type ChangedThings } from '#sources/aws';
import type { NotedChange } from './noted-change.ts';

/** Whose change a finding is. */
export type Guilt = {
  readonly changes: readonly NotedChange[];
  /** `these`: they named what changed and what the finding rests on. `one-of`: any of them. `nobody`: none was noticed. */
  readonly is: 'these' | 'one-of' | 'nobody';
};

/**
 * Tells whose change a finding is: a call is to blame if it named something that really changed between the two reads and that the finding rests
 * on. Where no call did, all of them are listed as possible, and none is picked.
 */
export class Blaming {
  readonly #changes: readonly NotedChange[];
  readonly #attached: AttachedThings;
  readonly #things: ChangedThings;
  readonly #networks: readonly Network[];

  constructor(
    changes: readonly NotedChange[],
    snapshots: { readonly before: readonly AwsSnapshot[]; readonly after: readonly AwsSnapshot[] },
    networks: readonly Network[],
  ) {
    this.#changes = changes;
    this.#attached = new AttachedThings(
      changes.length === 0 ? [] : [...snapshots.before, ...snapshots.after],
    );
    this.#things = new Map(
      snapshots.after.flatMap((after, i) => [...changedThings(snapshots.before[i], after)]),
    );
    this.#networks = networks;
  }

  /** For a finding in its later form, or for one that is gone in its earlier. */
  of(finding: Finding): Guilt {
    return this.ofThings(new Set(this.#networks.flatMap((network) => [...evidenceOf(finding, network)])));
  }

  /** For something that rests on these ids. */
  ofThings(ids: ReadonlySet<string>): Guilt {
    if (this.#changes.length === 0) return { changes: [], is: 'nobody' };
    const evidence = this.#attached.with(ids);
    const touched = new Set(
      [...this.#things].flatMap(([id, mentioned]) => (evidence.has(id) ? [...mentioned] : [])),
    );
    const guilty = this.#changes.filter((change) => change.ids.some((id) => touched.has(id)));
    return guilty.length > 0 ? { changes: guilty, is: 'these' } : { changes: this.#changes, is: 'one-of' };
  }
}
