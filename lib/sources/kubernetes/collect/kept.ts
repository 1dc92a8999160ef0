import { KEPT_ENV, KEPT_FLAGS } from '../enforcement/settings.ts';
import type { KeptShape } from './kept-shape.ts';

/*
 * What is kept of each kind. Everything else is dropped as it comes: managedFields, the annotation that holds the last applied manifest, and
 * with them every place where a secret could stand (values of variables, arguments, probes, volumes).
 */

/** Annotations that say something of the network; others may hold anything. */
const ANNOTATIONS =
  /^(?:service\.beta\.kubernetes\.io\/|service\.kubernetes\.io\/|alb\.ingress\.kubernetes\.io\/(?!auth-)|kubernetes\.io\/ingress\.class$|networking\.gke\.io\/|vpc\.amazonaws\.com\/|k8s\.v1\.cni\.cncf\.io\/networks?$|service\.cilium\.io\/global$|io\.cilium\/global-service$|net\.beta\.kubernetes\.io\/network-policy$|projectcalico\.org\/(?:metadata|labels|annotations)$)/;

/** k3s and RKE2 write a node's own command line into these; only flags that matter are kept. */
const NODE_ARGS = new Set(['k3s.io/node-args', 'rke2.io/node-args']);

const METADATA: KeptShape = {
  name: true,
  namespace: true,
  uid: true,
  generation: true,
  deletionTimestamp: true,
  labels: true,
  annotations: keptAnnotations,
  ownerReferences: [{ apiVersion: true, kind: true, name: true, controller: true }],
};

const CONTAINER: KeptShape = {
  name: true,
  image: true,
  restartPolicy: true,
  command: keptFlags,
  args: keptFlags,
  env: keptEnv,
  ports: [{ name: true, containerPort: true, protocol: true, hostPort: true, hostIP: true }],
};

const POD_SPEC: KeptShape = {
  hostNetwork: true,
  nodeName: true,
  serviceAccountName: true,
  nodeSelector: true,
  affinity: { nodeAffinity: true },
  tolerations: true,
  containers: [CONTAINER],
  initContainers: [CONTAINER],
};

const TEMPLATE: KeptShape = {
  metadata: { labels: true, annotations: keptAnnotations },
  spec: POD_SPEC,
};

export const NAMED: KeptShape = { metadata: METADATA };

export const POD: KeptShape = {
  metadata: METADATA,
  spec: POD_SPEC,
  status: {
    phase: true,
    podIP: true,
    podIPs: true,
    hostIP: true,
    conditions: (value: unknown) =>
      Array.isArray(value)
        ? value.filter(isReadiness).map(({ type, status }) => ({ type, status }))
        : undefined,
  },
};

export const WORKLOAD: KeptShape = {
  metadata: METADATA,
  spec: { replicas: true, suspend: true, selector: true, template: TEMPLATE },
  status: {
    observedGeneration: true,
    desiredNumberScheduled: true,
    currentNumberScheduled: true,
    numberReady: true,
    numberMisscheduled: true,
    replicas: true,
    readyReplicas: true,
    succeeded: true,
    failed: true,
    active: true,
  },
};

export const CRON_JOB: KeptShape = {
  metadata: METADATA,
  spec: {
    suspend: true,
    jobTemplate: { metadata: { labels: true }, spec: { template: TEMPLATE } },
  },
};

export const NODE: KeptShape = {
  metadata: METADATA,
  spec: { providerID: true, podCIDR: true, podCIDRs: true, taints: true, unschedulable: true },
  status: {
    addresses: true,
    conditions: (value: unknown) =>
      Array.isArray(value)
        ? value.filter(isReadiness).map(({ type, status }) => ({ type, status }))
        : undefined,
    nodeInfo: {
      kubeletVersion: true,
      osImage: true,
      operatingSystem: true,
      architecture: true,
      kernelVersion: true,
    },
  },
};

export const SERVICE: KeptShape = { metadata: METADATA, spec: true, status: { loadBalancer: true } };

export const INGRESS: KeptShape = {
  metadata: METADATA,
  spec: { ingressClassName: true, defaultBackend: true, rules: true },
  status: { loadBalancer: true },
};

export const ENDPOINT_SLICE: KeptShape = {
  metadata: METADATA,
  addressType: true,
  ports: true,
  endpoints: [
    {
      addresses: true,
      conditions: true,
      targetRef: { kind: true, namespace: true, name: true },
      nodeName: true,
    },
  ],
};

/** A policy is kept whole, but for what Cilium's rules say of HTTP headers: some write tokens there. */
export const POLICY: KeptShape = { metadata: METADATA, spec: withoutHeaders, specs: withoutHeaders };

/** A Route may hold the key of its certificate. */
export const ROUTE: KeptShape = {
  metadata: METADATA,
  spec: { to: true, alternateBackends: true, port: true },
};

export const NODE_CLASS: KeptShape = {
  metadata: METADATA,
  spec: {
    networkPolicy: true,
    snatPolicy: true,
    securityGroupSelectorTerms: true,
    podSecurityGroupSelectorTerms: true,
  },
};

export const OPENSHIFT_NETWORK: KeptShape = {
  metadata: METADATA,
  spec: {
    defaultNetwork: { type: true, openshiftSDNConfig: { mode: true } },
    clusterNetwork: true,
    serviceNetwork: true,
  },
};

function keptAnnotations(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const kept = Object.entries(value).flatMap(([name, text]: [string, unknown]) => {
    if (NODE_ARGS.has(name)) return [[name, keptNodeArgs(text)] as const];
    return ANNOTATIONS.test(name) ? [[name, text] as const] : [];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** A command line in JSON, as k3s writes it. */
function keptNodeArgs(text: unknown): string {
  try {
    const args: unknown = typeof text === 'string' ? JSON.parse(text) : undefined;
    const flags = keptFlags(args);
    const role =
      Array.isArray(args) && (args[0] === 'server' || args[0] === 'agent') ? [args[0] as string] : [];
    return JSON.stringify([...role, ...(Array.isArray(flags) ? (flags as readonly string[]) : [])]);
  } catch {
    return '[]';
  }
}

/** The flags that say whether policies are enforced, in the form in which they stand: `--flag=value`, or `--flag` and its value. */
function keptFlags(value: unknown): unknown {
  if (!Array.isArray(value)) return undefined;
  const args = value.filter((arg) => typeof arg === 'string');
  const kept = args.flatMap((arg, i) => {
    const [, name = '', rest] = /^--?([^=]+)(=.*)?$/s.exec(arg) ?? [];
    if (!KEPT_FLAGS.has(name)) return [];
    const next = args[i + 1];
    return rest === undefined && next !== undefined && !next.startsWith('-') ? [arg, next] : [arg];
  });
  return kept.length === 0 ? undefined : kept;
}

function keptEnv(value: unknown): unknown {
  if (!Array.isArray(value)) return undefined;
  const kept = (value as readonly { readonly name?: unknown; readonly value?: unknown }[]).flatMap(
    (variable) =>
      typeof variable.name === 'string' && KEPT_ENV.has(variable.name) && typeof variable.value === 'string'
        ? [{ name: variable.name, value: variable.value }]
        : [],
  );
  return kept.length === 0 ? undefined : kept;
}

function withoutHeaders(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutHeaders);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]) =>
      name === 'headers' || name === 'headerMatches'
        ? [name, Array.isArray(inner) ? inner.map(() => '(not kept)') : '(not kept)']
        : [name, withoutHeaders(inner)],
    ),
  );
}

function isReadiness(condition: unknown): condition is { readonly type: 'Ready'; readonly status: unknown } {
  return typeof condition === 'object' && condition !== null && Reflect.get(condition, 'type') === 'Ready';
}
