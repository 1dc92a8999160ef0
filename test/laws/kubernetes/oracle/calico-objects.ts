type Absent = null | undefined;

export type CalicoSpec = {
  readonly tier?: string | Absent;
  readonly order?: number | Absent;
  readonly selector?: string | Absent;
  readonly namespaceSelector?: string | Absent;
  readonly serviceAccountSelector?: string | Absent;
  readonly types?: readonly string[] | Absent;
  readonly ingress?: readonly CalicoRule[] | Absent;
  readonly egress?: readonly CalicoRule[] | Absent;
  readonly preDNAT?: boolean | Absent;
  readonly doNotTrack?: boolean | Absent;
};

export type CalicoRule = {
  readonly action: string;
  readonly protocol?: string | number | Absent;
  readonly notProtocol?: string | number | Absent;
  readonly ipVersion?: number | Absent;
  readonly http?: object | Absent;
  readonly source?: CalicoEntity | Absent;
  readonly destination?: CalicoEntity | Absent;
};

export type CalicoEntity = {
  readonly nets?: readonly string[] | Absent;
  readonly notNets?: readonly string[] | Absent;
  readonly selector?: string | Absent;
  readonly notSelector?: string | Absent;
  readonly namespaceSelector?: string | Absent;
  readonly ports?: readonly (number | string)[] | Absent;
  readonly notPorts?: readonly (number | string)[] | Absent;
  readonly serviceAccounts?: object | Absent;
  readonly services?: object | Absent;
};

export type TierSpec = { readonly order?: number | Absent; readonly defaultAction?: string | Absent };
