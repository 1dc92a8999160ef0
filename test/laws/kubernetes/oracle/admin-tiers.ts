import { hasAddressIn, isInBlock } from './blocks.ts';
import { isSameAddress } from '../../oracle/address.ts';
import { isCalledByName, nodesOf, type FarEnd, type Pod, type Sight } from './cluster.ts';
import { isSelected } from './label-selector.ts';
import type {
  AdminPeer,
  AdminPort,
  AdminRule,
  AdminSpec,
  AdminSubject,
  ClusterProtocol,
  DestinationPort,
  KubeObject,
  LabelSelector,
  NamespacedPods,
} from './objects.ts';
import { notDefined } from './question.ts';

export type Tier = 'admin' | 'baseline';
export type Verdict = 'allow' | 'deny' | 'pass';

const ACTIONS: Readonly<Record<string, Verdict>> = {
  Allow: 'allow',
  Accept: 'allow',
  Deny: 'deny',
  Pass: 'pass',
};

/**
 * policy.networking.k8s.io: what the policies of one tier say of a packet; undefined where no rule matches. The policies go by
 * ascending priority, their rules from top to bottom, and the first rule that matches decides.
 * https://network-policy-api.sigs.k8s.io/api-overview/
 */
export function tierSays(objects: readonly KubeObject[], tier: Tier, sight: Sight): Verdict | undefined {
  const policies = objects
    .filter((each) => tierOf(each) === tier)
    .map((each) => each.spec as AdminSpec)
    .filter((spec) => isSubject(spec.subject, sight.near) && rulesOf(spec, sight).length > 0);
  const priorities = policies.map(priorityOf);
  if (new Set(priorities).size < priorities.length) notDefined('two policies of one priority');
  for (const spec of policies.toSorted((a, b) => priorityOf(a) - priorityOf(b))) {
    for (const rule of rulesOf(spec, sight)) {
      const verdict = ruleSays(objects, rule, sight);
      if (verdict !== undefined) return verdict;
    }
  }
  return undefined;
}

export function tierOf(object: KubeObject): Tier | undefined {
  if (!object.apiVersion.startsWith('policy.networking.k8s.io/')) return undefined;
  switch (object.kind) {
    case 'AdminNetworkPolicy':
      return 'admin';
    case 'BaselineAdminNetworkPolicy':
      return 'baseline';
    case 'ClusterNetworkPolicy':
      return (object.spec as AdminSpec).tier === 'Admin' ? 'admin' : 'baseline';
    default:
      return undefined;
  }
}

/** There is one BaselineAdminNetworkPolicy at most, and it has no priority. */
function priorityOf(spec: AdminSpec): number {
  return spec.priority ?? 0;
}

function rulesOf(spec: AdminSpec, sight: Sight): readonly AdminRule[] {
  return (sight.direction === 'ingress' ? spec.ingress : spec.egress) ?? [];
}

function ruleSays(objects: readonly KubeObject[], rule: AdminRule, sight: Sight): Verdict | undefined {
  const action = ACTIONS[rule.action] ?? notDefined(`no action ${rule.action}`);
  const peers = (sight.direction === 'ingress' ? rule.from : rule.to) ?? [];
  if (peers.length === 0) notDefined('a rule without peers');
  const isTransport = matchesPorts(rule, sight);
  // A peer that the reader does not know: Allow matches nothing, and any other rule denies everything.
  if (peers.some(isUnknown)) {
    if (action === 'allow') return undefined;
    return isTransport ? 'deny' : notDefined('how much a rule with a peer that is not known denies');
  }
  return isTransport && peers.some((peer) => matchesPeer(objects, peer, sight)) ? action : undefined;
}

function isUnknown(peer: AdminPeer): boolean {
  const known = [peer.namespaces, peer.pods, peer.networks, peer.nodes, peer.domainNames];
  return known.every((field) => field === undefined || field === null);
}

function isSubject(subject: AdminSubject, pod: Pod): boolean {
  return isOneOf(subject, pod);
}

function matchesPeer(objects: readonly KubeObject[], peer: AdminPeer, { far, networks }: Sight): boolean {
  if (peer.networks)
    return peer.networks.some((cidr) =>
      networks === 'anybody' ? hasAddressIn(far, cidr) : isInBlock(far, cidr),
    );
  // who reads networks as addresses outside reads nodes as nobody
  if (peer.nodes) return networks === 'anybody' && isNodeOf(objects, peer.nodes, far);
  if (peer.domainNames) return far.kind === 'external' && notDefined('the addresses of a name');
  return far.kind === 'pod' && isOneOf(peer, far);
}

/** A node is whoever has its address: nobody where nodes are read and none has it. */
function isNodeOf(objects: readonly KubeObject[], selector: LabelSelector, far: FarEnd): boolean {
  if (far.kind === 'pod') return far.hostNetwork && notDefined('the node of a pod');
  const nodes = nodesOf(objects);
  if (nodes.length === 0) notDefined('the addresses of nodes');
  return nodes.some(
    ({ labels, addresses }) =>
      isSelected(selector, labels) && addresses.some((address) => isSameAddress(address, far.address)),
  );
}

/** Pods on the host network are no subject and no peer. */
function isOneOf({ namespaces, pods }: AdminSubject, pod: Pod): boolean {
  if (pod.hostNetwork) return false;
  if (namespaces) return isSelected(namespaces, pod.namespaceLabels);
  return pods ? isBoth(pods, pod) : notDefined('a subject that says nothing');
}

function isBoth({ namespaceSelector, podSelector }: NamespacedPods, pod: Pod): boolean {
  return (
    isSelected(namespaceSelector ?? {}, pod.namespaceLabels) && isSelected(podSelector ?? {}, pod.labels)
  );
}

function matchesPorts(rule: AdminRule, sight: Sight): boolean {
  const { ports, protocols } = rule;
  if (ports) {
    if (ports.length === 0) notDefined('an empty list of ports');
    return ports.some((port) => matchesPort(port, sight));
  }
  if (protocols) {
    if (protocols.length === 0) notDefined('an empty list of protocols');
    return protocols.some((protocol) => matchesProtocol(protocol, sight));
  }
  return true;
}

function matchesPort({ portNumber, portRange, namedPort }: AdminPort, sight: Sight): boolean {
  if (portNumber) return (portNumber.protocol ?? 'TCP') === sight.protocol && portNumber.port === sight.port;
  if (portRange) {
    if ((portRange.protocol ?? 'TCP') !== sight.protocol) return false;
    return portRange.start <= sight.port && sight.port <= portRange.end;
  }
  // The protocol is that of the container's port.
  return namedPort ? isCalledByName(sight, namedPort) : notDefined('a port that says nothing');
}

function matchesProtocol({ tcp, udp, sctp, destinationNamedPort }: ClusterProtocol, sight: Sight): boolean {
  if (destinationNamedPort) return isCalledByName(sight, destinationNamedPort);
  const [protocol, match] = tcp
    ? (['TCP', tcp] as const)
    : udp
      ? (['UDP', udp] as const)
      : (['SCTP', sctp ?? notDefined('a protocol that says nothing')] as const);
  if (protocol !== sight.protocol) return false;
  return !match.destinationPort || isDestination(match.destinationPort, sight.port);
}

function isDestination({ number, range }: DestinationPort, port: number): boolean {
  if (range) return range.start <= port && port <= range.end;
  return number === port;
}
