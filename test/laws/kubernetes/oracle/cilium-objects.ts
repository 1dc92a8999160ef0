import type { LabelSelector } from './objects.ts';

type Absent = null | undefined;

export type CiliumSpec = {
  readonly endpointSelector?: LabelSelector | Absent;
  readonly nodeSelector?: LabelSelector | Absent;
  readonly enableDefaultDeny?: { readonly ingress?: boolean; readonly egress?: boolean } | Absent;
  readonly ingress?: readonly CiliumRule[] | Absent;
  readonly ingressDeny?: readonly CiliumRule[] | Absent;
  readonly egress?: readonly CiliumRule[] | Absent;
  readonly egressDeny?: readonly CiliumRule[] | Absent;
};

export type CiliumRule = {
  readonly fromEndpoints?: readonly LabelSelector[] | Absent;
  readonly toEndpoints?: readonly LabelSelector[] | Absent;
  readonly fromEntities?: readonly string[] | Absent;
  readonly toEntities?: readonly string[] | Absent;
  readonly fromCIDR?: readonly string[] | Absent;
  readonly toCIDR?: readonly string[] | Absent;
  readonly fromCIDRSet?: readonly CiliumBlock[] | Absent;
  readonly toCIDRSet?: readonly CiliumBlock[] | Absent;
  readonly toPorts?: readonly CiliumPorts[] | Absent;
};

export type CiliumBlock = { readonly cidr: string; readonly except?: readonly string[] | Absent };

export type CiliumPorts = {
  readonly ports?: readonly CiliumPort[] | Absent;
};

export type CiliumPort = {
  readonly port: string;
  readonly endPort?: number | Absent;
  readonly protocol?: string | Absent;
};
