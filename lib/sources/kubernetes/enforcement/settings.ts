/*
 * The settings by which an engine is switched on or off. What is read of a cluster keeps these and drops every other flag, variable and key,
 * so what an engine is judged by has to stand here.
 */

/** Command-line flags, of containers and of k3s. */
export const KEPT_FLAGS: ReadonlySet<string> = new Set([
  // AWS VPC CNI's agent
  'enable-network-policy',
  // kube-router
  'run-firewall',
  // Kube-OVN's controller
  'enable-np',
  // k3s
  'disable-network-policy',
  'flannel-backend',
  // kube-network-policies
  'admin-network-policy',
  'baseline-admin-network-policy',
  // OVN-Kubernetes
  'enable-admin-network-policy',
]);

/** Variables of containers. */
export const KEPT_ENV: ReadonlySet<string> = new Set([
  'NETWORK_POLICY_ENFORCING_MODE',
  'EXPECT_NPC',
  'ENABLE_POD_ENI',
  'POD_SECURITY_GROUP_ENFORCING_MODE',
  'AWS_VPC_K8S_CNI_EXTERNALSNAT',
  'AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG',
  'AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS',
]);

/** ConfigMaps that are read by name, in the namespaces of network plugins, and the keys that are kept of them. */
export const SETTINGS_MAPS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'cilium-config',
    [
      'enable-policy',
      'policy-audit-mode',
      'enable-k8s-networkpolicy',
      'enable-k8s-cluster-network-policy',
      'enable-cilium-network-policy',
      'enable-cilium-clusterwide-network-policy',
      'enable-sctp',
      'enable-host-firewall',
      'policy-cidr-match-mode',
      'cni-chaining-mode',
    ],
  ],
  ['amazon-vpc-cni', ['enable-network-policy-controller']],
]);
