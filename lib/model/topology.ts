import type { Cidr, Ip, IpSet, TransportSet } from '#netset';
import type {
  AccountId,
  BlindSpotId,
  EndpointId,
  GatewayId,
  NetworkId,
  PolicyId,
  RouteTableId,
  SubnetId,
} from './id.ts';
import type { SourceRef } from './provenance.ts';
import type { SiteGateway, TransitGateway } from './wide-network.ts';

/** A private network with an address space of its own (AWS: a VPC). Two of them may overlap. */
export type PrivateNetwork = {
  readonly id: NetworkId;
  readonly name: string;
  readonly account: AccountId;
  readonly region: string;
  readonly cidrs: IpSet;
  readonly at: SourceRef;
};

export type Subnet = {
  readonly id: SubnetId;
  readonly name: string;
  readonly network: NetworkId;
  readonly cidrs: IpSet;
  /** The `first-match` policy at its border. */
  readonly policy: PolicyId;
  readonly routeTable: RouteTableId;
  /** The part of its Region that it lies in (AWS: an Availability Zone); absent where it is not known. */
  readonly zone?: string;
  readonly at: SourceRef;
};

export type RouteTable = {
  readonly id: RouteTableId;
  readonly name: string;
  readonly network: NetworkId;
  /** Longest prefix wins; among equal prefixes the earlier in this list. */
  readonly routes: readonly Route[];
  readonly at: SourceRef;
};

export type Route = {
  /** `undefined`: a route whose destinations could not be read; it may take any address. */
  readonly destination: Cidr | undefined;
  /** Why the destinations could not be read; set with an `undefined` destination whose target says nothing of it. */
  readonly because?: BlindSpotId;
  readonly target: RouteTarget;
  readonly at: SourceRef;
};

/** The blind spots that a route carries: where it leads, or what it takes, is not known. */
export function doubtsOfRoute({ because, target }: Route): readonly BlindSpotId[] {
  return [
    ...(because === undefined ? [] : [because]),
    ...(target.kind === 'unknown' ? [target.because] : []),
  ];
}

export type RouteTarget =
  | { readonly kind: 'local' }
  | { readonly kind: 'gateway'; readonly gateway: GatewayId }
  | { readonly kind: 'blackhole'; readonly text: string }
  /** The packet goes somewhere that is not modelled or was not read: it may arrive anywhere or nowhere. */
  | {
      readonly kind: 'unknown';
      readonly text: string;
      readonly because: BlindSpotId;
      /** Who may send the packet on under an address of its own: appliances, or NAT gateways that may be meant. */
      readonly appliances: readonly (EndpointId | GatewayId)[];
    };

export type Gateway =
  | {
      readonly kind: 'internet';
      readonly id: GatewayId;
      readonly name: string;
      readonly network: NetworkId | undefined;
      readonly at: SourceRef;
    }
  | {
      readonly kind: 'egress-only';
      readonly id: GatewayId;
      readonly name: string;
      readonly network: NetworkId | undefined;
      readonly at: SourceRef;
    }
  | {
      readonly kind: 'nat';
      readonly id: GatewayId;
      readonly name: string;
      readonly network: NetworkId;
      readonly subnet: SubnetId;
      readonly isAvailable: boolean;
      /** The private addresses it sends from, and for a public one the address that the internet sees. */
      readonly addresses: readonly { readonly ip: Ip; readonly publicIp?: Ip }[];
      readonly at: SourceRef;
    }
  | {
      readonly kind: 'peering';
      readonly id: GatewayId;
      readonly name: string;
      readonly isActive: boolean;
      readonly sides: readonly [NetworkId, NetworkId];
      /** Whether a rule of one side may name a group of the other. */
      readonly sharesGroups: boolean;
      readonly at: SourceRef;
    }
  /** A way to a vendor's service that leaves the network without an internet gateway (AWS: a gateway endpoint). */
  | {
      readonly kind: 'service';
      readonly id: GatewayId;
      readonly name: string;
      readonly network: NetworkId;
      readonly isAvailable: boolean;
      readonly at: SourceRef;
    }
  | SiteGateway
  | TransitGateway;

/**
 * A way into a network from outside that is not an internet gateway and whose far side was not read (transit gateway, VPN, a peer
 * of an account that was not collected): what comes in by it is unknown.
 */
export type SideDoor = {
  readonly network: NetworkId;
  readonly text: string;
  readonly because: BlindSpotId;
};

/** What a vendor answers inside a network by itself, and no policy filters (AWS: its resolver, metadata, time). */
export type InnerService = {
  /** The network that it is in; `undefined` for each of them. */
  readonly network: NetworkId | undefined;
  readonly name: string;
  readonly ips: IpSet;
  readonly transport: TransportSet;
};
