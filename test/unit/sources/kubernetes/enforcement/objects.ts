import type { SeenObject } from '../../../../../lib/sources/kubernetes/enforcement/index.ts';

type ContainerGiven = {
  readonly name?: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly command?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

type WorkloadGiven = {
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly desired?: number;
  readonly ready?: number;
};

/** A DaemonSet as its project's manifests have it: `kube-system/cilium`. */
export function daemonSet(
  at: string,
  containers: readonly ContainerGiven[],
  given: WorkloadGiven = {},
): SeenObject {
  return workload('DaemonSet', at, containers, given);
}

export function deployment(at: string, containers: readonly ContainerGiven[]): SeenObject {
  return workload('Deployment', at, containers, {});
}

export function configMap(at: string, data: Readonly<Record<string, string>>): SeenObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: placeOf(at), data };
}

export function node(
  name: string,
  given: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly kubelet?: string;
    readonly providerID?: string;
    readonly taints?: readonly string[];
  } = {},
): SeenObject {
  const { labels = {}, annotations = {}, kubelet = 'v1.31.2', providerID, taints = [] } = given;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/os': 'linux', ...labels }, annotations },
    spec: { providerID, taints: taints.map((key) => ({ key })) },
    status: { nodeInfo: { kubeletVersion: kubelet } },
  };
}

/** A pod of a DaemonSet, on a node. */
export function agentPod(at: string, on: string, ready = true): SeenObject {
  const { namespace, name } = placeOf(at);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace,
      name: `${name}-${on}`,
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name, controller: true }],
    },
    spec: { nodeName: on },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  };
}

export function object(apiVersion: string, kind: string, at: string, rest: object = {}): SeenObject {
  return { apiVersion, kind, metadata: placeOf(at), ...rest };
}

export function networkPolicy(at: string, ports: readonly object[] = []): SeenObject {
  return object('networking.k8s.io/v1', 'NetworkPolicy', at, {
    spec: { podSelector: {}, ingress: [{ ports }] },
  });
}

function workload(
  kind: string,
  at: string,
  containers: readonly ContainerGiven[],
  { nodeSelector, desired, ready }: WorkloadGiven,
): SeenObject {
  const { namespace, name } = placeOf(at);
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { namespace, name },
    spec: {
      template: {
        spec: {
          nodeSelector,
          containers: containers.map(({ name: own = name, image, args, command, env = {} }) => ({
            name: own,
            image,
            command,
            args,
            env: Object.entries(env).map(([variable, value]) => ({ name: variable, value })),
          })),
        },
      },
    },
    ...(desired !== undefined && {
      status: { desiredNumberScheduled: desired, numberReady: ready ?? desired },
    }),
  };
}

function placeOf(at: string): { readonly namespace?: string; readonly name: string } {
  const [first = '', second] = at.split('/');
  return second === undefined ? { name: first } : { namespace: first, name: second };
}
