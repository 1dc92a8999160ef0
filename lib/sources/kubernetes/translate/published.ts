import type { GatewayRoute, Gateway, ReferenceGrant } from './gateways.ts';
import type { Ingress } from './ingresses.ts';
import type { OpenshiftRoute } from './openshift-routes.ts';
import type { PodGroups } from './pod-groups.ts';
import type { ServiceEndpoint } from './service-endpoints.ts';
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
