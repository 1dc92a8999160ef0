import { idOf, type Endpoint, type GroupId, type PolicyId } from '#model';
import type { ClusterDraft } from './cluster-draft.ts';
import { impliesSelection } from './implies.ts';
import type { Namespace } from './namespaces.ts';
import { isEveryone } from './match-labels.ts';
import { selectionText, type PodSelection } from './pod-groups.ts';

/** A pod that is not there and that a policy has something to say about, should it come. */
export type PotentialPod = {
  readonly endpoint: Endpoint['id'];
  /** What it is known by; everybody for a pod of which nothing is known. */
  readonly selection: PodSelection;
  /** The group that a rule names by this selection. */
  readonly group: GroupId;
  /** Whether a pod is there already that its selectors select, and they name labels one by one. */
  readonly isThere: boolean;
  /** What policies let out to it on ports that only have a name, by policy: `TCP http`. */
  readonly named: ReadonlyMap<PolicyId, readonly string[]>;
};

const ANY_POD: PodSelection = { namespaces: { kind: 'selected', by: {} }, pods: {} };

/** One for each selection that a rule names, and one of which nothing is known. Each is in the groups that it is in whatever else it is. */
export function potentialPods(
  { groups, namedEgress }: ClusterDraft,
  namespaces: ReadonlyMap<string, Namespace>,
  like: (id: Endpoint['id'], groups: readonly GroupId[]) => Endpoint,
): readonly { readonly potential: PotentialPod; readonly endpoint: Endpoint }[] {
  const named = groups.selections();
  const all = new Map(
    [ANY_POD, ...named.map(({ selection }) => selection)].map((one) => [selectionText(one), one]),
  );
  return [...all].map(([text, selection]) => {
    const memberOf = named.filter((group) => impliesSelection(selection, group.selection, namespaces));
    const id = idOf<'endpoint'>(`potential: ${text}`);
    const ports = new Map<PolicyId, string[]>();
    for (const { policy, selection: meant, ports: names } of namedEgress) {
      if (!impliesSelection(selection, meant, namespaces)) continue;
      ports.set(policy, [
        ...(ports.get(policy) ?? []),
        ...names.map(({ protocol, name }) => `${protocol} ${name}`),
      ]);
    }
    return {
      potential: {
        endpoint: id,
        selection,
        group: idOf<'group'>(text),
        named: ports,
        isThere: isSimple(selection) && groups.select(selection).length > 0,
      },
      endpoint: like(
        id,
        memberOf.map((group) => group.id),
      ),
    };
  });
}

/** Whether labels one by one say who is meant and where: then whoever comes is like those that are there. */
function isSimple({ namespaces, pods }: PodSelection): boolean {
  const isPlain = (selector: PodSelection['pods']): boolean =>
    !isEveryone(selector) && (selector.matchExpressions ?? []).length === 0;
  return isPlain(pods) && (namespaces.kind === 'one' || isPlain(namespaces.by));
}
