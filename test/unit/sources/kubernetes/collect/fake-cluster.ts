import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificate.ts';

/** What the server has of one list; built-in items say neither what they are nor in which version, as with the real one. */
export type Lists = Readonly<Record<string, readonly object[]>>;

export type Given = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** How long the answer takes; `never`: it does not come. */
  readonly afterMs?: number | 'never';
};

export type FakeCluster = {
  readonly server: string;
  /** Each request: its method, its path with the query. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
};

export const TOKEN = 'token-of-the-reader';

/** The path of each built-in list, so that a test need not spell them out. */
const KINDS: Readonly<Record<string, string>> = {
  '/api/v1/namespaces': 'NamespaceList',
  '/api/v1/nodes': 'NodeList',
  '/api/v1/pods': 'PodList',
  '/api/v1/services': 'ServiceList',
  '/api/v1/replicationcontrollers': 'ReplicationControllerList',
  '/apis/apps/v1/daemonsets': 'DaemonSetList',
  '/apis/apps/v1/deployments': 'DeploymentList',
  '/apis/apps/v1/replicasets': 'ReplicaSetList',
  '/apis/apps/v1/statefulsets': 'StatefulSetList',
  '/apis/batch/v1/jobs': 'JobList',
  '/apis/batch/v1/cronjobs': 'CronJobList',
  '/apis/networking.k8s.io/v1/networkpolicies': 'NetworkPolicyList',
  '/apis/networking.k8s.io/v1/ingresses': 'IngressList',
  '/apis/discovery.k8s.io/v1/endpointslices': 'EndpointSliceList',
};

/**
 * An API server over TLS that serves `/version`, `/apis` and lists in pages, in the wire form of the real one. `before` may answer instead.
 * It knows only its own token, and serves the ConfigMaps of `lists` one by one.
 */
export async function startFakeCluster(
  certificate: Certificate,
  lists: Lists,
  before: (path: string, query: URLSearchParams, times: number) => Given | undefined = () => undefined,
): Promise<FakeCluster> {
  const asked: string[] = [];
  const server = createServer(certificate, (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', 'https://127.0.0.1');
    const request = `${incoming.method ?? ''} ${url.pathname}${url.search}`;
    asked.push(request);
    const times = asked.filter((other) => other === request).length;
    const given =
      incoming.headers.authorization === `Bearer ${TOKEN}`
        ? (before(url.pathname, url.searchParams, times) ?? answer(url.pathname, url.searchParams, lists))
        : status(401, 'Unauthorized');
    const send = (): void => {
      outgoing.writeHead(given.status, { 'content-type': 'application/json', ...given.headers });
      outgoing.end(typeof given.body === 'string' ? given.body : JSON.stringify(given.body));
    };
    if (given.afterMs === undefined) send();
    else if (given.afterMs !== 'never') setTimeout(send, given.afterMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    server: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

/** The API's own form of saying no. */
export function status(code: number, message: string, headers: Given['headers'] = {}): Given {
  return {
    status: code,
    headers,
    body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code },
  };
}

/** What the server would answer by itself. */
export function answer(path: string, query: URLSearchParams, lists: Lists): Given {
  if (path === '/version')
    return { status: 200, body: { major: '1', minor: '31', gitVersion: 'v1.31.2-eks-7f9249a' } };
  if (path === '/apis') return { status: 200, body: groupsOf(lists) };
  const resources = resourcesUnder(path, lists);
  if (resources.length > 0) {
    return {
      status: 200,
      body: { kind: 'APIResourceList', groupVersion: path.slice('/apis/'.length), resources },
    };
  }
  const one = /^\/api\/v1\/namespaces\/([^/]+)\/configmaps\/([^/]+)$/.exec(path);
  if (one !== null) {
    const map = (lists['/api/v1/configmaps'] ?? []).find((object) => {
      const { metadata } = object as { metadata: { namespace: string; name: string } };
      return metadata.namespace === one[1] && metadata.name === one[2];
    });
    return map === undefined
      ? status(404, `configmaps "${one[2] ?? ''}" not found`)
      : { status: 200, body: { apiVersion: 'v1', kind: 'ConfigMap', ...map } };
  }
  const kind = KINDS[path] ?? (lists[path] === undefined ? undefined : 'ThingList');
  if (kind === undefined) return status(404, 'the server could not find the requested resource');
  return { status: 200, body: page(kind, lists[path] ?? [], query) };
}

function page(kind: string, items: readonly object[], query: URLSearchParams): unknown {
  const from = Number(query.get('continue') ?? '0');
  const to = from + Number(query.get('limit') ?? items.length);
  const more = to < items.length ? { continue: String(to), remainingItemCount: items.length - to } : {};
  return {
    kind,
    apiVersion: 'v1',
    metadata: { resourceVersion: '4711', ...more },
    items: items.slice(from, to),
  };
}

function groupsOf(lists: Lists): unknown {
  const versions = new Map<string, Set<string>>();
  for (const path of [...Object.keys(KINDS), ...Object.keys(lists)]) {
    const [, group, version] = /^\/apis\/([^/]+)\/([^/]+)\//.exec(path) ?? [];
    if (group === undefined || version === undefined) continue;
    versions.set(group, (versions.get(group) ?? new Set()).add(version));
  }
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: [...versions].map(([name, served]) => ({
      name,
      versions: [...served].map((version) => ({ groupVersion: `${name}/${version}`, version })),
    })),
  };
}

function resourcesUnder(path: string, lists: Lists): readonly object[] {
  return Object.keys(lists)
    .filter((list) => list.startsWith(`${path}/`) && /^\/apis\/[^/]+\/[^/]+$/.test(path))
    .map((list) => ({ name: list.slice(path.length + 1), namespaced: true, verbs: ['get', 'list'] }));
}
