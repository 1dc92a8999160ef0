import { IpSet } from '#netset';
import {
  idOf,
  type BlindSpot,
  type BlindSpotId,
  type Policy,
  type PolicyId,
  type Rule,
  type SourceRef,
} from '#model';
import { NETWORK_POLICY, type BlocksMean, type PolicyKind } from '../enforcement/index.ts';
import {
  placeText,
  type KubernetesObject,
  type LabelSelector,
  type Problem,
  type ReadAt,
} from '../resources/index.ts';
import { selects } from './match-labels.ts';
import type { Node } from './nodes.ts';
import { titleOf } from './parse.ts';
import { PodGroups, type PodSelection } from './pod-groups.ts';
import type { PodSet } from './pods.ts';
import type { NamedPort } from './ports.ts';

/**
 * `as-specified`: whoever has such an address, pods too. `outside-only`: only addresses outside the cluster, as other tools read them.
 */
export type ClusterPeers = 'as-specified' | 'outside-only';

/** What the translators of policies of any kind put together: groups of pods, and who carries which policy. */
export class ClusterDraft {
  readonly cluster: string;
  readonly groups: PodGroups;
  readonly problems: Problem[];
  /** Pods on the network of their node to which NetworkPolicies perhaps apply. */
  readonly onNodes: PodGroups;
  /** What `networks` and `nodes` of policies of the whole cluster name. */
  readonly clusterPeers: ClusterPeers;
  /** What blocks of NetworkPolicies mean. */
  readonly blocks: BlocksMean | 'open';
  readonly policies = new Map<PolicyId, Policy>();
  readonly blindSpots = new Map<BlindSpotId, BlindSpot>();
  readonly #kinds = new Map<PolicyId, PolicyKind>();
  /** Rules that name ports of pods that need not be there: their numbers only the pods know. */
  readonly namedEgress: {
    readonly policy: PolicyId;
    readonly selection: PodSelection;
    readonly ports: readonly NamedPort[];
  }[] = [];
  readonly #nodes: readonly Node[];
  readonly #carried = new Map<PodSet, PolicyId[]>();

  constructor(
    cluster: string,
    groups: PodGroups,
    problems: Problem[],
    {
      nodes = [],
      onNodes = new PodGroups(new Map(), []),
      clusterPeers = 'as-specified',
      blocks = 'outside',
    }: Partial<Pick<ClusterDraft, 'onNodes' | 'clusterPeers' | 'blocks'>> & {
      nodes?: readonly Node[];
    } = {},
  ) {
    this.cluster = cluster;
    this.groups = groups;
    this.problems = problems;
    this.#nodes = nodes;
    this.onNodes = onNodes;
    this.clusterPeers = clusterPeers;
    this.blocks = blocks;
  }

  /** Blocks of addresses that policies of Cilium name, by their name. */
  readonly cidrGroups = new Map<string, IpSet>();

  /** The addresses of the nodes that a selector selects; `undefined` where no node was read. */
  nodes(selector: LabelSelector): IpSet | undefined {
    if (this.#nodes.length === 0) return undefined;
    const selected = this.#nodes.filter(({ labels }) => selects(selector, labels));
    return IpSet.unionOf(selected.map(({ ips }) => ips));
  }

  /** Notes that a rule is not wholly understood. */
  doubt(what: string, remedy: string, at: SourceRef): BlindSpotId {
    const id = idOf<'blind-spot'>(`rule-not-understood ${at.path}`);
    this.blindSpots.set(id, { id, code: 'rule-not-understood', effect: 'hides-ways', what, remedy, at });
    return id;
  }

  /** Notes that something which is not followed may only take ways away. */
  narrow(what: string, at: SourceRef): void {
    const id = idOf<'blind-spot'>(`narrower ${at.path}`);
    this.blindSpots.set(id, {
      id,
      code: 'rule-not-understood',
      effect: 'only-narrows',
      what,
      remedy: '',
      at,
    });
  }

  /** Adds a policy, which applies to these pods. `kind`: of which an engine may or may not know. */
  add(policy: Policy, carriers: Iterable<PodSet>, kind: PolicyKind = NETWORK_POLICY): void {
    if (this.policies.has(policy.id)) throw new Error(`two policies have the id ${policy.id}`);
    this.policies.set(policy.id, policy);
    this.#kinds.set(policy.id, kind);
    for (const pod of carriers) {
      const known = this.#carried.get(pod);
      if (known === undefined) this.#carried.set(pod, [policy.id]);
      else known.push(policy.id);
    }
  }

  /** The pods that some policy applies to. */
  selected(): readonly PodSet[] {
    return [...this.#carried.keys()];
  }

  /** Who carries which policy. */
  carriers(): ReadonlyMap<PolicyId, ReadonlySet<PodSet>> {
    const found = new Map<PolicyId, Set<PodSet>>();
    for (const [pod, policies] of this.#carried) {
      for (const id of policies) {
        const known = found.get(id);
        if (known === undefined) found.set(id, new Set([pod]));
        else known.add(pod);
      }
    }
    return found;
  }

  policiesOf(pod: PodSet): readonly PolicyId[] {
    return this.#carried.get(pod) ?? [];
  }

  kindOf(policy: PolicyId): PolicyKind {
    return this.#kinds.get(policy) ?? NETWORK_POLICY;
  }

  /** Where in an object something stands: `payments.yaml:12 spec.ingress[0]`. */
  at(object: KubernetesObject, read: ReadAt, field = '', isNamespaced = true): SourceRef {
    return refOf(this.cluster, titleOf(object, isNamespaced), read, field);
  }
}

export function refOf(cluster: string, id: string, read: ReadAt, field = ''): SourceRef {
  const path = field === '' ? placeText(read) : `${placeText(read)} ${field}`;
  return { source: 'kubernetes', account: cluster, region: '', path, id };
}

/** A rule of a policy without the parts that are the same for every one of Kubernetes'. */
export function ruleOf(rule: Omit<Rule, 'id' | 'description'> & { readonly id: string }): Rule {
  return { ...rule, id: idOf<'rule'>(rule.id), description: '' };
}
