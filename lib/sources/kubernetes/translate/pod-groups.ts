import type { TransportSet } from '#netset';
import { idOf, type GroupId } from '#model';
import type { LabelSelector } from '../resources/index.ts';
import { isEveryone, selects, selectorText, type Labels } from './match-labels.ts';
import { NAME_LABEL, type Namespace } from './namespaces.ts';
import type { PodSet } from './pods.ts';
import { resolvePorts, type NamedPort } from './ports.ts';

/** Whom selectors name: pods by their labels, in one namespace or in those that a selector selects. */
export type PodSelection = {
  readonly namespaces:
    | { readonly kind: 'one'; readonly name: string }
    | { readonly kind: 'selected'; readonly by: LabelSelector };
  readonly pods: LabelSelector;
};

export const ALL_PODS: PodSelection = { namespaces: { kind: 'selected', by: {} }, pods: {} };

export type PodGroup = { readonly id: GroupId; readonly text: string; readonly members: readonly PodSet[] };

/**
 * Selectors as groups of the model: the members are looked for once for each distinct selection. What a policy cannot be about, pods on
 * the network of their node, is in no group.
 */
export class PodGroups {
  readonly #namespaces: ReadonlyMap<string, Namespace>;
  readonly #byNamespace = new Map<string, PodSet[]>();
  readonly #groups = new Map<string, PodGroup>();
  readonly #selections = new Map<GroupId, PodSelection>();
  readonly #groupsOf = new Map<PodSet, GroupId[]>();

  constructor(namespaces: ReadonlyMap<string, Namespace>, pods: readonly PodSet[]) {
    this.#namespaces = namespaces;
    for (const pod of pods) {
      const known = this.#byNamespace.get(pod.namespace);
      if (known === undefined) this.#byNamespace.set(pod.namespace, [pod]);
      else known.push(pod);
    }
  }

  of(selection: PodSelection): PodGroup {
    const text = selectionText(selection);
    const id = idOf<'group'>(text);
    if (!this.#selections.has(id)) this.#selections.set(id, selection);
    return this.#group(text, () => this.select(selection));
  }

  /** Those of a selection for whom something more holds; `label` tells it apart from other parts of the same selection. */
  partOf(selection: PodSelection, label: string, holds: (pod: PodSet) => boolean): PodGroup {
    return this.among(this.of(selection), label, holds);
  }

  /** Those of a group for whom something more holds. */
  among(group: PodGroup, label: string, holds: (pod: PodSet) => boolean): PodGroup {
    return this.#group(`${group.text} ${label}`, () => group.members.filter(holds));
  }

  /** Whom a selector of another language names; `text` says it, the same for the same pods. */
  where(text: string, holds: (pod: PodSet, namespace: Labels) => boolean): PodGroup {
    return this.#group(text, () =>
      [...this.#byNamespace].flatMap(([name, here]) => {
        const labels = this.labelsOf(name);
        return here.filter((pod) => holds(pod, labels));
      }),
    );
  }

  /** The parts of a group that have the same numbers for named ports, but for those that have none. */
  byPorts(
    group: PodGroup,
    named: readonly NamedPort[],
  ): readonly { readonly group: PodGroup; readonly numbers: TransportSet }[] {
    const found = new Map(
      group.members.map((pod) => {
        const numbers = resolvePorts(named, pod);
        return [numbers.toString(), numbers] as const;
      }),
    );
    return [...found].flatMap(([text, numbers]) => {
      if (numbers.isEmpty) return [];
      const label = `that call ${text} ${named.map(({ name }) => name).join(', ')}`;
      const part = this.among(group, label, (pod) => resolvePorts(named, pod).equals(numbers));
      return [{ group: part, numbers }];
    });
  }

  /** A group of pods that no selector names. */
  named(text: string, members: readonly PodSet[]): PodGroup {
    return this.#group(text, () => members);
  }

  /** Those of one group that are not in another. */
  without(group: GroupId, other: GroupId): PodGroup {
    const [ours, theirs] = [this.membersOf(group), new Set(this.membersOf(other))];
    return this.#group(`${group} but not ${other}`, () => ours.filter((pod) => !theirs.has(pod)));
  }

  membersOf(group: GroupId): readonly PodSet[] {
    return this.#groups.get(group)?.members ?? [];
  }

  /** The groups of whole selections that were asked for until now. */
  selections(): readonly { readonly id: GroupId; readonly selection: PodSelection }[] {
    return [...this.#selections].map(([id, selection]) => ({ id, selection }));
  }

  /** The groups that a pod without labels in a namespace without labels is in: one of which nothing is known passes for that. */
  unlabelled(): readonly GroupId[] {
    const none = new Map<string, string>();
    return this.selections().flatMap(({ id, selection: { namespaces, pods } }) =>
      namespaces.kind === 'selected' && selects(namespaces.by, none) && selects(pods, none) ? [id] : [],
    );
  }

  select({ namespaces, pods }: PodSelection): readonly PodSet[] {
    const found: PodSet[] = [];
    for (const [name, here] of this.#byNamespace) {
      if (namespaces.kind === 'one' && namespaces.name !== name) continue;
      if (namespaces.kind === 'selected' && !selects(namespaces.by, this.labelsOf(name))) continue;
      for (const pod of here) if (selects(pods, pod.labels)) found.push(pod);
    }
    return found;
  }

  /** The groups that a pod is a member of, of all that were asked for until now. */
  groupsOf(pod: PodSet): readonly GroupId[] {
    return this.#groupsOf.get(pod) ?? [];
  }

  labelsOf(namespace: string): Labels {
    return this.#namespaces.get(namespace)?.labels ?? new Map([[NAME_LABEL, namespace]]);
  }

  #group(text: string, members: () => readonly PodSet[]): PodGroup {
    const known = this.#groups.get(text);
    if (known !== undefined) return known;
    const group = { id: idOf<'group'>(text), text, members: members() };
    this.#groups.set(text, group);
    for (const pod of group.members) {
      const groups = this.#groupsOf.get(pod);
      if (groups === undefined) this.#groupsOf.set(pod, [group.id]);
      else groups.push(group.id);
    }
    return group;
  }
}

/** `pods with app=db in finance`, `all pods in namespaces with team=a`. The same for selections of the same terms. */
export function selectionText({ namespaces, pods }: PodSelection): string {
  const who = isEveryone(pods) ? 'all pods' : `pods with ${selectorText(pods)}`;
  if (namespaces.kind === 'one') return `${who} in ${namespaces.name}`;
  return isEveryone(namespaces.by)
    ? `${who} in all namespaces`
    : `${who} in namespaces with ${selectorText(namespaces.by)}`;
}
