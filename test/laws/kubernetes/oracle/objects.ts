/** What a manifest may leave out, and what it may say is nothing. */
type Absent = null | undefined;

export type Labels = Readonly<Record<string, string>>;
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** One object as an API server or a manifest gives it, of any kind. */
export type KubeObject = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string | Absent;
    readonly labels?: Labels | Absent;
  };
  readonly spec?: unknown;
  readonly status?: unknown;
};

export type LabelSelector = {
  readonly matchLabels?: Labels | Absent;
  readonly matchExpressions?: readonly LabelExpression[] | Absent;
};

export type LabelExpression = {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[] | Absent;
};

export type PodSpec = {
  readonly hostNetwork?: boolean | Absent;
  readonly serviceAccountName?: string | Absent;
  readonly containers?: readonly { readonly ports?: readonly ContainerPort[] | Absent }[] | Absent;
};

export type PodStatus = { readonly podIPs?: readonly { readonly ip: string }[] | Absent };

export type ContainerPort = {
  readonly containerPort: number;
  readonly name?: string | Absent;
  readonly protocol?: Protocol | Absent;
};

export type NetworkPolicySpec = {
  readonly podSelector?: LabelSelector | Absent;
  readonly policyTypes?: readonly string[] | Absent;
  readonly ingress?: readonly NetworkPolicyRule[] | Absent;
  readonly egress?: readonly NetworkPolicyRule[] | Absent;
};

export type NetworkPolicyRule = {
  readonly from?: readonly NetworkPolicyPeer[] | Absent;
  readonly to?: readonly NetworkPolicyPeer[] | Absent;
  readonly ports?: readonly NetworkPolicyPort[] | Absent;
};

export type NetworkPolicyPeer = {
  readonly podSelector?: LabelSelector | Absent;
  readonly namespaceSelector?: LabelSelector | Absent;
  readonly ipBlock?: IpBlock | Absent;
};

export type IpBlock = { readonly cidr: string; readonly except?: readonly string[] | Absent };

export type NetworkPolicyPort = {
  readonly protocol?: Protocol | Absent;
  readonly port?: number | string | Absent;
  readonly endPort?: number | Absent;
};

export type NamespacedPods = {
  readonly namespaceSelector?: LabelSelector | Absent;
  readonly podSelector?: LabelSelector | Absent;
};

export type AdminSubject = {
  readonly namespaces?: LabelSelector | Absent;
  readonly pods?: NamespacedPods | Absent;
};

export type AdminPeer = AdminSubject & {
  readonly networks?: readonly string[] | Absent;
  readonly nodes?: LabelSelector | Absent;
  readonly domainNames?: readonly string[] | Absent;
};

/** AdminNetworkPolicy, BaselineAdminNetworkPolicy and ClusterNetworkPolicy: what each has of these. */
export type AdminSpec = {
  readonly tier?: string | Absent;
  readonly priority?: number | Absent;
  readonly subject: AdminSubject;
  readonly ingress?: readonly AdminRule[] | Absent;
  readonly egress?: readonly AdminRule[] | Absent;
};

export type AdminRule = {
  readonly name?: string | Absent;
  readonly action: string;
  readonly from?: readonly AdminPeer[] | Absent;
  readonly to?: readonly AdminPeer[] | Absent;
  /** v1alpha1 */
  readonly ports?: readonly AdminPort[] | Absent;
  /** v1alpha2 */
  readonly protocols?: readonly ClusterProtocol[] | Absent;
};

export type AdminPort = {
  readonly portNumber?: { readonly protocol?: Protocol | Absent; readonly port: number } | Absent;
  readonly portRange?:
    { readonly protocol?: Protocol | Absent; readonly start: number; readonly end: number } | Absent;
  readonly namedPort?: string | Absent;
};

export type DestinationPort = {
  readonly number?: number | Absent;
  readonly range?: { readonly start: number; readonly end: number } | Absent;
};

export type ClusterProtocol = {
  readonly tcp?: { readonly destinationPort?: DestinationPort | Absent } | Absent;
  readonly udp?: { readonly destinationPort?: DestinationPort | Absent } | Absent;
  readonly sctp?: { readonly destinationPort?: DestinationPort | Absent } | Absent;
  readonly destinationNamedPort?: string | Absent;
};
