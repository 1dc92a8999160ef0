import { describe, expect, it } from 'vitest';
import { analysed, analysedCluster, opens, pod, policy } from '../../../../support/cluster.ts';

/** What Kubernetes leaves to the network plugin, and what each of them says. */
const daemonSet = (at: string, image: string, more = ''): string => {
  const [namespace, name] = at.split('/');
  return `---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: ${String(name)}, namespace: ${String(namespace)} }
spec: { template: { metadata: { labels: { agent: x } }, spec: { hostNetwork: true, containers: [${more}{ name: ${String(name)}, image: "${image}" }] } } }
`;
};
const configMap = (name: string, key: string, value: string): string => `---
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: kube-system }
data: { ${key}: "${value}" }
`;
const NODE = `---
apiVersion: v1
kind: Node
metadata: { name: n1, labels: { kubernetes.io/os: linux } }
`;
const CALICO = daemonSet('calico-system/calico-node', 'calico/node:v3.29.1') + NODE;
const CILIUM =
  daemonSet('kube-system/cilium', 'quay.io/cilium/cilium:v1.17.4') +
  configMap('cilium-config', 'enable-policy', 'default') +
  NODE;
const KINDNET = daemonSet('kube-system/kindnet', 'docker.io/kindest/kindnetd:v20241108-5c6d2daf') + NODE;
const OVN = daemonSet('openshift-ovn-kubernetes/ovnkube-node', 'ovn:4.16') + NODE;

const onNode = (text: string): string => text.replace('spec: {', 'spec: { hostNetwork: true,');
const at = (text: string, ...ips: readonly string[]): string =>
  `${text}status: { podIPs: [${ips.map((ip) => `{ ip: "${ip}" }`).join(', ')}] }\n`;
const of = (name: string): string => (name.includes('/') ? name : `default/${name}`);

describe('a pod on the network of its node that a policy selects', () => {
  const cluster =
    onNode(pod('agent')) +
    pod('client') +
    policy('shut', '{ podSelector: { matchLabels: { app: agent } }, policyTypes: [Ingress, Egress] }');
  it.each([
    { plugin: 'none that was read', text: '', into: 'no traffic ? all traffic' },
    { plugin: 'kindnet, which does not say', text: KINDNET, into: 'no traffic ? all traffic' },
    { plugin: 'Calico, which leaves it out', text: CALICO, into: 'all traffic' },
    { plugin: 'Cilium, which leaves it out', text: CILIUM, into: 'all traffic' },
    { plugin: 'OVN-Kubernetes, which leaves it out', text: OVN, into: 'all traffic' },
  ])('$plugin', ({ text, into }) => {
    const analysis = text === '' ? analysed(cluster) : analysedCluster(cluster + text);
    expect([opens(analysis, 'client', 'agent'), opens(analysis, 'agent', 'client')]).toEqual([into, into]);
  });

  it('what a policy allows it is sure either way, and so is what nothing selects', () => {
    const analysis = analysed(
      onNode(pod('agent')) +
        onNode(pod('free')) +
        pod('client') +
        policy(
          'http',
          '{ podSelector: { matchLabels: { app: agent } }, ingress: [{ ports: [{ port: 80 }] }] }',
        ),
    );
    expect(opens(analysis, 'client', 'agent')).toMatch(/^tcp 80 \? /);
    expect(opens(analysis, 'client', 'free')).toBe('all traffic');
  });
});

describe('a pod on the network of its node as a peer', () => {
  it('is perhaps meant by its labels, whichever way it is opened', () => {
    const peer = '[{ podSelector: { matchLabels: { app: agent } } }]';
    const analysis = analysed(
      onNode(pod('agent')) +
        pod('a') +
        policy(
          'p',
          `{ podSelector: { matchLabels: { app: a } }, policyTypes: [Ingress, Egress], ingress: [{ from: ${peer} }], egress: [{ to: ${peer} }] }`,
        ),
    );
    expect([opens(analysis, 'agent', 'a'), opens(analysis, 'a', 'agent')]).toEqual([
      'no traffic ? all traffic',
      'no traffic ? all traffic',
    ]);
  });

  it('and a pod of its node reach each other whatever policies say', () => {
    const analysis = analysed(
      onNode(pod('agent')) +
        pod('a') +
        policy('shut', '{ podSelector: { matchLabels: { app: a } }, policyTypes: [Egress] }'),
    );
    expect(opens(analysis, 'a', 'agent')).toBe('no traffic ? all traffic');
  });

  it('is meant by no policy of the whole cluster, by their API', () => {
    const analysis = analysed(`${onNode(pod('agent')) + pod('a')}---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: shut }
spec: { priority: 1, subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ namespaces: {} }] }], egress: [{ action: Deny, to: [{ namespaces: {} }] }] }
`);
    expect([opens(analysis, 'agent', 'a'), opens(analysis, 'a', 'agent')]).toEqual([
      'all traffic',
      'all traffic',
    ]);
  });
});

describe('a block that holds the address of a pod', () => {
  const cluster =
    at(pod('near'), '10.1.0.5') +
    at(pod('far'), '10.2.0.5') +
    pod('new') +
    pod('db') +
    policy(
      'p',
      '{ podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.2.0.0/16] } }] }] }',
    );
  it.each([
    { plugin: 'none that was read', text: '', near: 'no traffic', unseen: 'no traffic' },
    { plugin: 'Cilium: never', text: CILIUM, near: 'no traffic', unseen: 'no traffic' },
    { plugin: 'Calico: it does', text: CALICO, near: 'all traffic', unseen: 'no traffic ? all traffic' },
    {
      plugin: 'kindnet, which does not say',
      text: KINDNET,
      near: 'no traffic ? all traffic',
      unseen: 'no traffic ? all traffic',
    },
  ])('$plugin', ({ text, near, unseen }) => {
    const analysis = text === '' ? analysed(cluster) : analysedCluster(cluster + text);
    expect({
      near: opens(analysis, of('near'), 'db'),
      far: opens(analysis, of('far'), 'db'),
      unseen: opens(analysis, of('new'), 'db'),
    }).toEqual({ near, far: 'no traffic', unseen });
  });
});
