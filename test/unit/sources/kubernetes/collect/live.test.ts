import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  ClusterNotRead,
  collectCluster,
  readingOf,
  readingToText,
  type ClusterReading,
} from '../../../../../lib/sources/kubernetes/collect/index.ts';
import { BUILT_IN, IF_SERVED } from '../../../../../lib/sources/kubernetes/collect/kinds.ts';
import { SETTINGS_MAPS } from '../../../../../lib/sources/kubernetes/enforcement/settings.ts';
import { makeCertificate } from './certificate.ts';
import {
  answer,
  startFakeCluster,
  status,
  TOKEN,
  type FakeCluster,
  type Given,
  type Lists,
} from './fake-cluster.ts';

const OWN = makeCertificate('cluster');
const OTHER = makeCertificate('another cluster');
const folder = mkdtempSync(join(tmpdir(), 'postern-kubeconfig-'));
let cluster: FakeCluster | undefined;

afterEach(async () => {
  await cluster?.close();
  cluster = undefined;
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

type Reading = {
  readonly reading: ClusterReading;
  readonly waits: readonly number[];
  readonly asked: readonly string[];
};

/** Reads a cluster that has these lists, by a kubeconfig and the real client, over TLS. */
async function read(
  lists: Lists,
  before?: (path: string, query: URLSearchParams, times: number) => Given | undefined,
  { token = TOKEN, ca = OWN.cert, context = 'here', pageSize = 500, requestMs = 10_000 } = {},
): Promise<Reading> {
  cluster = await startFakeCluster(OWN, lists, before);
  const waits: number[] = [];
  const reading = await collectCluster({
    kubeconfig: kubeconfigFor(cluster.server, token, ca),
    context,
    clock: () => new Date('2026-11-26T01:00:00Z'),
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    concurrency: 4,
    deadlineMs: 20_000,
    requestMs,
    pageSize,
  });
  return { reading, waits, asked: cluster.asked };
}

function kubeconfigFor(server: string, token: string | undefined, ca: string): string {
  const file = join(folder, 'config.json');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'here',
    contexts: [{ name: 'here', context: { cluster: 'fake', user: 'reader' } }],
    clusters: [
      {
        name: 'fake',
        cluster: { server, 'certificate-authority-data': Buffer.from(ca).toString('base64') },
      },
    ],
    users: [{ name: 'reader', user: token === '' ? {} : { token } }],
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}

function pod(i: number): object {
  return {
    metadata: { name: `pod-${String(i)}`, namespace: 'shop' },
    spec: {},
    status: { phase: 'Running' },
  };
}

const PODS = '/api/v1/pods';
const POLICIES = '/apis/networking.k8s.io/v1/networkpolicies';

describe('a live cluster', () => {
  it('is read list by list, each object with what it is', async () => {
    const { reading, asked } = await read({
      [PODS]: [pod(1)],
      [POLICIES]: [{ metadata: { name: 'deny', namespace: 'shop' }, spec: { podSelector: {} } }],
      '/apis/cilium.io/v2/ciliumnetworkpolicies': [
        {
          apiVersion: 'cilium.io/v2',
          kind: 'CiliumNetworkPolicy',
          metadata: { name: 'l7', namespace: 'shop' },
          spec: {},
        },
      ],
    });
    expect(reading.blindSpots).toEqual([]);
    expect(reading.objects).toEqual([
      { apiVersion: 'v1', kind: 'Pod', ...pod(1) },
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'deny', namespace: 'shop' },
        spec: { podSelector: {} },
      },
      {
        apiVersion: 'cilium.io/v2',
        kind: 'CiliumNetworkPolicy',
        metadata: { name: 'l7', namespace: 'shop' },
        spec: {},
      },
    ]);
    expect(reading).toMatchObject({ context: 'here', serverVersion: 'v1.31.2-eks-7f9249a' });
    expect(reading.groups).toContain('cilium.io');
    expect(asked.every((request) => request.startsWith('GET '))).toBe(true);
    expect(asked.some((request) => request.includes('secrets'))).toBe(false);
  });

  it('of 5,000 pods comes in pages, in order and once each', async () => {
    const pods = Array.from({ length: 5_000 }, (_, i) => pod(i));
    const { reading, asked } = await read({ [PODS]: pods });
    expect(reading.objects.map(({ metadata }) => metadata.name)).toEqual(
      pods.map((_, i) => `pod-${String(i)}`),
    );
    expect(asked.filter((request) => request.includes(PODS))).toHaveLength(10);
  });

  it('of 5,000 pods that takes its time for each page is read all the same', async () => {
    const lists = { [PODS]: Array.from({ length: 5_000 }, (_, i) => pod(i)) };
    const { reading } = await read(lists, (path, query) =>
      path === PODS ? { ...answer(path, query, lists), afterMs: 40 } : undefined,
    );
    expect(reading.objects).toHaveLength(5_000);
    expect(reading.blindSpots).toEqual([]);
  });

  it('that never answers for one list is waited for in bounds', async () => {
    const { reading, asked } = await read(
      {},
      (path) => (path === PODS ? { status: 200, body: '', afterMs: 'never' } : undefined),
      { requestMs: 500 },
    );
    expect(reading.blindSpots).toMatchObject([{ code: 'timed-out', resource: 'pods' }]);
    expect(asked.filter((request) => request.includes(PODS))).toHaveLength(5);
  });

  it('that denies one list gives the rest, and says which rule would grant it', async () => {
    const message = 'networkpolicies.networking.k8s.io is forbidden: User "reader" cannot list resource';
    const { reading } = await read({ [PODS]: [pod(1)] }, (path) =>
      path === POLICIES ? status(403, message) : undefined,
    );
    expect(reading.objects).toHaveLength(1);
    expect(reading.read).not.toContain('networkpolicies.networking.k8s.io');
    expect(reading.blindSpots).toMatchObject([
      {
        code: 'denied',
        verb: 'list',
        group: 'networking.k8s.io',
        resource: 'networkpolicies',
        narrows: false,
      },
    ]);
    expect(reading.blindSpots[0]?.what).toContain(message);
    expect(reading.blindSpots[0]?.remedy).toContain(
      '{apiGroups: ["networking.k8s.io"], resources: ["networkpolicies"], verbs: ["list"]}',
    );
  });

  it('whose list expires half-way is read again from its beginning', async () => {
    const pods = Array.from({ length: 6 }, (_, i) => pod(i));
    const gone = (path: string, query: URLSearchParams, times: number): Given | undefined =>
      path === PODS && query.get('continue') === '4' && times === 1
        ? status(410, 'The provided continue parameter is too old')
        : undefined;
    const { reading, asked } = await read({ [PODS]: pods }, gone, { pageSize: 2 });
    expect(reading.objects).toHaveLength(6);
    expect(reading.blindSpots).toEqual([]);
    expect(asked.filter((request) => request === `GET ${PODS}?limit=2`)).toHaveLength(2);
  });

  it('whose list expires again and again has no such list, rather than half of one', async () => {
    const pods = Array.from({ length: 6 }, (_, i) => pod(i));
    const { reading } = await read(
      { [PODS]: pods },
      (path, query) => (path === PODS && query.has('continue') ? status(410, 'too old') : undefined),
      { pageSize: 2 },
    );
    expect(reading.objects).toEqual([]);
    expect(reading.blindSpots).toMatchObject([{ code: 'cut', resource: 'pods' }]);
  });

  it('that is busy is asked again after as long as it said', async () => {
    const { reading, waits } = await read({ [PODS]: [pod(1)] }, (path, _, times) =>
      path === PODS && times < 3 ? status(429, 'too many requests', { 'retry-after': '2' }) : undefined,
    );
    expect(reading.objects).toHaveLength(1);
    expect(reading.blindSpots).toEqual([]);
    expect(waits).toEqual([2_000, 2_000]);
  });

  it.each([
    { name: 'busy for ever', given: status(429, 'too many requests'), code: 'throttled', times: 5 },
    { name: 'at fault', given: status(500, 'etcdserver: request timed out'), code: 'failed', times: 5 },
    {
      name: 'wants an hour',
      given: status(429, 'later', { 'retry-after': '3600' }),
      code: 'throttled',
      times: 1,
    },
    { name: 'of a proxy', given: { status: 200, body: '<html>' }, code: 'malformed', times: 1 },
    {
      name: 'of another form',
      given: { status: 200, body: { kind: 'Status' } },
      code: 'malformed',
      times: 1,
    },
    { name: 'without the kind', given: status(404, 'could not find'), code: 'unsupported', times: 1 },
  ])('$name is a blind spot after $times requests', async ({ given, code, times }) => {
    const { reading, asked } = await read({}, (path) => (path === PODS ? given : undefined));
    expect(reading.blindSpots).toMatchObject([{ code, resource: 'pods' }]);
    expect(asked.filter((request) => request.includes(PODS))).toHaveLength(times);
  });

  it('whose pages never end is a blind spot', async () => {
    const { reading } = await read({}, (path) =>
      path === PODS
        ? { status: 200, body: { kind: 'PodList', metadata: { continue: 'again' }, items: [pod(1)] } }
        : undefined,
    );
    expect(reading.blindSpots).toMatchObject([{ code: 'cut', resource: 'pods' }]);
  });

  it.each([
    { who: 'an expired token', token: 'a-token-of-yesterday' },
    { who: 'no token', token: '' },
  ])('does not let in $who, and that ends it with what to do', async ({ token }) => {
    await expect(read({}, undefined, { token })).rejects.toThrow(ClusterNotRead);
    await expect(read({}, undefined, { token })).rejects.toThrow(
      /does not accept the credentials.*log in again/,
    );
  });

  it('is refused when it shows a certificate that the kubeconfig does not trust', async () => {
    const attempt = read({}, undefined, { ca: OTHER.cert });
    await expect(attempt).rejects.toThrow(ClusterNotRead);
    await expect(attempt).rejects.toThrow(/certificate that the kubeconfig does not trust/);
    expect(cluster?.asked).toEqual([]);
  });

  it('that denies every list is not read at all', async () => {
    const denied = read({}, (path) =>
      path === '/version' ? undefined : status(403, 'forbidden: User "reader"'),
    );
    await expect(denied).rejects.toThrow(/nothing could be read/);
  });

  it('by a context that is not there says which there are', async () => {
    await expect(read({}, undefined, { context: 'there' })).rejects.toThrow(
      /no context there.*There are: here/,
    );
  });

  it('that is not there says so', async () => {
    cluster = await startFakeCluster(OWN, {});
    const kubeconfig = kubeconfigFor(cluster.server, TOKEN, OWN.cert);
    await cluster.close();
    const attempt = collectCluster({
      kubeconfig,
      clock: () => new Date(0),
      wait: () => Promise.resolve(),
      concurrency: 1,
      deadlineMs: 5_000,
      requestMs: 5_000,
      pageSize: 500,
    });
    await expect(attempt).rejects.toThrow(/cannot be reached/);
  });
});

describe('a reading', () => {
  it('holds no secret, wherever a cluster has one', async () => {
    const secret = 'hunter2-is-not-kept';
    const container = {
      name: 'app',
      image: 'shop:1',
      args: [`--password=${secret}`, '--enable-network-policy=true'],
      command: ['sh', '-c', `login ${secret}`],
      env: [
        { name: 'DB_PASSWORD', value: secret },
        { name: 'EXPECT_NPC', value: '0' },
      ],
      livenessProbe: { httpGet: { httpHeaders: [{ name: 'Authorization', value: secret }] } },
      ports: [{ containerPort: 8080, name: 'http' }],
    };
    const metadata = {
      name: 'app',
      namespace: 'shop',
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': secret,
        'k3s.io/node-args': JSON.stringify(['server', '--token', secret, '--disable-network-policy']),
      },
      managedFields: [{ manager: secret }],
    };
    const spec = { containers: [container], initContainers: [container], volumes: [{ name: secret }] };
    const template = { metadata: { labels: { app: 'x' }, annotations: { token: secret } }, spec };
    const { reading } = await read({
      [PODS]: [{ metadata, spec, status: { phase: 'Running', message: secret } }],
      '/apis/apps/v1/daemonsets': [
        { metadata: { ...metadata, name: 'cilium', namespace: 'cni' }, spec: { template } },
      ],
      '/apis/batch/v1/cronjobs': [{ metadata, spec: { jobTemplate: { spec: { template } } } }],
      '/api/v1/nodes': [{ metadata: { ...metadata, name: 'n1' }, status: { images: [{ names: [secret] }] } }],
      '/apis/cilium.io/v2/ciliumnetworkpolicies': [
        {
          metadata,
          spec: { ingress: [{ toPorts: [{ rules: { http: [{ headers: [`X-Token: ${secret}`] }] } }] }] },
        },
      ],
      '/apis/security.istio.io/v1/authorizationpolicies': [
        { metadata, spec: { rules: [{ when: [{ values: [secret] }] }] } },
      ],
      '/api/v1/configmaps': [
        {
          metadata: { name: 'cilium-config', namespace: 'cni' },
          data: { 'enable-policy': 'never', 'etcd-config': secret },
        },
      ],
    });
    const text = readingToText(reading);
    expect(text).not.toContain(secret);
    expect(text).toContain('--enable-network-policy=true');
    expect(text).toContain('EXPECT_NPC');
    expect(text).toContain('--disable-network-policy');
    expect(reading.objects).toContainEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'cilium-config', namespace: 'cni' },
      data: { 'enable-policy': 'never' },
    });
    expect(reading.read).toContain('configmaps/kube-system/cilium-config');
  });

  it('is written as a List that kubectl would have given, and read back as it was', async () => {
    const { reading } = await read({ [PODS]: [pod(1), pod(2)] }, (path) =>
      path === POLICIES ? status(403, 'forbidden') : undefined,
    );
    const list = JSON.parse(readingToText(reading)) as { kind: string; items: ClusterReading['objects'] };
    expect(list.kind).toBe('List');
    expect(readingOf(list.items)).toEqual(reading);
    expect(readingOf(list.items.slice(1))).toBeUndefined();
  });
});

describe('the role of the reader', () => {
  type Rule = { apiGroups: string[]; resources: string[]; verbs: string[]; resourceNames?: string[] };
  const documents = readFileSync('examples/kubernetes/reader.yaml', 'utf8').split(/^---$/m);
  const role = documents.map((text) => parse(text) as { kind: string; rules: Rule[] } | null);
  const rules = role.find((document) => document?.kind === 'ClusterRole')?.rules ?? [];

  it('grants each list and each map that is read, and nothing else', () => {
    const granted = rules.flatMap(({ apiGroups, resources, verbs, resourceNames = [''] }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) =>
          verbs.flatMap((verb) => resourceNames.map((name) => `${verb} ${group}/${resource} ${name}`)),
        ),
      ),
    );
    const lists = [...BUILT_IN, ...IF_SERVED].map(({ group, resource }) => `list ${group}/${resource} `);
    const maps = [...SETTINGS_MAPS.keys()].map((name) => `get /configmaps ${name}`);
    expect(granted.toSorted()).toEqual([...new Set([...lists, ...maps])].toSorted());
  });
});
