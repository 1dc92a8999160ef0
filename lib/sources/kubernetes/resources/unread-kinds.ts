/**
 * What objects of a kind that is not translated may do to the answers.
 *
 * `decides`: they allow and deny, so that no answer about a pod is sure. `decides-outside`: the same of what goes out of the cluster.
 * `narrows`: they only ever take ways away. `opens`: they make ways, or lead them elsewhere, that are not seen.
 */
export type UnreadEffect = 'decides' | 'decides-outside' | 'narrows' | 'opens';

type UnreadKinds = {
  readonly group: string;
  readonly kinds: readonly string[];
  readonly effect: UnreadEffect;
  /** What such objects do, as the second half of a sentence. */
  readonly does: string;
};

const MESH = 'let a service mesh refuse connections between pods that policies allow';
const DOOR = 'publish Services through a proxy of their own: what comes in by it is not seen';
const OTHER_CLUSTERS = 'make Services known to other clusters: what comes from there is not seen';
const SECOND_NETWORK = 'give pods further interfaces, to which NetworkPolicies do not apply';

/**
 * Kinds that change what may pass, whoever defined them. A kind that an engine reads as a policy of its own is `decides`.
 *
 * Where they are defined: https://istio.io/latest/docs/reference/config/ https://linkerd.io/2/reference/authorization-policy/
 * https://antrea.io/docs/main/docs/antrea-network-policy/ https://ovn-kubernetes.io/features/
 * https://docs.openshift.com/container-platform/latest/rest_api/ https://docs.cilium.io/en/stable/network/
 * https://docs.aws.amazon.com/eks/latest/userguide/ https://cloud.google.com/kubernetes-engine/docs/reference/crds/
 * https://kubeovn.github.io/docs/stable/en/ https://github.com/k8snetworkplumbingwg https://multicluster.sigs.k8s.io/
 */
export const UNREAD_KINDS: readonly UnreadKinds[] = [
  {
    group: 'crd.antrea.io',
    kinds: ['ClusterNetworkPolicy', 'NetworkPolicy'],
    effect: 'decides',
    does: 'are policies of Antrea, in tiers before and after those of Kubernetes',
  },
  {
    group: 'crd.antrea.io',
    kinds: ['TrafficControl', 'Egress'],
    effect: 'opens',
    does: 'lead packets another way, or let them leave by another address',
  },
  {
    group: 'networking.k8s.aws',
    kinds: ['ClusterNetworkPolicy', 'ApplicationNetworkPolicy'],
    effect: 'decides',
    does: 'are policies of the VPC CNI of AWS, beside those of Kubernetes',
  },
  {
    group: 'networking.gke.io',
    kinds: ['FQDNNetworkPolicy'],
    effect: 'decides-outside',
    does: 'let pods out to names, and to nothing else',
  },
  {
    group: 'networking.gke.io',
    kinds: ['MultiClusterIngress', 'ServiceAttachment'],
    effect: 'opens',
    does: DOOR,
  },
  {
    group: 'k8s.ovn.org',
    kinds: ['EgressFirewall'],
    effect: 'narrows',
    does: 'shut addresses outside that policies allow',
  },
  {
    group: 'k8s.ovn.org',
    kinds: ['UserDefinedNetwork', 'ClusterUserDefinedNetwork'],
    effect: 'narrows',
    does: 'part namespaces into networks that do not reach each other',
  },
  {
    group: 'k8s.ovn.org',
    kinds: ['AdminPolicyBasedExternalRoute', 'EgressIP', 'EgressService'],
    effect: 'opens',
    does: 'lead packets out by other gateways, or under other addresses',
  },
  {
    group: 'network.openshift.io',
    kinds: ['EgressNetworkPolicy'],
    effect: 'narrows',
    does: 'shut addresses outside that policies allow',
  },
  {
    group: 'network.openshift.io',
    kinds: ['NetNamespace'],
    effect: 'narrows',
    does: 'part namespaces, where OpenShift SDN runs in its mode Multitenant',
  },
  {
    group: 'k8s.cni.cncf.io',
    kinds: ['NetworkAttachmentDefinition'],
    effect: 'opens',
    does: SECOND_NETWORK,
  },
  {
    group: 'k8s.cni.cncf.io',
    kinds: ['MultiNetworkPolicy'],
    effect: 'narrows',
    does: 'are policies for the further interfaces of pods, of which nothing is shown',
  },
  {
    group: 'vpcresources.k8s.aws',
    kinds: ['SecurityGroupPolicy'],
    effect: 'narrows',
    does: 'give pods security groups of AWS, which are followed where the account is read beside the cluster',
  },
  {
    group: 'elbv2.k8s.aws',
    kinds: ['TargetGroupBinding'],
    effect: 'opens',
    does: 'put pods behind load balancers of AWS, which are followed where the account is read beside the cluster',
  },
  {
    group: 'cilium.io',
    kinds: [
      'CiliumEgressGatewayPolicy',
      'CiliumLocalRedirectPolicy',
      'CiliumEnvoyConfig',
      'CiliumClusterwideEnvoyConfig',
    ],
    effect: 'opens',
    does: 'lead packets to other ends or out by other nodes',
  },
  {
    group: 'cilium.io',
    kinds: ['CiliumNodeConfig'],
    effect: 'opens',
    does: 'set for some nodes what Cilium does, and may switch policies off there',
  },
  {
    group: 'kubeovn.io',
    kinds: ['Subnet', 'SecurityGroup', 'Vpc'],
    effect: 'narrows',
    does: 'may part pods from each other, besides policies',
  },
  {
    group: 'kubeovn.io',
    kinds: ['IptablesDnatRule', 'OvnDnatRule', 'IptablesFIPRule', 'OvnFip'],
    effect: 'opens',
    does: DOOR,
  },
  ...['projectcalico.org', 'crd.projectcalico.org'].map((group): UnreadKinds => ({
    group,
    kinds: ['HostEndpoint'],
    effect: 'narrows',
    does: 'put policies on nodes, and with applyOnForward on what nodes hand on to pods',
  })),
  {
    group: 'security.istio.io',
    kinds: ['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'],
    effect: 'narrows',
    does: MESH,
  },
  {
    group: 'networking.istio.io',
    kinds: ['Sidecar'],
    effect: 'narrows',
    does: MESH,
  },
  { group: 'networking.istio.io', kinds: ['Gateway', 'VirtualService'], effect: 'opens', does: DOOR },
  {
    group: 'networking.istio.io',
    kinds: ['EnvoyFilter'],
    effect: 'opens',
    does: 'change what the proxies of a mesh do',
  },
  {
    group: 'policy.linkerd.io',
    kinds: [
      'Server',
      'ServerAuthorization',
      'AuthorizationPolicy',
      'MeshTLSAuthentication',
      'NetworkAuthentication',
    ],
    effect: 'narrows',
    does: MESH,
  },
  { group: 'consul.hashicorp.com', kinds: ['ServiceIntentions'], effect: 'narrows', does: MESH },
  {
    group: 'traefik.io',
    kinds: ['IngressRoute', 'IngressRouteTCP', 'IngressRouteUDP'],
    effect: 'opens',
    does: DOOR,
  },
  { group: 'projectcontour.io', kinds: ['HTTPProxy'], effect: 'opens', does: DOOR },
  { group: 'configuration.konghq.com', kinds: ['TCPIngress', 'UDPIngress'], effect: 'opens', does: DOOR },
  { group: 'getambassador.io', kinds: ['Mapping', 'TCPMapping'], effect: 'opens', does: DOOR },
  { group: 'k8s.nginx.org', kinds: ['VirtualServer', 'TransportServer'], effect: 'opens', does: DOOR },
  { group: 'gateway.solo.io', kinds: ['VirtualService'], effect: 'opens', does: DOOR },
  { group: 'apisix.apache.org', kinds: ['ApisixRoute'], effect: 'opens', does: DOOR },
  {
    group: 'serving.knative.dev',
    kinds: ['Service'],
    effect: 'opens',
    does: 'make workloads and publish them: neither is seen',
  },
  {
    group: 'multicluster.x-k8s.io',
    kinds: ['ServiceExport', 'ServiceImport'],
    effect: 'opens',
    does: OTHER_CLUSTERS,
  },
  { group: 'net.gke.io', kinds: ['ServiceExport', 'ServiceImport'], effect: 'opens', does: OTHER_CLUSTERS },
];
