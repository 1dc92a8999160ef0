import { describe, expect, it } from 'vitest';
import {
  assessEnforcement,
  type HowRead,
  type SeenObject,
  type Verdict,
} from '../../../../../lib/sources/kubernetes/enforcement/index.ts';
import { configMap, daemonSet, deployment, networkPolicy, node, object } from './objects.ts';

type Row = {
  readonly name: string;
  readonly objects: readonly SeenObject[];
  readonly how?: HowRead;
  readonly verdict: Verdict;
  readonly says: RegExp;
  readonly evidence?: readonly string[];
};

const ECR = '602401143452.dkr.ecr.eu-west-1.amazonaws.com';
const READ: HowRead = { groups: [], read: ['daemonsets.apps', 'deployments.apps', 'nodes', 'pods'] };

function awsNode(version: string, args?: readonly string[], env: Record<string, string> = {}): SeenObject {
  return daemonSet('kube-system/aws-node', [
    { name: 'aws-node', image: `${ECR}/amazon-k8s-cni:v${version}-eksbuild.1`, env },
    ...(args === undefined
      ? []
      : [
          {
            name: 'aws-eks-nodeagent',
            image: `${ECR}/amazon/aws-network-policy-agent:v1.2.1-eksbuild.1`,
            args,
          },
        ]),
  ]);
}

const AWS_ON = ['--enable-ipv6=false', '--enable-network-policy=true', '--metrics-bind-addr=:8162'];
const AWS_OFF = ['--enable-ipv6=false', '--enable-network-policy=false', '--metrics-bind-addr=:8162'];
const CONTROLLER_ON = configMap('kube-system/amazon-vpc-cni', { 'enable-network-policy-controller': 'true' });
const CONTROLLER_OFF = configMap('kube-system/amazon-vpc-cni', {
  'enable-network-policy-controller': 'false',
});
const CILIUM = daemonSet('kube-system/cilium', [
  { name: 'cilium-agent', image: 'quay.io/cilium/cilium:v1.17.4@sha256:24a73fe7' },
]);
const FLANNEL = daemonSet('kube-flannel/kube-flannel-ds', [
  { name: 'kube-flannel', image: 'ghcr.io/flannel-io/flannel:v0.26.1', command: ['/opt/bin/flanneld'] },
]);
const CALICO = daemonSet('calico-system/calico-node', [
  { name: 'calico-node', image: 'docker.io/calico/node:v3.29.1' },
]);

function ciliumConfig(data: Record<string, string>): SeenObject {
  return configMap('kube-system/cilium-config', {
    'enable-policy': 'default',
    'enable-k8s-networkpolicy': 'true',
    ...data,
  });
}

function kindnet(image: string): SeenObject {
  return daemonSet('kube-system/kindnet', [{ name: 'kindnet-cni', image }]);
}

function k3sServer(...args: string[]): SeenObject {
  return node('server-1', {
    kubelet: 'v1.31.4+k3s1',
    annotations: { 'k3s.io/node-args': JSON.stringify(['server', ...args]) },
  });
}

function aksNode(policy: string): SeenObject {
  return node('aks-np-0', {
    providerID: 'azure:///subscriptions/x/vmss/0',
    labels: { 'kubernetes.azure.com/cluster': 'MC_x', 'kubernetes.azure.com/network-policy': policy },
  });
}

const AZURE_CNS = daemonSet('kube-system/azure-cns', [
  { image: 'mcr.microsoft.com/containernetworking/azure-cns:v1.6.21' },
]);
const GKE_NODE = node('gke-1', {
  labels: { 'cloud.google.com/gke-nodepool': 'default-pool' },
  providerID: 'gce://p/z/n',
});
const NETD = daemonSet('kube-system/netd', [{ image: 'gke.gcr.io/netd-amd64:v0.4.3' }]);

const rows: readonly Row[] = [
  {
    name: 'Calico by its operator',
    objects: [CALICO],
    verdict: 'enforced',
    says: /enforced by Calico 3\.29\.1 \(DaemonSet calico-system\/calico-node\)/,
  },
  {
    name: 'Calico by its manifest',
    objects: [daemonSet('kube-system/calico-node', [{ image: 'docker.io/calico/node:v3.26.4' }])],
    verdict: 'enforced',
    says: /enforced by Calico 3\.26\.4/,
  },
  {
    name: 'Calico as the operator is told to install it',
    objects: [object('operator.tigera.io/v1', 'Installation', 'default', { spec: {} })],
    verdict: 'enforced',
    says: /enforced by Calico \(Installation default/,
  },
  {
    name: 'Calico for policies only, over a plugin whose engine is off',
    objects: [awsNode('1.19.2', AWS_OFF), CALICO],
    verdict: 'enforced',
    says: /enforced by Calico/,
  },
  {
    name: 'Canal is not taken for Flannel',
    objects: [
      daemonSet('kube-system/canal', [
        { name: 'calico-node', image: 'docker.io/calico/node:v3.28.2' },
        { name: 'kube-flannel', image: 'docker.io/flannel/flannel:v0.24.4' },
      ]),
    ],
    verdict: 'enforced',
    says: /enforced by Canal \(Calico with Flannel\) 3\.28\.2 \(DaemonSet kube-system\/canal\)/,
  },
  {
    name: 'Cilium',
    objects: [CILIUM, ciliumConfig({})],
    verdict: 'enforced',
    says: /enforced by Cilium 1\.17\.4 \(DaemonSet kube-system\/cilium\)/,
    evidence: ['DaemonSet kube-system/cilium', 'ConfigMap kube-system/cilium-config'],
  },
  {
    name: 'Cilium chained behind the VPC CNI',
    objects: [awsNode('1.19.2', AWS_OFF), CILIUM, ciliumConfig({ 'cni-chaining-mode': 'aws-cni' })],
    verdict: 'enforced',
    says: /enforced by Cilium/,
  },
  {
    name: 'Cilium told never to enforce',
    objects: [CILIUM, ciliumConfig({ 'enable-policy': 'never' })],
    verdict: 'not-enforced',
    says: /not enforced: Cilium 1\.17\.4 .*switched off by enable-policy: never in ConfigMap kube-system\/cilium-config/,
  },
  {
    name: 'Cilium that only writes down what it would drop',
    objects: [CILIUM, ciliumConfig({ 'policy-audit-mode': 'true' })],
    verdict: 'not-enforced',
    says: /switched off by policy-audit-mode/,
  },
  {
    name: 'Cilium without the policies of Kubernetes',
    objects: [CILIUM, ciliumConfig({ 'enable-k8s-networkpolicy': 'false' })],
    verdict: 'not-enforced',
    says: /switched off by enable-k8s-networkpolicy/,
  },
  {
    name: 'Cilium whose settings were not read',
    objects: [CILIUM],
    verdict: 'cannot-tell',
    says: /settings \(ConfigMap kube-system\/cilium-config\) were not read/,
  },
  {
    name: 'Cilium in a namespace of its own',
    objects: [
      daemonSet('cilium/cilium', [{ name: 'cilium-agent', image: 'quay.io/cilium/cilium:v1.16.5' }]),
      configMap('cilium/cilium-config', { 'enable-policy': 'never' }),
    ],
    verdict: 'not-enforced',
    says: /ConfigMap cilium\/cilium-config/,
  },
  {
    name: 'VPC CNI as it comes: the agent is there and off',
    objects: [awsNode('1.19.2', AWS_OFF), CONTROLLER_OFF],
    verdict: 'not-enforced',
    says: /AWS VPC CNI 1\.19\.2 was found \(DaemonSet kube-system\/aws-node\) and its policy agent is switched off by --enable-network-policy=false/,
    evidence: [
      'DaemonSet kube-system/aws-node',
      'DaemonSet kube-system/aws-node, container aws-eks-nodeagent',
    ],
  },
  {
    name: 'VPC CNI without the flag',
    objects: [awsNode('1.14.1', ['--metrics-bind-addr=:8162']), CONTROLLER_ON],
    verdict: 'not-enforced',
    says: /has no --enable-network-policy, which is off by default/,
  },
  {
    name: 'VPC CNI of before there was an agent',
    objects: [awsNode('1.13.4')],
    verdict: 'not-enforced',
    says: /has no container aws-eks-nodeagent, which came with 1\.14/,
  },
  {
    name: 'VPC CNI with both switches on',
    objects: [awsNode('1.19.2', AWS_ON), CONTROLLER_ON],
    verdict: 'enforced',
    says: /enforced by AWS VPC CNI 1\.19\.2/,
  },
  {
    name: 'VPC CNI with the flag set by hand and the controller off',
    objects: [awsNode('1.19.2', AWS_ON), CONTROLLER_OFF],
    verdict: 'not-enforced',
    says: /controller is switched off by enable-network-policy-controller: "false"/,
  },
  {
    name: 'VPC CNI whose controller was not seen',
    objects: [awsNode('1.19.2', AWS_ON)],
    verdict: 'cannot-tell',
    says: /nothing that was read says whether its controller is on/,
  },
  {
    name: 'VPC CNI whose controller shows by what it made',
    objects: [
      awsNode('1.19.2', AWS_ON),
      object('networking.k8s.aws/v1alpha1', 'PolicyEndpoint', 'shop/deny-all-x7k2p'),
      networkPolicy('shop/deny-all'),
    ],
    verdict: 'enforced',
    says: /enforced by AWS VPC CNI/,
    evidence: ['PolicyEndpoints'],
  },
  {
    name: 'VPC CNI whose controller has made nothing of the policies that there are',
    objects: [awsNode('1.19.2', AWS_ON), networkPolicy('shop/deny-all')],
    how: { groups: [], read: [...READ.read, 'policyendpoints.networking.k8s.aws'] },
    verdict: 'not-enforced',
    says: /it has made no PolicyEndpoint of any/,
  },
  {
    name: 'EKS Auto Mode with the controller on',
    objects: [node('i-0a', { labels: { 'eks.amazonaws.com/compute-type': 'auto' } }), CONTROLLER_ON],
    verdict: 'enforced',
    says: /enforced by EKS Auto Mode/,
  },
  {
    name: 'EKS Auto Mode whose controller was not seen',
    objects: [node('i-0a', { labels: { 'eks.amazonaws.com/compute-type': 'auto' } })],
    verdict: 'cannot-tell',
    says: /EKS Auto Mode/,
  },
  {
    name: 'Flannel',
    objects: [FLANNEL],
    verdict: 'not-enforced',
    says: /Flannel was found \(DaemonSet kube-flannel\/kube-flannel-ds\) and it has no policy engine/,
  },
  {
    name: 'Flannel with the engine of its chart',
    objects: [
      daemonSet('kube-flannel/kube-flannel-ds', [
        { name: 'kube-flannel', image: 'ghcr.io/flannel-io/flannel:v0.26.1' },
        { name: 'kube-network-policies', image: 'registry.k8s.io/networking/kube-network-policies:v0.7.0' },
      ]),
    ],
    verdict: 'enforced',
    says: /enforced by kube-network-policies 0\.7\.0/,
  },
  {
    name: 'kube-network-policies beside any plugin',
    objects: [
      FLANNEL,
      daemonSet('kube-system/kube-network-policies', [
        { image: 'registry.k8s.io/networking/kube-network-policies:v0.8.1' },
      ]),
    ],
    verdict: 'enforced',
    says: /enforced by kube-network-policies/,
  },
  {
    name: 'k3s',
    objects: [k3sServer('--disable', 'traefik')],
    verdict: 'enforced',
    says: /enforced by the policy controller of k3s/,
    evidence: ['Node annotation k3s.io/node-args'],
  },
  {
    name: 'k3s with its controller switched off',
    objects: [k3sServer('--disable-network-policy')],
    how: READ,
    verdict: 'not-enforced',
    says: /switched off by --disable-network-policy/,
  },
  {
    name: 'k3s with its controller switched off and nobody who looked for another',
    objects: [k3sServer('--disable-network-policy=true')],
    verdict: 'cannot-tell',
    says: /cannot be told/,
  },
  {
    name: 'k3s with Cilium instead',
    objects: [k3sServer('--flannel-backend=none', '--disable-network-policy'), CILIUM, ciliumConfig({})],
    verdict: 'enforced',
    says: /enforced by Cilium/,
  },
  {
    name: 'k3s of which only agents were seen',
    objects: [node('agent-1', { kubelet: 'v1.31.4+k3s1', annotations: { 'k3s.io/node-args': '["agent"]' } })],
    how: READ,
    verdict: 'cannot-tell',
    says: /no server's command line was read/,
  },
  {
    name: 'kind 0.23',
    objects: [kindnet('docker.io/kindest/kindnetd:v20240202-8f1494ea')],
    verdict: 'not-enforced',
    says: /kindnetd:v20240202-8f1494ea\) has no policy engine, which came with kind 0\.24/,
  },
  {
    name: 'kind 0.24',
    objects: [kindnet('docker.io/kindest/kindnetd:v20240813-c6f155d6')],
    verdict: 'enforced',
    says: /enforced by kindnet/,
  },
  {
    name: 'kind built between the two',
    objects: [kindnet('docker.io/kindest/kindnetd:v20240730-00000000')],
    verdict: 'cannot-tell',
    says: /does not tell whether it is of kind 0\.24/,
  },
  {
    name: 'kind of 2019',
    objects: [kindnet('kindest/kindnetd:0.5.4')],
    verdict: 'not-enforced',
    says: /no policy engine/,
  },
  {
    name: 'kindnet on its own, 1.2',
    objects: [kindnet('ghcr.io/aojea/kindnetd:v1.2.0')],
    verdict: 'not-enforced',
    says: /no policy engine/,
  },
  {
    name: 'kindnet on its own, 1.8',
    objects: [kindnet('ghcr.io/aojea/kindnetd:v1.8.0')],
    verdict: 'enforced',
    says: /enforced by kindnet/,
  },
  {
    name: 'Weave Net',
    objects: [
      daemonSet('kube-system/weave-net', [
        { name: 'weave', image: 'weaveworks/weave-kube:latest' },
        { name: 'weave-npc', image: 'weaveworks/weave-npc:latest' },
      ]),
    ],
    verdict: 'enforced',
    says: /enforced by Weave Net/,
  },
  {
    name: 'Weave Net without its engine',
    objects: [
      daemonSet('kube-system/weave-net', [
        { name: 'weave', image: 'weaveworks/weave-kube:2.8.1', env: { EXPECT_NPC: '0' } },
        { name: 'weave-npc', image: 'weaveworks/weave-npc:2.8.1' },
      ]),
    ],
    verdict: 'not-enforced',
    says: /switched off by EXPECT_NPC=0 in container weave/,
  },
  {
    name: 'Weave Net whose engine was cut out of the manifest',
    objects: [daemonSet('kube-system/weave-net', [{ name: 'weave', image: 'weaveworks/weave-kube:2.8.1' }])],
    verdict: 'not-enforced',
    says: /container weave-npc, is not in the DaemonSet/,
  },
  {
    name: 'Antrea',
    objects: [daemonSet('kube-system/antrea-agent', [{ image: 'antrea/antrea-agent-ubuntu:v2.2.0' }])],
    verdict: 'enforced',
    says: /enforced by Antrea 2\.2\.0/,
  },
  {
    name: 'OVN-Kubernetes',
    objects: [
      daemonSet('openshift-ovn-kubernetes/ovnkube-node', [
        { image: 'quay.io/openshift-release-dev/ocp-v4.0-art-dev@sha256:x' },
      ]),
    ],
    verdict: 'enforced',
    says: /enforced by OVN-Kubernetes/,
  },
  {
    name: 'OpenShift SDN in its usual mode',
    objects: [
      daemonSet('openshift-sdn/sdn', [{ image: 'quay.io/openshift-release-dev/ocp-v4.0-art-dev@sha256:x' }]),
      object('operator.openshift.io/v1', 'Network', 'cluster', {
        spec: { defaultNetwork: { type: 'OpenShiftSDN' } },
      }),
    ],
    verdict: 'enforced',
    says: /enforced by OpenShift SDN/,
  },
  {
    name: 'OpenShift SDN in mode Multitenant',
    objects: [
      daemonSet('openshift-sdn/sdn', [{ image: 'x' }]),
      object('operator.openshift.io/v1', 'Network', 'cluster', {
        spec: { defaultNetwork: { type: 'OpenShiftSDN', openshiftSDNConfig: { mode: 'Multitenant' } } },
      }),
    ],
    verdict: 'not-enforced',
    says: /no policy engine in its mode Multitenant/,
  },
  {
    name: 'OpenShift SDN of version 3, by its plugin',
    objects: [
      daemonSet('openshift-sdn/sdn', [{ image: 'x' }]),
      object('network.openshift.io/v1', 'ClusterNetwork', 'default', {
        pluginName: 'redhat/openshift-ovs-subnet',
      }),
    ],
    verdict: 'not-enforced',
    says: /in its mode redhat\/openshift-ovs-subnet/,
  },
  {
    name: 'OpenShift SDN whose mode was not read',
    objects: [daemonSet('openshift-sdn/sdn', [{ image: 'x' }])],
    verdict: 'cannot-tell',
    says: /its mode was not read/,
  },
  {
    name: 'Azure NPM',
    objects: [
      aksNode('azure'),
      AZURE_CNS,
      daemonSet('kube-system/azure-npm', [
        { image: 'mcr.microsoft.com/containernetworking/azure-npm:v1.5.34' },
      ]),
    ],
    verdict: 'enforced',
    says: /enforced by Azure Network Policy Manager/,
  },
  {
    name: 'AKS with Azure CNI and no engine',
    objects: [aksNode('none'), AZURE_CNS],
    how: READ,
    verdict: 'not-enforced',
    says: /Azure CNI was found \(DaemonSet kube-system\/azure-cns\) and it has no policy engine, and kubernetes\.azure\.com\/network-policy is none/,
  },
  {
    name: 'AKS with kubenet',
    objects: [aksNode('none')],
    how: READ,
    verdict: 'not-enforced',
    says: /AKS networking/,
  },
  {
    name: 'AKS powered by Cilium',
    objects: [aksNode('cilium'), AZURE_CNS, CILIUM, ciliumConfig({})],
    verdict: 'enforced',
    says: /enforced by Cilium/,
  },
  {
    name: 'AKS that was given Calico, which is not among what was read',
    objects: [aksNode('calico'), AZURE_CNS],
    verdict: 'cannot-tell',
    says: /the nodes say that the engine is calico/,
  },
  {
    name: 'GKE Dataplane V2',
    objects: [
      GKE_NODE,
      NETD,
      daemonSet('kube-system/anetd', [
        { name: 'cilium-agent', image: 'gke.gcr.io/cilium/cilium:v1.14.6-gke.100' },
      ]),
    ],
    verdict: 'enforced',
    says: /enforced by GKE Dataplane V2/,
  },
  {
    name: 'GKE without the add-on',
    objects: [GKE_NODE, NETD],
    how: READ,
    verdict: 'not-enforced',
    says: /GKE networking without Dataplane V2 .*no policy engine unless the add-on/,
  },
  {
    name: 'GKE with the add-on',
    objects: [
      GKE_NODE,
      NETD,
      daemonSet('kube-system/calico-node', [{ image: 'gke.gcr.io/calico/node:v3.26.3-gke.14' }], {
        desired: 1,
      }),
    ],
    how: READ,
    verdict: 'enforced',
    says: /enforced by Calico/,
  },
  {
    name: 'GKE whose Calico waits for a label that no node has',
    objects: [
      GKE_NODE,
      NETD,
      daemonSet('kube-system/calico-node', [{ image: 'gke.gcr.io/calico/node:v3.26.3-gke.14' }], {
        nodeSelector: { 'projectcalico.org/ds-ready': 'true' },
        desired: 0,
      }),
    ],
    how: READ,
    verdict: 'not-enforced',
    says: /meant for no node \(desiredNumberScheduled is 0\)/,
  },
  {
    name: 'kube-router',
    objects: [
      daemonSet('kube-system/kube-router', [
        {
          image: 'docker.io/cloudnativelabs/kube-router:v2.2.1',
          args: ['--run-router=true', '--run-service-proxy=false'],
        },
      ]),
    ],
    verdict: 'enforced',
    says: /enforced by kube-router 2\.2\.1/,
  },
  {
    name: 'kube-router without its firewall',
    objects: [
      daemonSet('kube-system/kube-router', [
        { image: 'cloudnativelabs/kube-router', args: ['--run-firewall=false'] },
      ]),
    ],
    verdict: 'not-enforced',
    says: /switched off by --run-firewall=false/,
  },
  {
    name: 'Kube-OVN',
    objects: [
      daemonSet('kube-system/kube-ovn-cni', [{ image: 'docker.io/kubeovn/kube-ovn:v1.13.0' }]),
      deployment('kube-system/kube-ovn-controller', [
        { image: 'docker.io/kubeovn/kube-ovn:v1.13.0', args: ['/kube-ovn/start-controller.sh'] },
      ]),
    ],
    verdict: 'enforced',
    says: /enforced by Kube-OVN/,
  },
  {
    name: 'Kube-OVN without policies',
    objects: [
      daemonSet('kube-system/kube-ovn-cni', [{ image: 'docker.io/kubeovn/kube-ovn:v1.13.0' }]),
      deployment('kube-system/kube-ovn-controller', [
        { image: 'x', args: ['/kube-ovn/start-controller.sh', '--enable-np=false'] },
      ]),
    ],
    verdict: 'not-enforced',
    says: /switched off by --enable-np=false/,
  },
  {
    name: 'Kube-OVN whose controller was not read',
    objects: [daemonSet('kube-system/kube-ovn-cni', [{ image: 'x' }])],
    verdict: 'cannot-tell',
    says: /its controller/,
  },
  {
    name: 'Romana',
    objects: [daemonSet('kube-system/romana-agent', [{ image: 'quay.io/romana/agent:v2.0.2' }])],
    verdict: 'enforced',
    says: /enforced by Romana/,
  },
  {
    name: 'Multus alone',
    objects: [
      daemonSet('kube-system/kube-multus-ds', [
        { image: 'ghcr.io/k8snetworkplumbingwg/multus-cni:snapshot' },
      ]),
    ],
    how: READ,
    verdict: 'cannot-tell',
    says: /no policy engine that is known was found/,
  },
  {
    name: 'Docker Desktop',
    objects: [node('docker-desktop')],
    how: READ,
    verdict: 'not-enforced',
    says: /the built-in network of Docker Desktop was found/,
  },
  {
    name: 'minikube as it comes',
    objects: [node('minikube', { labels: { 'minikube.k8s.io/name': 'minikube' } })],
    how: READ,
    verdict: 'not-enforced',
    says: /the built-in network of minikube/,
  },
  {
    name: 'minikube with Calico',
    objects: [node('minikube', { labels: { 'minikube.k8s.io/name': 'minikube' } }), CALICO],
    how: READ,
    verdict: 'enforced',
    says: /enforced by Calico/,
  },
  {
    name: 'minikube whose DaemonSets may not be listed',
    objects: [node('minikube', { labels: { 'minikube.k8s.io/name': 'minikube' } })],
    how: { groups: [], read: ['nodes'] },
    verdict: 'cannot-tell',
    says: /cannot be told/,
  },
  {
    name: 'a plugin that nobody knows',
    objects: [node('n1'), daemonSet('kube-system/house-cni', [{ image: 'registry.example/house-cni:3' }])],
    how: READ,
    verdict: 'cannot-tell',
    says: /no policy engine that is known was found/,
  },
  {
    name: 'manifests of an application',
    objects: [networkPolicy('shop/deny-all'), deployment('shop/web', [{ image: 'nginx:1.27' }])],
    verdict: 'cannot-tell',
    says: /the input holds no nodes and no network plugin/,
  },
];

describe('whether a cluster enforces its policies', () => {
  it.each(rows)('$name: $verdict', ({ objects, how, verdict, says, evidence = [] }) => {
    const found = assessEnforcement(objects, how);
    expect(found.sentence).toMatch(says);
    expect(found.verdict).toBe(verdict);
    expect(found.evidence).toEqual(expect.arrayContaining([...evidence]));
    // what cannot be told is a blind spot, and what is not enforced has something to do about it
    expect(found.blindSpots.length > 0).toBe(verdict === 'cannot-tell');
    if (verdict !== 'enforced') expect(found.remedy).not.toBe('');
  });

  it('rests on nothing but a cluster: manifests of an application say nothing of where they will run', () => {
    expect(assessEnforcement([networkPolicy('shop/deny-all')]).basis).toBe('manifests');
    expect(assessEnforcement([FLANNEL]).basis).toBe('cluster');
    expect(assessEnforcement([], READ).basis).toBe('cluster');
  });
});
