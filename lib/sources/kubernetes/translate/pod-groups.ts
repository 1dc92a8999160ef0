import type { TransportSet } from '#netset';
import { idOf, type GroupId } from '#model';
import type { LabelSelector } from '../resources/index.ts';
import { isEveryone, selects, selectorText } from './match-labels.ts';
import type { Namespace } from './namespaces.ts';
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
    return this.#group(text, () => this.select(selection));
  }

  /** Those of a selection for whom something more holds; `label` tells it apart from other parts of the same selection. */
  partOf(selection: PodSelection, label: string, holds: (pod: PodSet) => boolean): PodGroup {
    return this.#group(`${selectionText(selection)} ${label}`, () =>
      this.of(selection).members.filter(holds),
    );
  }

  /** The parts of a selection that have the same numbers for named ports, but for those that have none. */
  byPorts(
    selection: PodSelection,
    named: readonly NamedPort[],
  ): readonly { readonly group: GroupId; readonly numbers: TransportSet }[] {
    const found = new Map(
      this.select(selection).map((pod) => {
        const numbers = resolvePorts(named, pod);
        return [numbers.toString(), numbers] as const;
      }),
    );
    return [...found].flatMap(([text, numbers]) => {
      if (numbers.isEmpty) return [];
      const label = `that call ${text} ${named.map(({ name }) => name).join(', ')}`;
      const { id } = this.partOf(selection, label, (pod) => resolvePorts(named, pod).equals(numbers));
      return [{ group: id, numbers }];
    });
  }

  select({ namespaces, pods }: PodSelection): readonly PodSet[] {
    const found: PodSet[] = [];
    for (const [name, here] of this.#byNamespace) {
      if (namespaces.kind === 'one' && namespaces.name !== name) continue;
      if (
        namespaces.kind === 'selected' &&
        !selects(namespaces.by, this.#namespaces.get(name)?.labels ?? new Map<string, string>())
      )
        continue;
      for (const pod of here) if (selects(pods, pod.labels)) found.push(pod);
    }
    return found;
  }

  /** The groups that a pod is a member of, of all that were asked for until now. */
  groupsOf(pod: PodSet): readonly GroupId[] {
    return this.#groupsOf.get(pod) ?? [];
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
