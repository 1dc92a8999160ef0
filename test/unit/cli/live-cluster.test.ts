import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { run, scratch } from '../../support/run-cli.ts';
import { makeCertificate } from '../sources/kubernetes/collect/certificate.ts';
import { startFakeCluster, TOKEN, type FakeCluster } from '../sources/kubernetes/collect/fake-cluster.ts';
import { configMap, daemonSet, node } from '../sources/kubernetes/enforcement/objects.ts';

const { folder } = scratch();
const certificate = makeCertificate('cluster');
let cluster: FakeCluster;

function pod(name: string): object {
  const metadata = { name, namespace: 'shop', labels: { app: name } };
  return {
    metadata: { ...metadata, ownerReferences: [{ kind: 'StatefulSet', name, controller: true }] },
    spec: { nodeName: 'linux-1', containers: [{ name: 'main', image: `${name}:1` }] },
    status: { phase: 'Running', podIPs: [{ ip: '10.0.0.1' }] },
  };
}

const POLICIES = '/apis/networking.k8s.io/v1/networkpolicies';
const CILIUM = daemonSet('kube-system/cilium', [{ image: 'quay.io/cilium/cilium:v1.17.4' }], { desired: 1 });

beforeAll(async () => {
  cluster = await startFakeCluster(certificate, {
    '/api/v1/pods': [pod('web'), pod('db')],
    '/api/v1/nodes': [node('linux-1')],
    '/apis/apps/v1/daemonsets': [CILIUM],
    '/api/v1/configmaps': [configMap('kube-system/cilium-config', { 'enable-policy': 'default' })],
    [POLICIES]: [
      {
        metadata: { name: 'db-only-http', namespace: 'shop' },
        spec: { podSelector: { matchLabels: { app: 'db' } }, ingress: [{ ports: [{ port: 80 }] }] },
      },
    ],
  });
  const user = (name: string, token: string) => ({ name, user: { token } });
  const context = (name: string, as: string) => ({ name, context: { cluster: 'fake', user: as } });
  const ca = Buffer.from(certificate.cert).toString('base64');
  writeFileSync(
    join(folder, 'config.json'),
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'shop',
      contexts: [context('shop', 'reader'), context('of-yesterday', 'expired')],
      clusters: [{ name: 'fake', cluster: { server: cluster.server, 'certificate-authority-data': ca } }],
      users: [user('reader', TOKEN), user('expired', 'a-token-of-yesterday')],
    }),
  );
  vi.stubEnv('KUBECONFIG', join(folder, 'config.json'));
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await cluster.close();
});

describe('postern with a live cluster', () => {
  it('answers of the cluster, and the same of what was saved of it', async () => {
    const live = await run(['list', '--kubernetes', 'live', '--to', 'shop/db[StatefulSet]']);
    expect(live).toMatchObject({ code: 0 });
    expect(live.out).toMatch(
      /^ *shop\/db\[StatefulSet\] +tcp 80 +from kube-system\/cilium\[DaemonSet\], shop\/web\[StatefulSet\]$/m,
    );
    const file = join(folder, 'saved.json');
    const saved = await run(['snapshot', file, '--kubernetes', 'live']);
    expect(saved.out).toMatch(/saved\.json: cluster shop, \d+ objects, 0 blind spots/);
    const again = await run(['list', '--kubernetes', file, '--to', 'shop/db[StatefulSet]']);
    expect(again.out).toBe(live.out);
  });

  it('says what to do and exits with 2 when the token has expired', async () => {
    const { code, err } = await run(['list', '--kubernetes', 'live', '--context', 'of-yesterday']);
    expect(code).toBe(2);
    expect(err).toMatch(/does not accept the credentials.*log in again/);
  });

  it('exits with 2 for a context that is not there', async () => {
    const { code, err } = await run(['list', '--kubernetes', 'live', '--context', 'nowhere']);
    expect(code).toBe(2);
    expect(err).toMatch(/no context nowhere .*There are: shop, of-yesterday/);
  });

  it('saves only what is live', async () => {
    const { code, err } = await run(['snapshot', join(folder, 'x.json'), '--kubernetes', 'manifests/']);
    expect(code).toBe(2);
    expect(err).toContain('only what is live is saved');
  });
});
