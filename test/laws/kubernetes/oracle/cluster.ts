import { addressOf, type Address } from '../../oracle/address.ts';
import type { ContainerPort, KubeObject, Labels, PodSpec, PodStatus, Protocol } from './objects.ts';
import { notDefined, type End } from './question.ts';

export type Pod = {
  readonly kind: 'pod';
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly namespaceLabels: Labels;
  readonly ports: readonly ContainerPort[];
  readonly hostNetwork: boolean;
  /** Empty where they are not known. */
  readonly addresses: readonly Address[];
  readonly serviceAccount: string;
};

/** What a policy sees of the far end of a packet. */
export type FarEnd = Pod | { readonly kind: 'external'; readonly address: Address };

export type Direction = 'ingress' | 'egress';

/**
 * What becomes of a pod on its node's own network is left open: a network plugin may tell it from its node, so that policies see a
 * pod like any other, or it may not, and then they see the node. https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-and-hostnetwork-pods
 */
export type HostPods = 'as pods' | 'as nodes';

/**
 * Whom `networks` of admin policies mean: the comments of their API say whoever has such an address, pods too, and other tools read
 * them as blocks of addresses outside the cluster.
 */
export type Networks = 'anybody' | 'outside';

/** A packet as the policies of one of its ends see it. */
export type Sight = {
  readonly near: Pod;
  readonly far: FarEnd;
  readonly direction: Direction;
  readonly protocol: Protocol;
  readonly port: number;
  readonly hostPods: HostPods;
  readonly networks: Networks;
};

export type Packet = Omit<Sight, 'near' | 'far' | 'direction'>;

/** Set by the API server on every namespace: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/ */
const NAME_LABEL = 'kubernetes.io/metadata.name';

export function endOf(objects: readonly KubeObject[], end: End): FarEnd {
  if ('ip' in end) return { kind: 'external', address: addressOf(end.ip) };
  const object = objects.find(
    (each) => each.kind === 'Pod' && `${namespaceOf(each)}/${each.metadata.name}` === end.pod,
  );
  if (object === undefined) throw new TypeError(`no pod ${end.pod}`);
  return podOf(objects, object);
}

export function podOf(objects: readonly KubeObject[], object: KubeObject): Pod {
  const spec = (object.spec ?? {}) as PodSpec;
  const status = (object.status ?? {}) as PodStatus;
  const namespace = namespaceOf(object);
  return {
    kind: 'pod',
    name: object.metadata.name,
    namespace,
    labels: object.metadata.labels ?? {},
    namespaceLabels: labelsOfNamespace(objects, namespace),
    ports: (spec.containers ?? []).flatMap((container) => container.ports ?? []),
    hostNetwork: spec.hostNetwork ?? false,
    addresses: (status.podIPs ?? []).map(({ ip }) => addressOf(ip)),
    serviceAccount: spec.serviceAccountName ?? 'default',
  };
}

export type Node = { readonly labels: Labels; readonly addresses: readonly Address[] };

export function nodesOf(objects: readonly KubeObject[]): Node[] {
  return objects
    .filter((each) => each.kind === 'Node')
    .map((each) => {
      const { addresses = [] } = (each.status ?? {}) as {
        readonly addresses?: readonly { readonly address: string }[];
      };
      return {
        labels: each.metadata.labels ?? {},
        addresses: addresses.map(({ address }) => addressOf(address)),
      };
    });
}

export function namespaceOf(object: KubeObject): string {
  return object.metadata.namespace ?? 'default';
}

/** A packet seen from the end that a direction is about; undefined where that end is outside. */
export function seenFrom(direction: Direction, from: FarEnd, to: FarEnd, packet: Packet): Sight | undefined {
  const [near, far] = direction === 'egress' ? [from, to] : [to, from];
  if (near.kind !== 'pod') return undefined;
  return { ...packet, near, far, direction };
}

/** The end that has the port, as both directions name the port that is called. */
export function calledEnd(sight: Sight): FarEnd {
  return sight.direction === 'ingress' ? sight.near : sight.far;
}

/** Whether the pod that is called has a port of that name and number and, where one is asked for, protocol. */
export function isCalledByName(sight: Sight, name: string, protocol?: Protocol): boolean {
  const called = calledEnd(sight);
  if (called.kind !== 'pod') return false;
  if (called.hostNetwork) notDefined('the named ports of a node');
  return called.ports.some((port) => {
    const own = port.protocol ?? 'TCP';
    return (
      port.name === name &&
      port.containerPort === sight.port &&
      own === sight.protocol &&
      (protocol === undefined || own === protocol)
    );
  });
}

export function labelsOfNamespace(objects: readonly KubeObject[], name: string): Labels {
  const declared = objects.find((each) => each.kind === 'Namespace' && each.metadata.name === name);
  return { ...declared?.metadata.labels, [NAME_LABEL]: name };
}
