import { parseIp, type Family, type Ip } from '#netset';
import {
  cronJobShape,
  groupOf,
  namespaceOf,
  podShape,
  workloadShape,
  type KubernetesObject,
  type PodSpec,
  type Problem,
  type ReadAt,
  type ReadObject,
} from '../resources/index.ts';
import type { Labels } from './match-labels.ts';
import { parsePart } from './parse.ts';

export type ContainerPort = {
  readonly name?: string;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
};

/** Like pods: all those of one workload, which policies cannot tell apart. */
export type PodSet = {
  /** `namespace/name[Kind]`. */
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly kind: string;
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
  readonly images: readonly string[];
  readonly hostNetwork: boolean;
  /** `default` where it names none. https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts */
  readonly serviceAccount: string;
  /** The families of the addresses that its pods have; empty where none was seen. */
  readonly families: ReadonlySet<Family>;
  /** Its pods, as far as they were seen; a template has none. */
  readonly pods: readonly RunningPod[];
  readonly at: ReadAt;
};

/** One pod of a cluster. */
export type RunningPod = {
  /** `namespace/name`. */
  readonly name: string;
  readonly ips: readonly Ip[];
  /** The node it is on, once it has one. */
  readonly node?: string;
  /** The network interface that is its own alone, where its plugin says so (security groups for pods on AWS). */
  readonly interfaceId?: string;
};

/** Kinds that make pods from `spec.template`, by API group. */
const TEMPLATED: ReadonlyMap<string, string> = new Map([
  ['Deployment', 'apps'],
  ['ReplicaSet', 'apps'],
  ['StatefulSet', 'apps'],
  ['DaemonSet', 'apps'],
  ['Job', 'batch'],
  ['ReplicationController', ''],
  // of others, whose template is like these
  ['DeploymentConfig', 'apps.openshift.io'],
  ['Rollout', 'argoproj.io'],
  ['VirtualMachine', 'kubevirt.io'],
]);

/** What makes pods among the objects: one entry for each object, pods of one owner apart. */
export function readPods(objects: readonly ReadObject[], problems: Problem[]): readonly PodSet[] {
  return objects.flatMap((read) => podSetOf(read, problems) ?? []);
}

function podSetOf(read: ReadObject, problems: Problem[]): PodSet | undefined {
  const { object, at } = read;
  const { kind } = object;
  const group = groupOf(object);
  if (kind === 'Pod' && group === '') {
    const pod = parsePart(podShape, read, '', problems);
    if (pod === undefined || pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed')
      return undefined;
    const addresses = (pod.status?.podIPs ?? []).flatMap(({ ip }) =>
      ip === undefined ? [] : (parseIp(ip) ?? []),
    );
    const labels = (object.metadata['labels'] ?? {}) as Record<string, string>;
    return {
      ...like(object, labels, pod.spec),
      families: new Set(addresses.map(({ family }) => family)),
      pods: [runningPod(object, addresses, pod.spec?.nodeName)],
      at,
    };
  }
  const template =
    kind === 'CronJob' && group === 'batch'
      ? parsePart(cronJobShape, read, '', problems)?.spec?.jobTemplate?.spec?.template
      : TEMPLATED.get(kind) === group
        ? parsePart(workloadShape, read, '', problems)?.spec?.template
        : undefined;
  if (template === undefined) return undefined;
  return {
    ...like(object, template.metadata?.labels ?? {}, template.spec),
    families: new Set(),
    pods: [],
    at,
  };
}

function like(
  object: KubernetesObject,
  labels: Record<string, string>,
  spec: PodSpec | undefined,
): Omit<PodSet, 'families' | 'pods' | 'at'> {
  const owner = controllerOf(object);
  const name =
    owner?.name ?? object.metadata.name ?? (object.metadata['generateName'] as string | undefined) ?? '';
  const kind = owner?.kind ?? object.kind;
  const namespace = namespaceOf(object);
  // a restartable init container runs beside the others: a sidecar
  const sidecars = (spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  const containers = [...(spec?.containers ?? []), ...sidecars];
  return {
    id: `${namespace}/${name}[${kind}]`,
    namespace,
    name,
    kind,
    labels: new Map(Object.entries(labels)),
    ports: containers.flatMap(({ ports = [] }) => ports.flatMap(portOf)),
    images: containers.flatMap(({ image }) => image ?? []),
    hostNetwork: spec?.hostNetwork === true,
    serviceAccount: spec?.serviceAccountName ?? 'default',
  };
}

function runningPod(object: KubernetesObject, ips: readonly Ip[], node: string | undefined): RunningPod {
  const interfaceId = interfaceOf(object);
  return {
    name: `${namespaceOf(object)}/${object.metadata.name ?? ''}`,
    ips,
    ...(node !== undefined && { node }),
    ...(interfaceId !== undefined && { interfaceId }),
  };
}

/**
 * The VPC CNI writes the interface of a pod with security groups of its own into an annotation, as JSON.
 * https://docs.aws.amazon.com/eks/latest/userguide/security-groups-for-pods.html
 */
function interfaceOf({ metadata }: KubernetesObject): string | undefined {
  const annotations = (metadata['annotations'] ?? {}) as Readonly<Record<string, unknown>>;
  const text = annotations['vpc.amazonaws.com/pod-eni'];
  return typeof text === 'string' ? /"eniId"\s*:\s*"(eni-[0-9a-f]+)"/.exec(text)?.[1] : undefined;
}

function portOf({
  name,
  containerPort: port,
  protocol = 'TCP',
}: NonNullable<NonNullable<PodSpec['containers']>[number]['ports']>[number]): ContainerPort[] {
  if (port === undefined || (protocol !== 'TCP' && protocol !== 'UDP' && protocol !== 'SCTP')) return [];
  return [{ ...(name !== undefined && { name }), port, protocol }];
}

/** Its controller; a static pod, which a node controls, stands for itself. */
function controllerOf({ kind, metadata }: KubernetesObject): { kind: string; name: string } | undefined {
  if (kind !== 'Pod') return undefined;
  const owners = (metadata['ownerReferences'] ?? []) as readonly {
    kind?: string;
    name: string;
    controller?: boolean;
  }[];
  const owner = owners.find((each) => each.controller === true && each.kind !== 'Node');
  return owner && { kind: owner.kind ?? '', name: owner.name };
}
