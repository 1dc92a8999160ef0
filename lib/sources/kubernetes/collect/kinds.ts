import type { KeptShape } from './kept-shape.ts';
import type { ListedKind } from './listed-kind.ts';
import * as kept from './kept.ts';
import { unreadKinds } from './unread-kinds.ts';

export type { ListedKind } from './listed-kind.ts';

const CALICO: Readonly<Record<string, string>> = {
  networkpolicies: 'NetworkPolicy',
  globalnetworkpolicies: 'GlobalNetworkPolicy',
  tiers: 'Tier',
  networksets: 'NetworkSet',
  globalnetworksets: 'GlobalNetworkSet',
  hostendpoints: 'HostEndpoint',
};

const GATEWAY_API: readonly (readonly [resource: string, kind: string, versions: readonly string[]])[] = [
  ['gateways', 'Gateway', ['v1', 'v1beta1']],
  ['httproutes', 'HTTPRoute', ['v1', 'v1beta1']],
  ['grpcroutes', 'GRPCRoute', ['v1', 'v1alpha2']],
  ['tlsroutes', 'TLSRoute', ['v1', 'v1alpha3', 'v1alpha2']],
  ['tcproutes', 'TCPRoute', ['v1', 'v1alpha2']],
  ['udproutes', 'UDPRoute', ['v1', 'v1alpha2']],
  ['referencegrants', 'ReferenceGrant', ['v1', 'v1beta1']],
];

const WORKLOADS =
  'workloads that have no pod at the moment, and the labels and ports that their pods will have';

/** What every cluster serves. */
export const BUILT_IN: readonly ListedKind[] = [
  core('namespaces', 'Namespace', kept.NAMED, 'the labels of namespaces, which policies select by'),
  core('nodes', 'Node', kept.NODE, 'the nodes, and on which of them policies are enforced'),
  core('pods', 'Pod', kept.POD, 'the pods: who there is'),
  core('services', 'Service', kept.SERVICE, 'the Services, and with them the ways from outside'),
  core('replicationcontrollers', 'ReplicationController', kept.WORKLOAD, WORKLOADS),
  apps(
    'daemonsets',
    'DaemonSet',
    kept.WORKLOAD,
    'the network plugin, so whether policies are enforced at all',
  ),
  apps('deployments', 'Deployment', kept.WORKLOAD, WORKLOADS),
  apps('replicasets', 'ReplicaSet', kept.WORKLOAD, 'which Deployment a pod belongs to'),
  apps('statefulsets', 'StatefulSet', kept.WORKLOAD, WORKLOADS),
  { group: 'batch', versions: ['v1'], resource: 'jobs', kind: 'Job', keep: kept.WORKLOAD, hides: WORKLOADS },
  {
    group: 'batch',
    versions: ['v1'],
    resource: 'cronjobs',
    kind: 'CronJob',
    keep: kept.CRON_JOB,
    hides: WORKLOADS,
  },
  {
    group: 'networking.k8s.io',
    versions: ['v1'],
    resource: 'networkpolicies',
    kind: 'NetworkPolicy',
    keep: kept.POLICY,
    hides: 'what restricts the pods: any way that is seen may be closed',
  },
  {
    group: 'networking.k8s.io',
    versions: ['v1'],
    resource: 'ingresses',
    kind: 'Ingress',
    keep: kept.INGRESS,
    hides: 'ways from outside through an ingress controller',
  },
  {
    group: 'discovery.k8s.io',
    versions: ['v1'],
    resource: 'endpointslices',
    kind: 'EndpointSlice',
    keep: kept.ENDPOINT_SLICE,
    hides: 'where Services without a selector lead',
  },
];

/** What is translated, or says more than that it is there. */
const READ_IF_SERVED: readonly ListedKind[] = [
  ...policies('policy.networking.k8s.io', ['v1alpha1'], {
    adminnetworkpolicies: 'AdminNetworkPolicy',
    baselineadminnetworkpolicies: 'BaselineAdminNetworkPolicy',
  }),
  ...policies('policy.networking.k8s.io', ['v1alpha2'], { clusternetworkpolicies: 'ClusterNetworkPolicy' }),
  ...policies('projectcalico.org', ['v3'], CALICO),
  ...policies('crd.projectcalico.org', ['v1'], CALICO),
  ...policies('cilium.io', ['v2'], {
    ciliumnetworkpolicies: 'CiliumNetworkPolicy',
    ciliumclusterwidenetworkpolicies: 'CiliumClusterwideNetworkPolicy',
  }),
  ...policies('cilium.io', ['v2', 'v2alpha1'], { ciliumcidrgroups: 'CiliumCIDRGroup' }),
  ...policies('crd.antrea.io', ['v1beta1', 'v1alpha1'], {
    clusternetworkpolicies: 'ClusterNetworkPolicy',
    networkpolicies: 'NetworkPolicy',
    tiers: 'Tier',
  }),
  ...policies('networking.k8s.aws', ['v1alpha1'], {
    clusternetworkpolicies: 'ClusterNetworkPolicy',
    applicationnetworkpolicies: 'ApplicationNetworkPolicy',
  }),
  ...policies('k8s.ovn.org', ['v1'], { egressfirewalls: 'EgressFirewall' }),
  ...policies('k8s.cni.cncf.io', ['v1beta2', 'v1beta1'], { 'multi-networkpolicies': 'MultiNetworkPolicy' }),
  ...policies('networking.gke.io', ['v1alpha1'], { fqdnnetworkpolicies: 'FQDNNetworkPolicy' }),
  ...GATEWAY_API.map(([resource, kind, versions]) => ({
    group: 'gateway.networking.k8s.io',
    versions,
    resource,
    kind,
    keep: kept.POLICY,
    hides: 'ways from outside through Gateways',
  })),
  {
    group: 'apps.openshift.io',
    versions: ['v1'],
    resource: 'deploymentconfigs',
    kind: 'DeploymentConfig',
    keep: kept.WORKLOAD,
    hides: WORKLOADS,
  },
  {
    group: 'argoproj.io',
    versions: ['v1alpha1'],
    resource: 'rollouts',
    kind: 'Rollout',
    keep: kept.WORKLOAD,
    hides: WORKLOADS,
  },
  {
    group: 'route.openshift.io',
    versions: ['v1'],
    resource: 'routes',
    kind: 'Route',
    keep: kept.ROUTE,
    hides: 'ways from outside through the router of OpenShift',
  },
  {
    group: 'security.istio.io',
    versions: ['v1', 'v1beta1'],
    resource: 'authorizationpolicies',
    kind: 'AuthorizationPolicy',
    // its conditions may name the values of headers, and nothing here reads them
    keep: kept.NAMED,
    hides: 'whether a service mesh restricts the pods further',
    narrows: true,
  },
  {
    group: 'networking.k8s.aws',
    versions: ['v1alpha1'],
    resource: 'policyendpoints',
    kind: 'PolicyEndpoint',
    keep: kept.NAMED,
    hides: 'whether the policy controller of EKS is at work',
    narrows: true,
  },
  {
    group: 'vpcresources.k8s.aws',
    versions: ['v1beta1'],
    resource: 'securitygrouppolicies',
    kind: 'SecurityGroupPolicy',
    keep: kept.POLICY,
    hides: 'which pods have security groups of their own',
  },
  {
    group: 'elbv2.k8s.aws',
    versions: ['v1beta1'],
    resource: 'targetgroupbindings',
    kind: 'TargetGroupBinding',
    keep: kept.POLICY,
    hides: 'which Services stand behind which load balancer of AWS',
  },
  {
    group: 'eks.amazonaws.com',
    versions: ['v1'],
    resource: 'nodeclasses',
    kind: 'NodeClass',
    keep: kept.NODE_CLASS,
    hides: 'whether the nodes of EKS Auto Mode enforce policies',
  },
  {
    group: 'operator.openshift.io',
    versions: ['v1'],
    resource: 'networks',
    kind: 'Network',
    keep: kept.OPENSHIFT_NETWORK,
    hides: 'which network plugin OpenShift runs, and in which mode',
  },
];

/** What is listed where the server's list of API groups has it. */
export const IF_SERVED: readonly ListedKind[] = [...READ_IF_SERVED, ...unreadKinds(READ_IF_SERVED)];

/** The kind as RBAC and people name it: `pods`, `daemonsets.apps`. */
export function listName({ group, resource }: Pick<ListedKind, 'group' | 'resource'>): string {
  return group === '' ? resource : `${resource}.${group}`;
}

function core(resource: string, kind: string, keep: KeptShape, hides: string): ListedKind {
  return { group: '', versions: ['v1'], resource, kind, keep, hides };
}

function apps(resource: string, kind: string, keep: KeptShape, hides: string): ListedKind {
  return { group: 'apps', versions: ['v1'], resource, kind, keep, hides };
}

/** Objects that some engine reads as policies: without them neither what they allow nor what they deny is known. */
function policies(
  group: string,
  versions: readonly string[],
  kinds: Readonly<Record<string, string>>,
): readonly ListedKind[] {
  return Object.entries(kinds).map(([resource, kind]) => ({
    group,
    versions,
    resource,
    kind,
    keep: kept.POLICY,
    isPolicy: true as const,
    hides: `what objects of kind ${kind} (${group}) allow and deny`,
  }));
}
