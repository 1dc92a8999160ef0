import { describe, expect, it } from 'vitest';
import { analysed, clusterOf, opens, pod, policy } from '../../../support/cluster.ts';

const template = (labels: string) =>
  `{ metadata: { labels: ${labels} }, spec: { containers: [{ name: c, image: "postgres:16" }] } }`;
const workload = (kind: string, apiVersion: string, spec: string) =>
  `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: w, namespace: shop, labels: { app: never } }\nspec: ${spec}\n`;
const owned = (name: string, owner: string, labels: string) =>
  `---\napiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, labels: ${labels}, ownerReferences: [{ apiVersion: apps/v1, kind: ${owner}, name: o, uid: u, controller: true }] }\nspec: {}\n`;

const ids = (yaml: string) => [...clusterOf(yaml).network.endpoints.keys()];

describe('who makes pods', () => {
  it.each([
    { kind: 'Deployment', apiVersion: 'apps/v1', spec: `{ template: ${template('{ app: w }')} }` },
    { kind: 'StatefulSet', apiVersion: 'apps/v1', spec: `{ template: ${template('{ app: w }')} }` },
    { kind: 'DaemonSet', apiVersion: 'apps/v1', spec: `{ template: ${template('{ app: w }')} }` },
    { kind: 'ReplicaSet', apiVersion: 'apps/v1', spec: `{ template: ${template('{ app: w }')} }` },
    { kind: 'ReplicationController', apiVersion: 'v1', spec: `{ template: ${template('{ app: w }')} }` },
    { kind: 'Job', apiVersion: 'batch/v1', spec: `{ template: ${template('{ app: w }')} }` },
    {
      kind: 'DeploymentConfig',
      apiVersion: 'apps.openshift.io/v1',
      spec: `{ template: ${template('{ app: w }')} }`,
    },
    { kind: 'Rollout', apiVersion: 'argoproj.io/v1alpha1', spec: `{ template: ${template('{ app: w }')} }` },
    {
      kind: 'CronJob',
      apiVersion: 'batch/v1',
      spec: `{ jobTemplate: { spec: { template: ${template('{ app: w }')} } } }`,
    },
  ])('$kind, by the labels of its template and a role by its image', ({ kind, apiVersion, spec }) => {
    const [only, ...others] = clusterOf(workload(kind, apiVersion, spec)).network.endpoints.values();
    expect(others).toEqual([]);
    expect(only).toMatchObject({ id: `shop/w[${kind}]`, role: 'database', canPivot: true, kind: 'workload' });
    expect([...(only?.labels ?? [])]).toEqual([['app', 'w']]);
  });

  it('not what only has the name of one, nor pods that have ended', () => {
    const spec = `{ template: ${template('{}')} }`;
    expect(ids(workload('Deployment', 'example.com/v1', spec))).toEqual([]);
    expect(ids(`${pod('p')}status: { phase: Succeeded }\n`)).toEqual([]);
    expect(ids(`${pod('p')}status: { phase: Pending }\n`)).toEqual(['default/p[Pod]']);
  });
});

describe('a workload of which a dump shows every level', () => {
  const spec = `{ replicas: 0, template: ${template('{ app: w }')} }`;
  const above = (kind: string, name: string) =>
    `ownerReferences: [{ apiVersion: apps/v1, kind: ${kind}, name: ${name}, uid: u, controller: true }]`;
  const replicaSet = workload('ReplicaSet', 'apps/v1', spec).replace(
    'name: w,',
    `name: w-1, ${above('Deployment', 'w')},`,
  );
  const running = pod('shop/w-1-x').replace('labels:', `${above('ReplicaSet', 'w-1')}, labels:`);

  it('is one, though it has no replicas, and its pods are the same', () => {
    expect(ids(workload('Deployment', 'apps/v1', spec) + replicaSet)).toEqual(['shop/w[Deployment]']);
    expect(ids(workload('Deployment', 'apps/v1', spec) + replicaSet + running)).toEqual([
      'shop/w[Deployment]',
    ]);
    expect(ids(replicaSet + running)).toEqual(['shop/w[Deployment]']);
  });

  it('counts to its controller where that is asked for', () => {
    const { network } = clusterOf(replicaSet + running, { owners: 'direct' });
    expect([...network.endpoints.keys()]).toEqual(['shop/w-1[ReplicaSet]']);
  });
});

describe('pods of one owner', () => {
  const two =
    owned('p-1', 'ReplicaSet', '{ app: o, hash: "1" }') + owned('p-2', 'ReplicaSet', '{ app: o, hash: "2" }');
  const by = (label: string) =>
    policy('p', `{ podSelector: { matchLabels: { ${label} } }, policyTypes: [Ingress] }`);

  it('are one, as long as no policy tells them apart; a node owns nobody', () => {
    expect(ids(two + by('app: o'))).toEqual(['default/o[ReplicaSet]']);
    expect(ids(owned('static', 'Node', '{}'))).toEqual(['default/static[Pod]']);
  });

  it('that a policy tells apart are refused in manifests, and stand for themselves in a live cluster', () => {
    const { problems } = clusterOf(two + by('hash: "2"'));
    expect(problems).toMatchObject([
      { kind: 'invalid', object: 'ReplicaSet default/o', field: 'metadata.labels' },
    ]);
    expect(problems[0]?.message).toContain('hash');
    const { network } = clusterOf(two + by('hash: "2"'), { onOwnerGap: 'split' });
    expect(
      [...network.endpoints.values()].map(({ id, policies }) => `${id} ${String(policies.length)}`),
    ).toEqual(['default/o[ReplicaSet] 0', 'default/o[ReplicaSet] (2) 1']);
  });
});

describe('pods on the network of their node', () => {
  const cluster =
    pod('a') +
    pod('agent').replace('spec: {', 'spec: { hostNetwork: true,') +
    policy(
      'shut',
      '{ podSelector: {}, policyTypes: [Ingress, Egress], egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }] }',
    );

  it('are selected by no policy, and perhaps meant by their address; they perhaps open what is on their node', () => {
    const analysis = analysed(cluster);
    expect(opens(analysis, 'a', 'agent')).toBe('no traffic ? all traffic');
    expect(opens(analysis, 'agent', 'a')).toBe('no traffic ? all traffic');
    expect([...analysis.network.blindSpots.keys()]).toEqual(['host-network']);
  });

  it('are pods like others where that is asked for', () => {
    const analysis = analysed(cluster, { hostNetwork: 'as-pods' });
    expect([opens(analysis, 'a', 'agent'), opens(analysis, 'agent', 'a')]).toEqual([
      'no traffic',
      'no traffic',
    ]);
    expect(analysis.network.blindSpots.size).toBe(0);
  });
});
