import { describe, expect, it } from 'vitest';
import { parseTransport, TransportSet } from '#netset';
import { analyse, reachBetween } from '#engine';
import { audit } from '#findings';
import { idOf } from '#model';
import {
  assessEnforcement,
  byTopOwner,
  doubtsOf,
  translate,
  type ClusterInput,
  type KubernetesObject,
  type ReadBlindSpot,
} from '#sources/kubernetes';
import { configMap, daemonSet, node } from '../enforcement/objects.ts';

const HTTP = parseTransport('tcp 80') ?? TransportSet.NONE;

function pod(name: string, on?: string, labels: Record<string, string> = { app: name }): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'shop',
      labels,
      ownerReferences: [{ kind: 'ReplicaSet', name: `${name}-rs`, controller: true }],
    },
    spec: { nodeName: on, containers: [] },
    status: { phase: 'Running' },
  };
}

/** Lets in HTTP alone, and only to `db`. */
const ONLY_HTTP: KubernetesObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'only-http', namespace: 'shop' },
  spec: { podSelector: { matchLabels: { app: 'db' } }, ingress: [{ ports: [{ port: 80 }] }] },
};

const FLANNEL = daemonSet('kube-flannel/kube-flannel-ds', [{ image: 'ghcr.io/flannel-io/flannel:v0.26.1' }]);
const CALICO = daemonSet('calico-system/calico-node', [
  { name: 'calico-node', image: 'calico/node:v3.29.1' },
]);
const CILIUM = daemonSet('kube-system/cilium', [{ image: 'quay.io/cilium/cilium:v1.17.4' }]);
const FARGATE = node('fargate-1', { labels: { 'eks.amazonaws.com/compute-type': 'fargate' } });
const LINUX = node('linux-1');

/** What `web` surely and possibly opens on `db`. */
function webToDb(
  objects: readonly object[],
  given: Partial<ClusterInput> = {},
): { readonly sure: string; readonly possible: string; readonly blindSpots: readonly string[] } {
  const all = objects as readonly KubernetesObject[];
  const { network, problems } = translate({
    name: 'test',
    objects: all.map((object) => ({ object, at: { file: 'test' } })),
    enforcement: assessEnforcement(all),
    ...given,
  });
  expect(problems).toEqual([]);
  const of = (name: string) => idOf<'endpoint'>(`shop/${name}-rs[ReplicaSet]`);
  const { sure, possible } = reachBetween(analyse(network), of('web'), of('db'));
  return { sure: nameOf(sure), possible: nameOf(possible), blindSpots: [...network.blindSpots.keys()] };
}

function nameOf(transport: TransportSet): string {
  if (transport.equals(TransportSet.ALL)) return 'everything';
  return transport.equals(HTTP) ? 'http' : transport.isEmpty ? 'nothing' : transport.toString();
}

describe('a policy', () => {
  it.each([
    { name: 'that is enforced holds', rest: [CALICO, LINUX], on: 'linux-1', sure: 'http', possible: 'http' },
    {
      name: 'that nothing enforces leaves everything open',
      rest: [FLANNEL, LINUX],
      on: 'linux-1',
      sure: 'everything',
      possible: 'everything',
    },
    {
      name: 'of which it cannot be told is unknown where it denies, and sure where it allows',
      rest: [CILIUM, LINUX],
      on: 'linux-1',
      sure: 'http',
      possible: 'everything',
    },
    {
      name: 'for a pod on Fargate has no effect',
      rest: [CALICO, LINUX, FARGATE],
      on: 'fargate-1',
      sure: 'everything',
      possible: 'everything',
    },
    {
      name: 'for a pod on a node beside it holds',
      rest: [CALICO, LINUX, FARGATE],
      on: 'linux-1',
      sure: 'http',
      possible: 'http',
    },
    {
      name: 'for a pod that may be on either is unknown',
      rest: [CALICO, LINUX, FARGATE],
      on: undefined,
      sure: 'http',
      possible: 'everything',
    },
  ])('$name', ({ rest, on, sure, possible }) => {
    const found = webToDb([pod('web', 'linux-1'), pod('db', on), ONLY_HTTP, ...rest]);
    expect({ sure: found.sure, possible: found.possible }).toEqual({ sure, possible });
    expect(found.blindSpots.length > 0).toBe(sure !== possible);
  });

  it('counts as enforced where nobody asks', () => {
    const objects = [
      pod('web'),
      pod('db'),
      ONLY_HTTP,
      FLANNEL,
    ] as readonly object[] as readonly KubernetesObject[];
    const { network } = translate({
      name: 'test',
      objects: objects.map((object) => ({ object, at: { file: 'test' } })),
    });
    const { possible } = reachBetween(
      analyse(network),
      idOf('shop/web-rs[ReplicaSet]'),
      idOf('shop/db-rs[ReplicaSet]'),
    );
    expect(nameOf(possible)).toBe('http');
  });

  it('for pods of one workload on nodes of both kinds is unknown for all of them', () => {
    const second = pod('db', 'fargate-1');
    const found = webToDb([
      pod('web', 'linux-1'),
      pod('db', 'linux-1'),
      { ...second, metadata: { ...second.metadata, name: 'db-2' } },
      ONLY_HTTP,
      CALICO,
      LINUX,
      FARGATE,
    ]);
    expect(found).toEqual({ sure: 'http', possible: 'everything', blindSpots: ['enforcement:nodes'] });
  });

  it('says why nobody knows, and what to do', () => {
    const objects = [
      pod('db', 'linux-1'),
      ONLY_HTTP,
      CILIUM,
      LINUX,
    ] as readonly object[] as readonly KubernetesObject[];
    const { network } = translate({
      name: 'test',
      objects: objects.map((object) => ({ object, at: { file: 'test' } })),
      enforcement: assessEnforcement(objects),
    });
    const [spot] = [...network.blindSpots.values()];
    expect(spot?.what).toMatch(/Cilium 1\.17\.4 was found .* were not read/);
    expect(spot?.remedy).toMatch(/get configmap cilium-config/);
  });
});

describe('policies that nothing enforces', () => {
  const findingsOf = (objects: readonly object[]) => {
    const all = objects as readonly KubernetesObject[];
    const { network } = translate({
      name: 'prod',
      objects: all.map((object) => ({ object, at: { file: 'test' } })),
      enforcement: assessEnforcement(all),
    });
    return audit(analyse(network)).filter(({ check }) => check === 'policies-not-enforced');
  };
  const CILIUM_POLICY = {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'l7', namespace: 'shop' },
  };

  it('are the loudest finding, with the switch that is off', () => {
    const [found, ...others] = findingsOf([pod('web'), pod('db'), ONLY_HTTP, FLANNEL, LINUX]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ severity: 'critical', certainty: 'surely' });
    expect(found?.title).toMatch(
      /^1 policy has no effect: NetworkPolicies are not enforced: Flannel was found .* \(shop\/only-http\)$/,
    );
  });

  it('count also where no engine reads their kind', () => {
    const [found] = findingsOf([pod('db'), ONLY_HTTP, CILIUM_POLICY, CALICO, LINUX]);
    expect(found?.title).toMatch(/: no engine here reads CiliumNetworkPolicy .* \(shop\/l7\)$/);
  });

  it.each([
    { name: 'are enforced', objects: [pod('db'), ONLY_HTTP, CALICO, LINUX] },
    { name: 'are not there', objects: [pod('db'), FLANNEL, LINUX] },
    { name: 'may be enforced', objects: [pod('db'), ONLY_HTTP, CILIUM, LINUX] },
    { name: 'belong to no cluster', objects: [pod('db'), ONLY_HTTP] },
  ])('are no finding where they $name', ({ objects }) => {
    expect(findingsOf(objects)).toEqual([]);
  });

  it('are a finding in a cluster of nodes without the agent alone', () => {
    expect(findingsOf([pod('db'), ONLY_HTTP, CALICO, FARGATE])).toHaveLength(1);
  });
});

describe('what an engine does not do as it is written', () => {
  const RANGE = {
    ...ONLY_HTTP,
    spec: { podSelector: { matchLabels: { app: 'db' } }, ingress: [{ ports: [{ port: 80, endPort: 81 }] }] },
  };
  const cilium = (version: string) => [
    daemonSet('kube-system/cilium', [{ image: `quay.io/cilium/cilium:v${version}` }]),
    configMap('kube-system/cilium-config', { 'enable-policy': 'default' }),
    LINUX,
  ];

  it.each([
    { version: '1.15.3', sure: 'nothing', possible: 'tcp 80-81', spots: ['misread:endPort'] },
    { version: '1.17.4', sure: 'tcp 80-81', possible: 'tcp 80-81', spots: [] },
  ])('is perhaps less: a range of ports under Cilium $version', ({ version, sure, possible, spots }) => {
    const found = webToDb([pod('web', 'linux-1'), pod('db', 'linux-1'), RANGE, ...cilium(version)]);
    expect(found).toEqual({ sure, possible, blindSpots: spots });
  });
});

describe('lists that were not read', () => {
  const denied = (group: string, resource: string, verb: 'list' | 'get' = 'list'): ReadBlindSpot => ({
    code: 'denied',
    verb,
    group,
    resource,
    what: `${verb} ${resource} was denied`,
    remedy: 'Grant it',
    narrows: false,
    error: '403',
  });
  const cluster = [pod('web', 'linux-1'), pod('db', 'linux-1'), CALICO, LINUX];

  it.each([
    {
      of: 'NetworkPolicies',
      spot: denied('networking.k8s.io', 'networkpolicies'),
      sure: 'nothing',
      possible: 'everything',
    },
    {
      of: 'policies of Calico',
      spot: denied('crd.projectcalico.org', 'globalnetworkpolicies'),
      sure: 'nothing',
      possible: 'everything',
    },
    {
      of: 'policies of the VPC CNI, which nobody translates',
      spot: denied('networking.k8s.aws', 'clusternetworkpolicies'),
      sure: 'nothing',
      possible: 'everything',
    },
    { of: 'API groups', spot: denied('', '/apis', 'get'), sure: 'nothing', possible: 'everything' },
    { of: 'Services', spot: denied('', 'services'), sure: 'everything', possible: 'everything' },
  ])('of $of leave $sure sure and $possible possible', ({ spot, sure, possible }) => {
    const { doubts, others } = doubtsOf([spot]);
    const found = webToDb(cluster, { doubts, blindSpots: others });
    expect({ sure: found.sure, possible: found.possible }).toEqual({ sure, possible });
    expect(found.blindSpots).toHaveLength(1);
  });

  it('of NetworkPolicies open nothing that a policy which was read closes', () => {
    const { doubts } = doubtsOf([denied('networking.k8s.io', 'networkpolicies')]);
    expect(webToDb([...cluster, ONLY_HTTP], { doubts })).toMatchObject({ sure: 'nothing', possible: 'http' });
  });

  it('of other kinds may open what a NetworkPolicy closes', () => {
    const { doubts } = doubtsOf([denied('policy.networking.k8s.io', 'adminnetworkpolicies')]);
    expect(webToDb([...cluster, ONLY_HTTP], { doubts })).toMatchObject({
      sure: 'nothing',
      possible: 'everything',
    });
  });
});

describe('a live cluster', () => {
  it('shows a Deployment, its ReplicaSets and its pods as one workload', () => {
    const owner = (kind: string, name: string) => [{ kind, name, controller: true }];
    const at = { file: 'live' };
    const object = (kind: string, name: string, owners: object[], rest: object = {}): KubernetesObject => ({
      apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1',
      kind,
      metadata: { name, namespace: 'shop', ownerReferences: owners, labels: { app: 'web' } },
      ...rest,
    });
    const template = {
      spec: { template: { metadata: { labels: { app: 'web' } }, spec: { containers: [] } } },
    };
    const objects = [
      object('Deployment', 'web', [], template),
      object('ReplicaSet', 'web-1', owner('Deployment', 'web'), template),
      object('ReplicaSet', 'web-2', owner('Deployment', 'web'), template),
      object('Pod', 'web-2-a', owner('ReplicaSet', 'web-2')),
      object('Pod', 'web-2-b', owner('ReplicaSet', 'web-2')),
      object('ReplicaSet', 'alone', [], template),
      object('Pod', 'alone-a', owner('ReplicaSet', 'alone')),
    ].map((each) => ({ object: each, at }));
    const { network } = translate({ name: 'live', objects: byTopOwner(objects), isLive: true });
    expect([...network.endpoints.keys()]).toEqual(['shop/web[Deployment]', 'shop/alone[ReplicaSet]']);
  });
});

it('settings that were read make the verdict sure again', () => {
  const config = configMap('kube-system/cilium-config', { 'enable-policy': 'default' });
  const objects = [pod('web', 'linux-1'), pod('db', 'linux-1'), ONLY_HTTP, CILIUM, config, LINUX];
  expect(webToDb(objects)).toEqual({ sure: 'http', possible: 'http', blindSpots: [] });
});

it('an engine that shuts what no policy selects leaves only what both ends are allowed', () => {
  const config = configMap('kube-system/cilium-config', { 'enable-policy': 'always' });
  const objects = [pod('web', 'linux-1'), pod('db', 'linux-1'), ONLY_HTTP, CILIUM, config, LINUX];
  expect(webToDb(objects)).toEqual({ sure: 'nothing', possible: 'nothing', blindSpots: [] });
  const out: KubernetesObject = {
    ...ONLY_HTTP,
    metadata: { name: 'out', namespace: 'shop' },
    spec: { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress: [{}] },
  };
  expect(webToDb([...objects, out])).toEqual({ sure: 'http', possible: 'http', blindSpots: [] });
});

it('what an engine does besides is said', () => {
  const aws = daemonSet('kube-system/aws-node', [
    { name: 'aws-node', image: 'amazon-k8s-cni:v1.19.0' },
    {
      name: 'aws-eks-nodeagent',
      image: 'aws-network-policy-agent:v1.1.5',
      args: ['--enable-network-policy=true'],
    },
  ]);
  const config = configMap('kube-system/amazon-vpc-cni', { 'enable-network-policy-controller': 'true' });
  const objects = [pod('web', 'linux-1'), pod('db', 'linux-1'), ONLY_HTTP, aws, config, LINUX];
  expect(webToDb(objects)).toEqual({ sure: 'http', possible: 'http', blindSpots: ['enforcement:note:1'] });
});
