import { IpSet, type TransportSet } from '#netset';
import { idOf, type BlindSpotId, type Direction, type PolicyId, type Rule } from '#model';
import {
  groupOf,
  namespaceOf,
  networkPolicyShape,
  type IpBlock,
  type LabelSelector,
  type NetworkPolicySpec,
  type PolicyPeer,
  type Problem,
  type ReadObject,
} from '../resources/index.ts';
import { ruleOf, type ClusterDraft } from './cluster-draft.ts';
import { parsePart } from './parse.ts';
import { ALL_PODS, type PodSelection } from './pod-groups.ts';
import { portVariants } from './port-variants.ts';
import { rulePorts, type NamedPort, type RulePorts } from './ports.ts';
import type { Named } from './tiered-policy.ts';
import { NETWORK_POLICY_ORDER, TIERS } from './tiers.ts';
import { withAddress } from './with-address.ts';

/** A NetworkPolicy that was understood. */
export type NetworkPolicy = ReadObject & {
  readonly namespace: string;
  readonly name: string;
  readonly spec: NetworkPolicySpec;
};

type Flow = {
  readonly ports: RulePorts;
  readonly peers: readonly PolicyPeer[];
  readonly field: string;
  readonly list: 'from' | 'to';
};

export function readNetworkPolicies(
  objects: readonly ReadObject[],
  problems: Problem[],
): readonly NetworkPolicy[] {
  const seen = new Set<string>();
  return objects.flatMap((read): NetworkPolicy[] => {
    const { object, at } = read;
    if (object.kind !== 'NetworkPolicy' || groupOf(object) !== 'networking.k8s.io') return [];
    const spec = parsePart(networkPolicyShape, read, 'spec', problems);
    if (spec === undefined) return [];
    const [namespace, name] = [namespaceOf(object), object.metadata.name ?? ''];
    const title = `NetworkPolicy ${namespace}/${name}`;
    if (seen.has(title))
      problems.push({
        kind: 'invalid',
        at,
        object: title,
        field: 'metadata.name',
        message: 'is used by another policy of this namespace',
      });
    if (seen.has(title)) return [];
    seen.add(title);
    return [{ ...read, namespace, name, spec }];
  });
}

/** The selectors that look at labels of pods, by which pods of one owner might be told apart. */
export function podSelectorsOf({ spec }: NetworkPolicy): readonly LabelSelector[] {
  const peers = [
    ...(spec.ingress ?? []).flatMap(({ from }) => from ?? []),
    ...(spec.egress ?? []).flatMap(({ to }) => to ?? []),
  ];
  return [spec.podSelector ?? {}, ...peers.flatMap(({ podSelector }) => podSelector ?? [])];
}

/**
 * The directions in which a policy applies to the pods that it selects, with or without a rule. Where it does not say, for what
 * comes in, and for what goes out if it has a rule about that.
 *
 * https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-networkpolicy-resource
 */
function directionsOf({ policyTypes, egress }: NetworkPolicySpec): readonly Direction[] {
  if (policyTypes === undefined || policyTypes.length === 0)
    return egress !== undefined && egress.length > 0 ? ['ingress', 'egress'] : ['ingress'];
  return (['ingress', 'egress'] as const).filter((direction) =>
    policyTypes.includes(direction === 'ingress' ? 'Ingress' : 'Egress'),
  );
}

/** A NetworkPolicy as a policy of the model, or as several where its pods have different numbers for the ports that it names. */
export function addNetworkPolicy(draft: ClusterDraft, policy: NetworkPolicy): void {
  const { object, at, namespace, name, spec } = policy;
  const subject: PodSelection = {
    namespaces: { kind: 'one', name: namespace },
    pods: spec.podSelector ?? {},
  };
  const applies = directionsOf(spec);
  const ingress = (spec.ingress ?? []).map(({ ports, from }, i): Flow =>
    flowOf(ports, from, `spec.ingress[${String(i)}]`, 'from'),
  );
  const egress = (spec.egress ?? []).map(({ ports, to }, i): Flow =>
    flowOf(ports, to, `spec.egress[${String(i)}]`, 'to'),
  );
  const named = applies.includes('ingress') ? ingress.flatMap(({ ports }) => ports.named) : [];
  const pods = [...draft.groups.select(subject), ...draft.onNodes.select(subject)];
  const variants = portVariants(pods, named);
  for (const { pods: alike, numbers, suffix } of variants) {
    const id = idOf<'policy'>(`NetworkPolicy ${namespace}/${name}${suffix}`);
    const rules = applies.flatMap((direction) =>
      direction === 'ingress'
        ? ingress.flatMap((flow) => ingressRules(draft, policy, flow, numbers))
        : egress.flatMap((flow) => egressRules(draft, policy, id, flow)),
    );
    draft.add(
      {
        id,
        name: `${namespace}/${name}`,
        kind: 'tiered',
        tier: { ...TIERS.networkPolicies, order: NETWORK_POLICY_ORDER, applies },
        rules,
        isDefault: false,
        tags: new Map(),
        at: draft.at(object, at),
      },
      alike,
    );
  }
}

function flowOf(
  ports: Parameters<typeof rulePorts>[0],
  peers: readonly PolicyPeer[] | undefined,
  field: string,
  list: 'from' | 'to',
): Flow {
  return { ports: rulePorts(ports), peers: peers ?? [], field, list };
}

function ingressRules(
  draft: ClusterDraft,
  policy: NetworkPolicy,
  { ports, peers, field }: Flow,
  numbers: (named: readonly NamedPort[]) => TransportSet,
): readonly Rule[] {
  const transport = ports.numbered.union(numbers(ports.named));
  if (transport.isEmpty) return [];
  return peersOf(peers, field, 'from').flatMap(({ peer, place }) =>
    allow(draft, policy, 'ingress', place, namedBy(draft, policy, peer, place), transport),
  );
}

/** What goes out names the ports of the far end: pods that have the same numbers for the named ones make a part of the peer. */
function egressRules(
  draft: ClusterDraft,
  policy: NetworkPolicy,
  id: PolicyId,
  { ports, peers, field }: Flow,
): readonly Rule[] {
  return peersOf(peers, field, 'to').flatMap(({ peer, place }) => {
    const numbered = ports.numbered.isEmpty
      ? []
      : allow(draft, policy, 'egress', place, namedBy(draft, policy, peer, place), ports.numbered);
    // a name means nothing for an address outside
    if (ports.named.length === 0 || peer?.ipBlock !== undefined) return numbered;
    const selection = peer === undefined ? ALL_PODS : selectionOf(policy, peer);
    draft.namedEgress.push({ policy: id, selection, ports: ports.named });
    return [
      ...numbered,
      ...draft.groups.byPorts(draft.groups.of(selection), ports.named).flatMap(({ group, numbers }) => {
        const selector = { kind: 'group', group: group.id, text: group.text } as const;
        return allow(draft, policy, 'egress', place, [{ selector }], numbers);
      }),
    ];
  });
}

/** The peers of a rule, each with its place; no peer at all means everybody. */
function peersOf(
  peers: readonly PolicyPeer[],
  field: string,
  list: 'from' | 'to',
): readonly { readonly peer: PolicyPeer | undefined; readonly place: string }[] {
  if (peers.length === 0) return [{ peer: undefined, place: field }];
  return peers.map((peer, i) => ({ peer, place: `${field}.${list}[${String(i)}]` }));
}

/** Whom a peer names; no peer is everybody. */
function namedBy(
  draft: ClusterDraft,
  policy: NetworkPolicy,
  peer: PolicyPeer | undefined,
  field: string,
): readonly Named[] {
  if (peer === undefined) return [{ selector: { kind: 'anyone' } }];
  if (peer.ipBlock !== undefined) return namedByBlock(draft, policy, peer.ipBlock, field);
  const { id, text } = draft.groups.of(selectionOf(policy, peer));
  return [{ selector: { kind: 'group', group: id, text } }];
}

/** Addresses outside the cluster; whether a block also means pods is up to the network plugin (docs/adr/0011). */
function namedByBlock(
  draft: ClusterDraft,
  { object, at, namespace, name }: NetworkPolicy,
  block: IpBlock,
  field: string,
): readonly Named[] {
  const [ips, text] = [ipsOf(block), blockText(block)];
  if (draft.blocks === 'outside') return [{ selector: { kind: 'ips', ips, text } }];
  const note = (what: string, remedy: string) => (): BlindSpotId =>
    draft.doubt(`NetworkPolicy ${namespace}/${name}: ${what}`, remedy, draft.at(object, at, field));
  const unseen = note(
    `${text} means pods too, and the addresses of some are not known`,
    'Read the live cluster, where pods have addresses.',
  );
  const found = withAddress(draft, ips, text, unseen);
  if (draft.blocks === 'anybody') return found;
  const outside: Named = { selector: { kind: 'ips', ips, text } };
  if (found.length === 1) return [outside];
  const open = note(
    `whether ${text} also means pods that have such addresses is up to the network plugin, which does not say`,
    'Name pods by their labels, and what is outside by blocks that no pod is in.',
  )();
  return found.map((one, i) => (i === 0 ? outside : { ...one, doubt: open }));
}

function selectionOf(
  { namespace }: NetworkPolicy,
  { podSelector, namespaceSelector }: PolicyPeer,
): PodSelection {
  return {
    namespaces:
      namespaceSelector === undefined
        ? { kind: 'one', name: namespace }
        : { kind: 'selected', by: namespaceSelector },
    pods: podSelector ?? {},
  };
}

function ipsOf({ cidr, except = [] }: IpBlock): IpSet {
  const of = (text: string): IpSet => IpSet.parse(text);
  return of(cidr).subtract(IpSet.unionOf(except.map(of)));
}

function blockText({ cidr, except = [] }: IpBlock): string {
  return except.length === 0 ? cidr : `${cidr} except ${except.join(', ')}`;
}

function allow(
  draft: ClusterDraft,
  { object, at, namespace, name }: NetworkPolicy,
  direction: Direction,
  field: string,
  named: readonly Named[],
  transport: TransportSet,
): readonly Rule[] {
  const id = `${namespace}/${name} ${field.replace('spec.', '')}`;
  return named.map((one) =>
    ruleOf({ ...one, id, direction, action: 'allow', transport, at: draft.at(object, at, field) }),
  );
}
