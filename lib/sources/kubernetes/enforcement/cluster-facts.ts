import type { AgentRef, NodeFacts } from './enforcement.ts';
import { containersOf, listAt, recordOf, textAt, textsAt, type Container, type Json } from './json.ts';

/** An object of a cluster or a manifest, as it was read. */
export type SeenObject = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly [member: string]: unknown;
};

/** How a live cluster was read: what is not in here was not looked at. Manifests have none of this. */
export type HowRead = { readonly groups: readonly string[]; readonly read: readonly string[] };

/** A DaemonSet or Deployment of the plugin's. */
export type Agent = AgentRef & {
  readonly kind: string;
  readonly containers: readonly Container[];
  readonly nodeSelector: Readonly<Record<string, string>>;
  /** Absent in manifests. */
  readonly desired: number | undefined;
  readonly ready: number | undefined;
};

/** One setting: its value, that it is not set, or that nobody can say since the map was not read. */
export type Setting =
  | { readonly state: 'set'; readonly value: string; readonly at: string }
  | { readonly state: 'absent' | 'unread'; readonly at: string };

/** What the input says of the network plugin: an index over the objects. */
export class ClusterFacts {
  readonly objects: readonly SeenObject[];
  readonly agents: readonly Agent[];
  readonly nodes: readonly NodeFacts[];
  readonly how: HowRead | undefined;
  readonly #groups: ReadonlySet<string>;
  readonly #maps: ReadonlyMap<string, Json>;

  constructor(objects: readonly SeenObject[], how: HowRead | undefined) {
    this.objects = objects;
    this.how = how;
    this.agents = objects.filter(({ kind }) => kind === 'DaemonSet' || kind === 'Deployment').map(agentOf);
    this.nodes = objects.filter(({ kind, apiVersion }) => kind === 'Node' && apiVersion === 'v1').map(nodeOf);
    this.#groups = new Set([
      ...(how?.groups ?? []),
      ...objects
        .filter(({ kind }) => kind === 'CustomResourceDefinition')
        .map((object) => textAt(object, 'spec', 'group')),
    ]);
    this.#maps = new Map(
      objects
        .filter(({ kind }) => kind === 'ConfigMap')
        .map((object) => [`${namespaceOf(object)}/${nameOf(object)}`, recordOf(object['data'])]),
    );
  }

  hasGroup(group: string): boolean {
    return this.#groups.has(group);
  }

  daemonSets(name: string | RegExp): readonly Agent[] {
    return this.#agents('DaemonSet', name);
  }

  deployments(name: string | RegExp): readonly Agent[] {
    return this.#agents('Deployment', name);
  }

  /** DaemonSets that have a container whose image or name is this. */
  running(image: RegExp): readonly Agent[] {
    return this.agents.filter(
      ({ kind, containers }) =>
        kind === 'DaemonSet' && containers.some((container) => image.test(container.image)),
    );
  }

  of(kind: string, group: string): readonly SeenObject[] {
    return this.objects.filter(
      (object) => object.kind === kind && object.apiVersion.split('/').slice(0, -1).join('/') === group,
    );
  }

  /** Whether a list of a live cluster was read to its end; manifests cannot say. */
  wasRead(list: string): boolean {
    return this.how?.read.includes(list) ?? false;
  }

  setting(namespace: string, name: string, key: string): Setting {
    const at = `ConfigMap ${namespace}/${name}`;
    const map = this.#maps.get(`${namespace}/${name}`);
    if (map === undefined) {
      return { state: this.wasRead(`configmaps/${namespace}/${name}`) ? 'absent' : 'unread', at };
    }
    const value = map[key];
    return typeof value === 'string' ? { state: 'set', value, at } : { state: 'absent', at };
  }

  #agents(kind: string, name: string | RegExp): readonly Agent[] {
    return this.agents.filter(
      (agent) =>
        agent.kind === kind && (typeof name === 'string' ? agent.name === name : name.test(agent.name)),
    );
  }
}

export function nameOf(object: SeenObject): string {
  return textAt(object, 'metadata', 'name');
}

export function namespaceOf(object: SeenObject): string {
  return textAt(object, 'metadata', 'namespace') || 'default';
}

/** `DaemonSet kube-system/aws-node`. */
export function agentName({ kind, namespace, name }: Agent): string {
  return `${kind} ${namespace}/${name}`;
}

function agentOf(object: SeenObject): Agent {
  const status = recordOf(object['status']);
  const number = (member: string): number | undefined => {
    const value = status[member];
    return typeof value === 'number' ? value : undefined;
  };
  return {
    kind: object.kind,
    namespace: namespaceOf(object),
    name: nameOf(object),
    containers: containersOf(object),
    nodeSelector: textsAt(object, 'spec', 'template', 'spec', 'nodeSelector'),
    desired: number('desiredNumberScheduled'),
    ready: number('numberReady'),
  };
}

function nodeOf(object: SeenObject): NodeFacts {
  const labels = textsAt(object, 'metadata', 'labels');
  const taints = listAt(object, 'spec', 'taints').map((taint) => textAt(taint, 'key'));
  return {
    name: nameOf(object),
    labels,
    annotations: textsAt(object, 'metadata', 'annotations'),
    kubeletVersion: textAt(object, 'status', 'nodeInfo', 'kubeletVersion'),
    providerId: textAt(object, 'spec', 'providerID'),
    isWindows:
      labels['kubernetes.io/os'] === 'windows' ||
      textAt(object, 'status', 'nodeInfo', 'operatingSystem') === 'windows',
    serverless:
      labels['eks.amazonaws.com/compute-type'] === 'fargate'
        ? 'Fargate'
        : labels['type'] === 'virtual-kubelet' || taints.includes('virtual-kubelet.io/provider')
          ? 'virtual kubelet'
          : undefined,
  };
}
