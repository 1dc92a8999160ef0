import { describe, expect, it } from 'vitest';
import { audit, remarks } from '#findings';
import { analysed, analysedCluster, namespace, pod, policy } from '../../support/cluster.ts';

const image = (yaml: string, name: string) => yaml.replace('image: app', `image: ${name}`);
const DB = image(pod('finance/db', {}, ['pg 5432']), 'postgres:16');
const BLOG = pod('marketing/blog', {}, ['http 8080']);
const service = (name: string, spec: string) => {
  const [where, own] = name.split('/');
  return `---\napiVersion: v1\nkind: Service\nmetadata: { name: ${String(own)}, namespace: ${String(where)} }\nspec: ${spec}\n`;
};
const PUBLISHED =
  service('marketing/blog', '{ selector: { app: blog }, ports: [{ port: 80, targetPort: 8080 }] }') +
  `---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i, namespace: marketing }\nspec: { defaultBackend: { service: { name: blog, port: { number: 80 } } } }\n`;
const NAMESPACES = namespace('finance', { team: 'money' }) + namespace('marketing');
const admit = (from: string, ports = '') =>
  policy('finance/db', `{ podSelector: { matchLabels: { app: db } }, ingress: [{ from: ${from}${ports} }] }`);

/** The findings of one check, with their severity. */
function found(yaml: string, check: string): string[] {
  return audit(analysed(NAMESPACES + yaml))
    .filter((finding) => finding.check === check)
    .map(({ severity, workload }) => `${severity} ${workload.name}`);
}

function told(yaml: string, check: string): string[] {
  return remarks(analysed(NAMESPACES + yaml))
    .filter((remark) => remark.check === check)
    .map(({ subject }) => subject.name);
}

describe('ways from what is published to a crown jewel of another namespace', () => {
  it.each([
    { name: 'no policy at all', yaml: '', is: ['high finance/db[Pod]'] },
    {
      name: 'all namespaces and these pods, one dash too many',
      yaml: admit('[{ namespaceSelector: {} }, { podSelector: { matchLabels: { app: api } } }]'),
      is: ['high finance/db[Pod]'],
    },
    { name: 'everybody', yaml: admit('[]'), is: ['high finance/db[Pod]'] },
    {
      name: 'these pods of its own namespace',
      yaml: admit('[{ podSelector: { matchLabels: { app: api } } }]'),
      is: [],
    },
    {
      name: 'the blog by name: somebody chose that',
      yaml:
        admit('[{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: marketing } } }]') +
        pod('finance/api'),
      is: [],
    },
    {
      // the blog opens nothing on the shop that the internet does not open itself
      name: 'the blog by a shop that is published too, and that somebody let in',
      yaml:
        admit('[{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } } }]') +
        namespace('shop') +
        pod('shop/web', {}, ['http 8080']) +
        service(
          'shop/web',
          '{ type: LoadBalancer, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }',
        ) +
        policy('shop/web', '{ podSelector: {}, ingress: [{ ports: [{ port: 8080 }] }] }'),
      is: [],
    },
    {
      name: 'the same, with a port of it that only pods reach',
      yaml:
        admit('[{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } } }]') +
        namespace('shop') +
        pod('shop/web', {}, ['http 8080']) +
        service(
          'shop/web',
          '{ type: LoadBalancer, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }',
        ),
      is: ['high finance/db[Pod]'],
    },
    {
      name: 'what is on the network of its node, which no policy can be about',
      yaml:
        admit('[{ podSelector: { matchLabels: { app: api } } }]') +
        pod('kube-system/agent').replace('spec: { ', 'spec: { hostNetwork: true, '),
      is: [],
    },
    {
      name: 'the blog may open nothing',
      yaml: policy('marketing/shut', '{ podSelector: {}, policyTypes: [Egress] }'),
      is: [],
    },
  ])('$name', ({ yaml, is }) => {
    expect(found(DB + BLOG + PUBLISHED + yaml, 'ingress-path-to-crown-jewel')).toEqual(is);
  });

  it('over another pod in between', () => {
    const yaml =
      DB + BLOG + PUBLISHED + pod('finance/api') + admit('[{ podSelector: { matchLabels: { app: api } } }]');
    const [finding] = audit(analysed(NAMESPACES + yaml)).filter(
      ({ check }) => check === 'ingress-path-to-crown-jewel',
    );
    expect(finding?.path?.hops.map(({ to }) => to.name)).toEqual([
      'ingress-controller',
      'marketing/blog[Pod]',
      'finance/api[Pod]',
      'finance/db[Pod]',
    ]);
  });

  it('nothing is published, or blog and database are one application', () => {
    expect(found(DB + BLOG, 'ingress-path-to-crown-jewel')).toEqual([]);
    const own = image(pod('marketing/db'), 'mysql:8');
    expect(found(own + BLOG + PUBLISHED, 'ingress-path-to-crown-jewel')).toEqual([]);
  });
});

describe('namespaces that deny nothing by default', () => {
  const check = 'namespace-without-default-deny';
  it.each([
    { yaml: DB + BLOG, is: ['high namespace finance', 'low namespace marketing'] },
    { yaml: DB + BLOG + policy('finance/deny', '{ podSelector: {} }'), is: ['low namespace marketing'] },
    {
      yaml: DB + policy('finance/out', '{ podSelector: {}, policyTypes: [Egress] }'),
      is: ['high namespace finance'],
    },
    { yaml: pod('kube-system/dns'), is: ['info namespace kube-system'] },
  ])('$is', ({ yaml, is }) => {
    expect(found(yaml, check)).toEqual(is);
  });
});

describe('policies that admit everybody', () => {
  it.each([
    { yaml: DB + BLOG + admit('[{ namespaceSelector: {} }]'), is: ['high finance/db[Pod]'] },
    { yaml: DB + BLOG + admit('[]'), is: ['high finance/db[Pod]'] },
    { yaml: DB + BLOG + admit('[{ podSelector: {} }]'), is: [] },
    { yaml: DB + BLOG, is: [] },
    {
      yaml:
        DB +
        BLOG +
        PUBLISHED +
        admit('[{ podSelector: {} }]') +
        policy('marketing/p', '{ podSelector: {}, ingress: [{}] }'),
      is: [],
    },
    {
      yaml:
        DB +
        BLOG +
        admit('[{ podSelector: {} }]') +
        policy('marketing/p', '{ podSelector: {}, ingress: [{}] }'),
      is: ['low marketing/blog[Pod]'],
    },
  ])('$is', ({ yaml, is }) => {
    expect(found(yaml, 'open-to-cluster')).toEqual(is);
  });
});

describe('policies that do not do what they seem to', () => {
  it.each([
    {
      check: 'policy-selects-nothing',
      yaml: DB + policy('finance/typo', '{ podSelector: { matchLabels: { app: bd } } }'),
      is: ['finance/typo'],
    },
    {
      check: 'policy-selects-nothing',
      yaml: DB + policy('finance/p', '{ podSelector: { matchLabels: { app: db } } }'),
      is: [],
    },
    {
      check: 'policy-names-pod-addresses',
      yaml: DB + admit('[{ ipBlock: { cidr: 10.42.0.0/16 } }]'),
      is: ['finance/db'],
    },
    {
      check: 'policy-names-pod-addresses',
      yaml: DB + admit('[{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }]'),
      is: [],
    },
    {
      check: 'policy-names-pod-addresses',
      yaml: DB + admit('[{ ipBlock: { cidr: 169.254.169.254/32 } }]'),
      is: [],
    },
    {
      check: 'service-port-named',
      yaml:
        BLOG + PUBLISHED + policy('marketing/p', '{ podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] }'),
      is: ['marketing/p'],
    },
    {
      check: 'service-port-named',
      yaml:
        BLOG +
        PUBLISHED +
        policy('marketing/p', '{ podSelector: {}, ingress: [{ ports: [{ port: 80 }, { port: 8080 }] }] }'),
      is: [],
    },
    {
      check: 'dns-cut-off',
      yaml: DB + policy('finance/p', '{ podSelector: {}, egress: [{ ports: [{ port: 443 }] }] }'),
      is: ['finance/db[Pod]'],
    },
    {
      check: 'dns-cut-off',
      yaml:
        DB +
        policy(
          'finance/p',
          '{ podSelector: {}, egress: [{ ports: [{ port: 443 }] }, { ports: [{ port: 53, protocol: UDP }] }] }',
        ),
      is: [],
    },
    {
      check: 'dns-cut-off',
      yaml: DB + policy('finance/p', '{ podSelector: {}, policyTypes: [Egress] }'),
      is: [],
    },
    { check: 'dns-cut-off', yaml: DB, is: [] },
  ])('$check: $is', ({ check, yaml, is }) => {
    expect(told(yaml, check)).toEqual(is);
  });
});

describe('a policy that names private addresses by ipBlock', () => {
  const agent = (name: string, image: string): string => `---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: ${name}, namespace: kube-system }
spec: { template: { spec: { hostNetwork: true, containers: [{ name: ${name}, image: "${image}" }] } } }
---
apiVersion: v1
kind: Node
metadata: { name: n1, labels: { kubernetes.io/os: linux } }
`;
  const blocks = admit('[{ ipBlock: { cidr: 10.42.0.0/16 } }]');
  const toldOf = (yaml: string): number =>
    remarks(analysedCluster(NAMESPACES + yaml)).filter(({ check }) => check === 'policy-names-pod-addresses')
      .length;

  it.each([
    ['Calico takes a pod for whoever has its address', agent('calico-node', 'calico/node:v3.29.1'), 0],
    ['Cilium never does', agent('cilium', 'quay.io/cilium/cilium:v1.17.4'), 1],
    ['kindnet does not say', agent('kindnet', 'docker.io/kindest/kindnetd:v20241108-5c6d2daf'), 1],
    ['no plugin was read', '', 1],
  ])('%s', (_, plugin, n) => {
    expect(toldOf(DB + BLOG + blocks + plugin)).toBe(n);
    // and so where the address of a pod is in it
    const seen = BLOG + 'status: { podIPs: [{ ip: 10.42.0.9 }] }\n';
    expect(toldOf(DB + seen + blocks + plugin)).toBe(n);
  });

  it('the VPC CNI takes a pod for whoever has its address', () => {
    const awsNode = `---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: aws-node, namespace: kube-system }
spec: { template: { spec: { hostNetwork: true, containers: [
  { name: aws-node, image: "602401143452.dkr.ecr.eu-west-1.amazonaws.com/amazon-k8s-cni:v1.19.0" },
  { name: aws-eks-nodeagent, image: "602401143452.dkr.ecr.eu-west-1.amazonaws.com/amazon/aws-network-policy-agent:v1.1.5", args: ["--enable-network-policy=true"] }] } } }
---
apiVersion: v1
kind: Node
metadata: { name: n1, labels: { kubernetes.io/os: linux } }
`;
    expect(toldOf(DB + BLOG + blocks + awsNode)).toBe(0);
  });
});
