import { hasAddressIn } from './blocks.ts';
import type { CalicoEntity, CalicoRule } from './calico-objects.ts';
import { isSelectedBy } from './calico-selector.ts';
import {
  isCalledByName,
  labelsOfNamespace,
  namespaceOf,
  type FarEnd,
  type Pod,
  type Sight,
} from './cluster.ts';
import type { KubeObject, Labels } from './objects.ts';
import { notDefined } from './question.ts';

const NUMBERS: Readonly<Record<string, number>> = {
  icmp: 1,
  tcp: 6,
  udp: 17,
  icmpv6: 58,
  sctp: 132,
  udplite: 136,
};

/**
 * All that a rule says has to hold. `scope`: the namespace of the rule's policy, undefined for a global one.
 * https://docs.tigera.io/calico/latest/reference/resources/networkpolicy#rule
 */
export function calicoRuleMatches(
  rule: CalicoRule,
  scope: string | undefined,
  sight: Sight,
  sets: readonly AddressSet[],
): boolean {
  const own = numberOf(sight.protocol);
  if (rule.protocol !== undefined && rule.protocol !== null && numberOf(rule.protocol) !== own) return false;
  if (rule.notProtocol !== undefined && rule.notProtocol !== null && numberOf(rule.notProtocol) === own)
    return false;
  const [from, to] = sight.direction === 'egress' ? [sight.near, sight.far] : [sight.far, sight.near];
  const source = rule.source ?? {};
  const destination = rule.destination ?? {};
  if (!matchesPorts(rule, destination, sight)) return false;
  if (!isWhoIsSelected(source, scope, from, sets) || !isWhoIsSelected(destination, scope, to, sets))
    return false;
  // What is left may be known only from addresses that no manifest holds.
  if (!isInNets(source, from) || !isInNets(destination, to)) return false;
  if (rule.http || rule.ipVersion || source.ports?.length || source.notPorts?.length)
    notDefined('more than a packet to a port says');
  return true;
}

/** Addresses with labels: a NetworkSet, or a global one without a namespace. */
export type AddressSet = {
  readonly namespace: string | undefined;
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
  readonly nets: readonly string[];
};

export function setsOf(objects: readonly KubeObject[]): AddressSet[] {
  return objects
    .filter(({ kind }) => kind === 'NetworkSet' || kind === 'GlobalNetworkSet')
    .map((each) => {
      const namespace = each.kind === 'NetworkSet' ? namespaceOf(each) : undefined;
      const { nets = [] } = (each.spec ?? {}) as { readonly nets?: readonly string[] };
      return {
        namespace,
        namespaceLabels:
          namespace === undefined
            ? {}
            : { ...labelsOfNamespace(objects, namespace), 'projectcalico.org/name': namespace },
        labels: each.metadata.labels ?? {},
        nets,
      };
    });
}

export function podLabelsOf(pod: Pod): Labels {
  return {
    ...pod.labels,
    'projectcalico.org/namespace': pod.namespace,
    'projectcalico.org/orchestrator': 'k8s',
    'projectcalico.org/serviceaccount': pod.serviceAccount,
  };
}

export function namespaceLabelsOf(pod: Pod): Labels {
  return { ...pod.namespaceLabels, 'projectcalico.org/name': pod.namespace };
}

function isWhoIsSelected(
  entity: CalicoEntity,
  scope: string | undefined,
  end: FarEnd,
  sets: readonly AddressSet[],
): boolean {
  const { selector, notSelector, namespaceSelector, serviceAccounts, services } = entity;
  if (serviceAccounts || services) notDefined('accounts and services');
  if (selector || namespaceSelector) {
    if (end.kind !== 'pod') return sets.some((set) => isSetMeant(entity, scope, set) && isInSet(set, end));
    if (namespaceSelector) {
      if (namespaceSelector.trim() === 'global()') return false;
      if (!isSelectedBy(namespaceSelector, namespaceLabelsOf(end))) return false;
    } else if (scope !== undefined && end.namespace !== scope) return false;
    if (selector && !isSelectedBy(selector, podLabelsOf(end))) return false;
  }
  if (!notSelector) return true;
  const isOutOfScope = scope !== undefined && (end.kind !== 'pod' || end.namespace !== scope);
  // The reference says that it matches from anywhere, the code that it keeps to the namespace of its policy.
  if (!selector && !namespaceSelector && isOutOfScope) notDefined('how far a notSelector reaches');
  return end.kind !== 'pod' || !isSelectedBy(notSelector, podLabelsOf(end));
}

/** A set is named as pods are: by its labels, in the policy's namespace or in those that are selected; `global()` are those of none. */
function isSetMeant(
  { selector, notSelector, namespaceSelector }: CalicoEntity,
  scope: string | undefined,
  { namespace, namespaceLabels, labels }: AddressSet,
): boolean {
  if (namespaceSelector) {
    const isGlobal = namespaceSelector.trim() === 'global()';
    if (isGlobal !== (namespace === undefined)) return false;
    if (!isGlobal && !isSelectedBy(namespaceSelector, namespaceLabels)) return false;
  } else if (scope !== undefined && namespace !== scope) return false;
  return (!selector || isSelectedBy(selector, labels)) && !(notSelector && isSelectedBy(notSelector, labels));
}

function isInSet({ nets }: AddressSet, end: FarEnd): boolean {
  return nets.some((net) => hasAddressIn(end, withLength(net)));
}

/** Blocks match pods as well. */
function isInNets({ nets, notNets }: CalicoEntity, end: FarEnd): boolean {
  if (!nets?.length && !notNets?.length) return true;
  if (nets?.length && !nets.some((net) => hasAddressIn(end, withLength(net)))) return false;
  return !(notNets ?? []).some((net) => hasAddressIn(end, withLength(net)));
}

function withLength(net: string): string {
  if (net.includes('/')) return net;
  return `${net}/${net.includes(':') ? '128' : '32'}`;
}

function matchesPorts(rule: CalicoRule, { ports, notPorts }: CalicoEntity, sight: Sight): boolean {
  if (!ports?.length && !notPorts?.length) return true;
  if (rule.protocol === undefined || rule.protocol === null) notDefined('ports of no protocol');
  if (ports?.length && !ports.some((port) => isPort(port, sight))) return false;
  return !(notPorts ?? []).some((port) => isPort(port, sight));
}

function isPort(port: number | string, sight: Sight): boolean {
  if (typeof port === 'number') return port === sight.port;
  const range = /^(\d+):(\d+)$/.exec(port);
  if (range !== null) return Number(range[1]) <= sight.port && sight.port <= Number(range[2]);
  return /^\d+$/.test(port) ? Number(port) === sight.port : isCalledByName(sight, port, sight.protocol);
}

function numberOf(protocol: string | number): number {
  if (typeof protocol === 'number') return protocol;
  return NUMBERS[protocol.toLowerCase()] ?? notDefined(`no protocol ${protocol}`);
}
