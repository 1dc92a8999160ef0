import type { TransportSet } from '#netset';
import { idOf, type Action, type Direction, type Rule, type Tier } from '#model';
import type { ClusterPeer, ClusterSubject, LabelSelector, ReadObject } from '../resources/index.ts';
import { ruleOf, type ClusterDraft } from './cluster-draft.ts';
import { namedBy, type Named } from './cluster-peers.ts';
import type { PodSelection } from './pod-groups.ts';
import { portVariants } from './port-variants.ts';
import type { NamedPort, RulePorts } from './ports.ts';
import type { TIERS } from './tiers.ts';

/** A rule of a policy of the whole cluster, whatever its version. */
export type ClusterRule = {
  readonly direction: Direction;
  readonly action: Action;
  readonly peers: readonly ClusterPeer[];
  readonly ports: RulePorts;
  /** `spec.ingress[0]`. */
  readonly field: string;
};

/** A policy of the whole cluster: rules in their order, for the pods of its subject, before or after the namespaces' own policies. */
export type ClusterPolicy = ReadObject & {
  readonly name: string;
  readonly tier: keyof typeof TIERS & ('admin' | 'baseline');
  readonly priority: number;
  readonly subject: ClusterSubject;
  readonly rules: readonly ClusterRule[];
};

/** The selectors that look at labels of pods, by which pods of one owner might be told apart. */
export function clusterPodSelectorsOf({ subject, rules }: ClusterPolicy): readonly LabelSelector[] {
  const peers = rules.flatMap((rule) => rule.peers);
  return [subject, ...peers].flatMap((one) => ('pods' in one ? (one.pods?.podSelector ?? []) : []));
}

/** Adds a policy to the tier that it belongs to, in as many parts as its pods have numbers for the ports that it names. */
export function addClusterPolicy(
  draft: ClusterDraft,
  policy: ClusterPolicy,
  tier: Pick<Tier, 'rank' | 'name' | 'otherwise'>,
): void {
  const { object, at, name, priority, rules } = policy;
  const applies = (['ingress', 'egress'] as const).filter((direction) =>
    rules.some((rule) => rule.direction === direction),
  );
  const named = rules.flatMap(({ direction, ports }) => (direction === 'ingress' ? ports.named : []));
  for (const { pods, numbers, suffix } of portVariants(draft.groups.select(podsOf(policy.subject)), named)) {
    draft.add(
      {
        id: idOf<'policy'>(`${object.kind} ${name}${suffix}`),
        name,
        kind: 'tiered',
        tier: { ...tier, order: priority, applies },
        rules: rules.flatMap((rule) => rulesOf(draft, policy, rule, numbers)),
        isDefault: false,
        tags: new Map(),
        at: draft.at(object, at, '', false),
      },
      pods,
    );
  }
}

export function podsOf({ namespaces, pods }: ClusterSubject): PodSelection {
  return {
    namespaces: { kind: 'selected', by: pods?.namespaceSelector ?? namespaces ?? {} },
    pods: pods?.podSelector ?? {},
  };
}

function rulesOf(
  draft: ClusterDraft,
  policy: ClusterPolicy,
  rule: ClusterRule,
  numbers: (named: readonly NamedPort[]) => TransportSet,
): readonly Rule[] {
  const { direction, ports, peers, field } = rule;
  return peers.flatMap((peer, i) => {
    const place = `${field}.${direction === 'ingress' ? 'from' : 'to'}[${String(i)}]`;
    const transport = direction === 'ingress' ? ports.numbered.union(numbers(ports.named)) : ports.numbered;
    const byNumber = transport.isEmpty
      ? []
      : namedBy(draft, policy, peer, place).map((named) =>
          lineOf(draft, policy, rule, place, named, transport),
        );
    if (direction === 'ingress' || ports.named.length === 0 || !isPods(peer)) return byNumber;
    const byName = draft.groups
      .byPorts(podsOf(peer), ports.named)
      .map(({ group, numbers: found }) =>
        lineOf(draft, policy, rule, place, { selector: { kind: 'group', group } }, found),
      );
    return [...byNumber, ...byName];
  });
}

function isPods(peer: ClusterPeer): peer is ClusterSubject {
  return !('unknown' in peer) && (peer.pods !== undefined || peer.namespaces !== undefined);
}

function lineOf(
  draft: ClusterDraft,
  { object, at, name }: ClusterPolicy,
  { direction, action }: ClusterRule,
  place: string,
  { selector, doubt }: Named,
  transport: TransportSet,
): Rule {
  return ruleOf({
    id: `${name} ${place.replace('spec.', '')}`,
    direction,
    action,
    selector,
    transport,
    ...(doubt !== undefined && { doubt }),
    at: draft.at(object, at, place, false),
  });
}
