import { describe, expect, it } from 'vitest';
import {
  assessEnforcement,
  type SeenObject,
  type Verdict,
} from '../../../../../lib/sources/kubernetes/enforcement/index.ts';
import { configMap, daemonSet, networkPolicy, object } from './objects.ts';

function calico(version: string): SeenObject {
  return daemonSet('kube-system/calico-node', [{ image: `docker.io/calico/node:v${version}` }]);
}

function cilium(version: string, settings: Record<string, string> = {}): readonly SeenObject[] {
  return [
    daemonSet('kube-system/cilium', [{ name: 'cilium-agent', image: `quay.io/cilium/cilium:v${version}` }]),
    configMap('kube-system/cilium-config', { 'enable-policy': 'default', ...settings }),
  ];
}

function aws(version: string, on: boolean): readonly SeenObject[] {
  return [
    daemonSet('kube-system/aws-node', [
      { name: 'aws-node', image: `x/amazon-k8s-cni:v${version}` },
      { name: 'aws-eks-nodeagent', image: 'x/agent:v1.2.1', args: [`--enable-network-policy=${String(on)}`] },
    ]),
    configMap('kube-system/amazon-vpc-cni', { 'enable-network-policy-controller': 'true' }),
  ];
}

const ANP = object('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy', 'no-metadata');
const BANP = object('policy.networking.k8s.io/v1alpha1', 'BaselineAdminNetworkPolicy', 'default');
const CNP = object('policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy', 'tenants-apart');
const CILIUM = object('cilium.io/v2', 'CiliumNetworkPolicy', 'shop/only-get');
const CALICO = object('crd.projectcalico.org/v1', 'GlobalNetworkPolicy', 'default.deny');
const ANTREA = object('crd.antrea.io/v1beta1', 'ClusterNetworkPolicy', 'quarantine');
const AWS = object('networking.k8s.aws/v1alpha1', 'ClusterNetworkPolicy', 'quarantine');

const antrea = daemonSet('kube-system/antrea-agent', [{ image: 'antrea/antrea-agent-ubuntu:v2.2.0' }]);
const flannel = daemonSet('kube-flannel/kube-flannel-ds', [{ image: 'ghcr.io/flannel-io/flannel:v0.26.1' }]);
const ovn = daemonSet('openshift-ovn-kubernetes/ovnkube-node', [
  { image: 'x', args: ['--enable-admin-network-policy=true'] },
]);
const npa = daemonSet('kube-system/kube-network-policies', [
  { image: 'registry.k8s.io/networking/kube-network-policies:v0.8.1', args: ['--admin-network-policy=true'] },
]);

describe('kinds of policy besides NetworkPolicy', () => {
  it.each<{ name: string; engines: readonly SeenObject[]; policy: SeenObject; verdict: Verdict }>([
    { name: 'Cilium reads its own', engines: cilium('1.17.1'), policy: CILIUM, verdict: 'enforced' },
    {
      name: 'Calico does not read Cilium’s',
      engines: [calico('3.29.1')],
      policy: CILIUM,
      verdict: 'not-enforced',
    },
    {
      name: 'Cilium does not read Calico’s',
      engines: cilium('1.17.1'),
      policy: CALICO,
      verdict: 'not-enforced',
    },
    { name: 'Calico reads its own', engines: [calico('3.26.0')], policy: CALICO, verdict: 'enforced' },
    {
      name: 'Cilium whose settings were not read may read its own',
      engines: cilium('1.17.1').slice(0, 1),
      policy: CILIUM,
      verdict: 'cannot-tell',
    },
    { name: 'Flannel reads none', engines: [flannel], policy: CALICO, verdict: 'not-enforced' },
    { name: 'Calico 3.28 knows no ANP', engines: [calico('3.28.2')], policy: ANP, verdict: 'not-enforced' },
    { name: 'Calico 3.29 reads ANPs', engines: [calico('3.29.1')], policy: ANP, verdict: 'enforced' },
    { name: 'Calico 3.31 reads BANPs', engines: [calico('3.31.0')], policy: BANP, verdict: 'enforced' },
    {
      name: 'Calico 3.32 reads CNPs instead',
      engines: [calico('3.32.0')],
      policy: ANP,
      verdict: 'not-enforced',
    },
    { name: 'Calico 3.32 reads CNPs', engines: [calico('3.32.0')], policy: CNP, verdict: 'enforced' },
    { name: 'Cilium reads no ANP', engines: cilium('1.17.1'), policy: ANP, verdict: 'not-enforced' },
    { name: 'Antrea reads its own', engines: [antrea], policy: ANTREA, verdict: 'enforced' },
    { name: 'Antrea may read ANPs', engines: [antrea], policy: ANP, verdict: 'cannot-tell' },
    { name: 'Antrea does not read those of AWS', engines: [antrea], policy: AWS, verdict: 'not-enforced' },
    { name: 'OVN-Kubernetes that was told to reads ANPs', engines: [ovn], policy: ANP, verdict: 'enforced' },
    {
      name: 'kube-network-policies that was told to reads ANPs',
      engines: [npa],
      policy: ANP,
      verdict: 'enforced',
    },
    { name: 'and was told nothing of BANPs', engines: [npa], policy: BANP, verdict: 'not-enforced' },
    { name: 'VPC CNI 1.21 reads its own', engines: aws('1.21.0', true), policy: AWS, verdict: 'enforced' },
    { name: 'VPC CNI 1.20 does not', engines: aws('1.20.4', true), policy: AWS, verdict: 'not-enforced' },
    {
      name: 'VPC CNI that is off does not',
      engines: aws('1.21.0', false),
      policy: AWS,
      verdict: 'not-enforced',
    },
    {
      name: 'Cilium without NetworkPolicies still reads its own',
      engines: cilium('1.17.1', { 'enable-k8s-networkpolicy': 'false' }),
      policy: CILIUM,
      verdict: 'enforced',
    },
    {
      name: 'Cilium that never enforces does not',
      engines: cilium('1.17.1', { 'enable-policy': 'never' }),
      policy: CILIUM,
      verdict: 'not-enforced',
    },
  ])('$name: $verdict', ({ engines, policy, verdict }) => {
    const found = assessEnforcement([...engines, policy]);
    expect([...found.kinds.values()]).toEqual([verdict]);
    expect(found.withoutEffect.map((each) => each.verdict)).toEqual(verdict === 'enforced' ? [] : [verdict]);
  });

  it('that nothing reads are named, with what was found instead', () => {
    const other = object('cilium.io/v2', 'CiliumNetworkPolicy', 'bank/a');
    const found = assessEnforcement([calico('3.29.1'), CILIUM, other]);
    expect(found.withoutEffect).toMatchObject([
      { kind: 'cilium.io/CiliumNetworkPolicy', objects: ['bank/a', 'shop/only-get'] },
    ]);
    expect(found.withoutEffect[0]?.why).toBe(
      'no engine here reads CiliumNetworkPolicy (cilium.io): found Calico 3.29.1. These objects have no effect',
    );
  });

  it('in manifests of an application are not said to be without effect', () => {
    expect(assessEnforcement([CILIUM]).withoutEffect).toEqual([]);
  });
});

describe('what a NetworkPolicy says and an engine does not do', () => {
  const range = networkPolicy('shop/range', [{ port: 8000, endPort: 8100 }]);
  const sctp = networkPolicy('shop/sctp', [{ protocol: 'SCTP', port: 7777 }]);
  const plain = networkPolicy('shop/plain', [{ port: 80 }]);

  it.each([
    { name: 'Cilium 1.15 and endPort', engines: cilium('1.15.3'), policy: range, features: ['endPort'] },
    { name: 'Cilium 1.17 and endPort', engines: cilium('1.17.0'), policy: range, features: [] },
    { name: 'Cilium and SCTP', engines: cilium('1.17.0'), policy: sctp, features: ['SCTP'] },
    {
      name: 'Cilium with SCTP',
      engines: cilium('1.17.0', { 'enable-sctp': 'true' }),
      policy: sctp,
      features: [],
    },
    { name: 'Cilium 1.15 and neither', engines: cilium('1.15.3'), policy: plain, features: [] },
    { name: 'Calico and endPort', engines: [calico('3.29.1')], policy: range, features: [] },
    {
      name: 'Cilium that is off, where nothing is done at all',
      engines: cilium('1.15.3', { 'enable-policy': 'never' }),
      policy: range,
      features: [],
    },
  ])('$name', ({ engines, policy, features }) => {
    const found = assessEnforcement([...engines, plain, policy]);
    expect(found.misread.map(({ feature }) => feature)).toEqual(features);
    expect(found.misread.flatMap(({ objects }) => objects)).toEqual(
      features.length === 0
        ? []
        : [(policy['metadata'] as { name: string }).name].map((name) => `shop/${name}`),
    );
  });
});
