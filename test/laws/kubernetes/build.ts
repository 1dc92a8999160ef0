import type {
  AdminSpec,
  ContainerPort,
  KubeObject,
  Labels,
  NetworkPolicySpec,
  PodSpec,
} from './oracle/objects.ts';

export function namespace(name: string, labels: Labels = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** `at`: `namespace/name` */
export function pod(
  at: string,
  labels: Labels = {},
  ports: readonly ContainerPort[] = [],
  spec: PodSpec = {},
): KubeObject {
  const containers = [{ name: 'main', image: 'example/main', ports }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...placed(at), labels },
    spec: { ...spec, containers },
  };
}

export function networkPolicy(at: string, spec: NetworkPolicySpec): KubeObject {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: placed(at), spec };
}

export function adminNetworkPolicy(name: string, spec: AdminSpec): KubeObject {
  return { ...ADMIN, kind: 'AdminNetworkPolicy', metadata: { name }, spec };
}

/** There may be one, and it is named so. */
export function baselineAdminNetworkPolicy(spec: AdminSpec): KubeObject {
  return { ...ADMIN, kind: 'BaselineAdminNetworkPolicy', metadata: { name: 'default' }, spec };
}

export function clusterNetworkPolicy(name: string, spec: AdminSpec): KubeObject {
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name },
    spec,
  };
}

const ADMIN = { apiVersion: 'policy.networking.k8s.io/v1alpha1' };

export function placed(at: string): { name: string; namespace: string } {
  const [space, name] = at.split('/');
  if (space === undefined || name === undefined) throw new TypeError(`not a namespace and a name: ${at}`);
  return { name, namespace: space };
}
