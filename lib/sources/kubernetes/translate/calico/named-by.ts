import { ALL_IPS, IpSet } from '#netset';
import type { CalicoEntity } from '../../resources/index.ts';
import type { ClusterDraft } from '../cluster-draft.ts';
import { ALL_PODS, type PodGroup } from '../pod-groups.ts';
import type { PodSet } from '../pods.ts';
import type { Labels } from '../match-labels.ts';
import type { TieredPeer } from '../tiered-policy.ts';
import { podsWithAddress, withAddress } from '../with-address.ts';
import { calicoLabels, calicoNamespaceLabels } from './labels.ts';
import type { NetworkSet } from './network-sets.ts';
import { parseSelector } from './selector.ts';

/** What is around a rule: the namespace of its policy, the sets that selectors may name, and where to note what is not known. */
export type Scope = {
  readonly draft: ClusterDraft;
  readonly namespace?: string | undefined;
  readonly sets: readonly NetworkSet[];
  readonly note: (field: string, what: string, remedy?: string) => ReturnType<ClusterDraft['doubt']>;
};

/**
 * Whom an end of a rule names: all that it says has to hold. A selector keeps to the namespace of its policy unless another one is selected.
 *
 * https://docs.tigera.io/calico/latest/reference/resources/networkpolicy#entityrule
 */
export function namedByEntity(scope: Scope, entity: CalicoEntity, field: string): TieredPeer {
  const { draft, note } = scope;
  const { serviceAccounts, services, domains, notSelector } = entity;
  const isSelected =
    isText(entity.selector) || isText(entity.namespaceSelector) || serviceAccounts?.names !== undefined;
  const ips = netsOf(entity);
  if (serviceAccounts?.selector !== undefined || services !== undefined || domains !== undefined) {
    const what =
      'names service accounts by their labels, services or domains: whom the rule is about is not known';
    return { field, named: [{ selector: { kind: 'anyone' }, doubt: note(field, what) }] };
  }
  const unseen = (workloads: number): ReturnType<Scope['note']> =>
    note(
      field,
      `names addresses, and those of ${String(workloads)} workloads are not known`,
      'Read the live cluster, where pods have addresses.',
    );
  if (isSelected) {
    const pods = selectedPods(scope, entity);
    const group = { selector: { kind: 'group', group: pods.id, text: pods.text } } as const;
    const named = ips === undefined ? [group] : podsWithAddress(draft, pods, ips, ips.toString(), unseen);
    const sets = selectedSets(scope, entity);
    const outside = ips === undefined ? sets : sets.intersect(ips);
    return {
      field,
      pods,
      named: outside.isEmpty ? named : [...named, { selector: { kind: 'ips', ips: outside } }],
    };
  }
  if (isText(notSelector)) {
    // the reference says that it matches from anywhere, the code that it keeps to the namespace of its policy
    const what = 'is all but what a selector names: how far that reaches is not defined';
    return { field, named: [{ selector: { kind: 'anyone' }, doubt: note(field, what) }] };
  }
  const everyone = draft.groups.of(ALL_PODS);
  if (ips === undefined) return { field, named: [{ selector: { kind: 'anyone' } }], pods: everyone };
  return { field, named: withAddress(draft, ips, ips.toString(), unseen), pods: everyone };
}

/** For which of some pods an end that is themselves holds. */
export function holdsFor(
  { draft, namespace }: Scope,
  entity: CalicoEntity,
  pods: readonly PodSet[],
): 'all' | 'none' | 'some' {
  const { nets, notNets, services, domains } = entity;
  const accounts = entity.serviceAccounts?.selector;
  const found = new Set(
    draft.groups.where(textOf(entity, namespace), (pod, labels) => isSelected(entity, namespace, pod, labels))
      .members,
  );
  const held = pods.filter((pod) => found.has(pod)).length;
  if (held === 0) return 'none';
  const isMore = [nets, notNets, accounts, services, domains].some((part) => part !== undefined);
  return held === pods.length && !isMore ? 'all' : 'some';
}

function selectedPods({ draft, namespace }: Scope, entity: CalicoEntity): PodGroup {
  return draft.groups.where(textOf(entity, namespace), (pod, labels) =>
    isSelected(entity, namespace, pod, labels),
  );
}

function isSelected(
  { selector, notSelector, namespaceSelector, serviceAccounts }: CalicoEntity,
  namespace: string | undefined,
  pod: PodSet,
  namespaceLabels: Labels,
): boolean {
  if (isText(namespaceSelector)) {
    if (isGlobal(namespaceSelector)) return false;
    if (!parseSelector(namespaceSelector)(calicoNamespaceLabels(pod.namespace, namespaceLabels)))
      return false;
  } else if (
    namespace !== undefined &&
    (isText(selector) || serviceAccounts?.names !== undefined) &&
    pod.namespace !== namespace
  )
    return false;
  if (serviceAccounts?.names?.includes(pod.serviceAccount) === false) return false;
  const labels = calicoLabels(pod);
  return (
    parseSelector(selector ?? '')(labels) && !(isText(notSelector) && parseSelector(notSelector)(labels))
  );
}

/** The addresses of sets that a selector names beside pods. */
function selectedSets(
  { draft, namespace, sets }: Scope,
  { selector, notSelector, namespaceSelector, serviceAccounts }: CalicoEntity,
): IpSet {
  // addresses have no account
  if (serviceAccounts?.names !== undefined) return IpSet.NONE;
  const isNamed = (set: NetworkSet): boolean => {
    const isHere = !isText(namespaceSelector)
      ? namespace === undefined || set.namespace === namespace
      : isGlobal(namespaceSelector)
        ? set.namespace === undefined
        : set.namespace !== undefined &&
          parseSelector(namespaceSelector)(
            calicoNamespaceLabels(set.namespace, draft.groups.labelsOf(set.namespace)),
          );
    return (
      isHere &&
      parseSelector(selector ?? '')(set.labels) &&
      !(isText(notSelector) && parseSelector(notSelector)(set.labels))
    );
  };
  return IpSet.unionOf(sets.filter(isNamed).map(({ ips }) => ips));
}

function netsOf({ nets, notNets }: CalicoEntity): IpSet | undefined {
  const of = (list: readonly string[]): IpSet => IpSet.unionOf(list.map((net) => IpSet.parse(net)));
  const [isIn, isOut] = [nets !== undefined && nets.length > 0, notNets !== undefined && notNets.length > 0];
  if (!isIn && !isOut) return undefined;
  return (isIn ? of(nets ?? []) : ALL_IPS).subtract(of(notNets ?? []));
}

function isText(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}

function isGlobal(selector: string): boolean {
  return /^\s*global\s*\(\s*\)\s*$/.test(selector);
}

/** A name for whom an entity selects, the same for the same. */
function textOf(
  { selector, notSelector, namespaceSelector, serviceAccounts }: CalicoEntity,
  namespace: string | undefined,
): string {
  const names = serviceAccounts?.names;
  const parts = [
    isText(selector) ? selector.trim() : 'all pods',
    ...(isText(notSelector) ? [`but not ${notSelector.trim()}`] : []),
    isText(namespaceSelector)
      ? `in namespaces with ${namespaceSelector.trim()}`
      : namespace !== undefined && (isText(selector) || names !== undefined)
        ? `in ${namespace}`
        : 'anywhere',
    ...(names === undefined ? [] : [`as ${names.join(', ')}`]),
  ];
  return `Calico: ${parts.join(' ')}`;
}
