import { ALL_IPS, type IpSet, type TransportSet } from '#netset';
import type { BlindSpot, BlindSpotId, Endpoint, RelayListener } from '#model';
import type { GatewayRoute, Gateway, ReferenceGrant } from './gateways.ts';
import type { Ingress } from './ingresses.ts';
import type { OpenshiftRoute } from './openshift-routes.ts';
import type { PodGroups } from './pod-groups.ts';
import type { ServiceEndpoint } from './service-endpoints.ts';
import type { ServiceTarget } from './service-targets.ts';
import type { Service } from './services.ts';

/** What is published, and the pods that it may be handed to: all, also those on the network of their node. */
export type Published = {
  readonly pods: PodGroups;
  readonly services: readonly Service[];
  /** Where Services without a selector lead. */
  readonly endpoints: ReadonlyMap<string, readonly ServiceEndpoint[]>;
  readonly ingresses: readonly Ingress[];
  readonly routes: readonly OpenshiftRoute[];
  readonly gateways: readonly Gateway[];
  readonly gatewayRoutes: readonly GatewayRoute[];
  readonly grants: readonly ReferenceGrant[];
  /** Whether pods that carry out Ingress objects are known as such. */
  readonly controllers: 'found' | 'unknown';
};

/** A way in from outside, before it is put into the model. */
export type Door = {
  readonly id: string;
  readonly at: Endpoint['at'];
  readonly isPublic: boolean | BlindSpotId;
  readonly spot?: BlindSpot;
  /** Who may dial it. */
  readonly clients: IpSet;
  /** Under whose address it hands on: a pod's, a client's, or that of something outside the cluster. */
  readonly source: 'relay' | 'client' | 'outside';
  readonly listeners: readonly DoorListener[];
};

export type DoorListener = {
  readonly dialled: TransportSet;
  readonly carries: RelayListener['carries'];
  readonly targets: readonly ServiceTarget[];
};

export const ANYBODY = ALL_IPS;
