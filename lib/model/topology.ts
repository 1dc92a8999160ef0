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
  /** Set where something above the routes limits what the subnet and the internet may exchange. */
  readonly publicAccess?: PublicAccess;
  /** Set where nothing stands at its border and nobody chooses its routes: an explanation need not speak of them. */
  readonly isFlat?: true;
  readonly at: SourceRef;
};

/** Whether something lets packets pass. */
export type Access = 'open' | 'closed' | 'unknown';

/**
 * A limit that the vendor lets an account put on all its internet gateways (AWS: VPC Block Public Access), as it is for one subnet:
 * connections that come in, that go out by an internet gateway, that a NAT gateway here makes, that go out by an
 * egress-only gateway. Answers pass where their connection did.
 */
export type PublicAccess = {
  readonly in: Access;
  readonly out: Access;
  readonly nat: Access;
  readonly egressOnly: Access;
  /** What limits it, for people. */
  readonly text: string;
  /** Set where any of it is unknown. */
  readonly because?: BlindSpotId;
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
  /** The vendor's id of the list of blocks of which the destination is one: its routes come and go together. */
  readonly list?: string;
  readonly target: RouteTarget;
  readonly at: SourceRef;
};

/** The blind spots that a route carries: where it leads, or what it takes, is not known. */
export function doubtsOfRoute({ because, target }: Route): readonly BlindSpotId[] {
  return [
    ...(because === undefined ? [] : [because]),
    ...(target.kind === 'unknown' || target.kind === 'inspected' ? [target.because] : []),
  ];
}

export type RouteTarget =
  | { readonly kind: 'local' }
  | { readonly kind: 'gateway'; readonly gateway: GatewayId }
  /** Lost, but for what is meant for the endpoint itself to which it leads. */
  | { readonly kind: 'blackhole'; readonly text: string; readonly why?: string; readonly except?: EndpointId }
  /** Handed to something that may drop it. What it lets through goes on unchanged, by the table of the subnet it stands in. */
  | {
      readonly kind: 'inspected';
      readonly text: string;
      readonly because: BlindSpotId;
      readonly subnets: readonly SubnetId[];
      /** Whether it may also send packets to the internet on its own, under an address of its own. */
      readonly mayTranslate: boolean;
    }
  /** The packet goes somewhere that is not modelled or was not read: it may arrive anywhere or nowhere. */
  | {
      readonly kind: 'unknown';
      readonly text: string;
      readonly because: BlindSpotId;
      /** Who may send the packet on under an address of its own: appliances, or NAT gateways that may be meant. */
      readonly appliances: readonly (EndpointId | GatewayId)[];
      /** A NAT gateway that sends on to the IPv4 address that an IPv6 one stands for (NAT64). */
      readonly translatedBy?: GatewayId;
    };

export type Gateway =
  | {
      readonly kind: 'internet';
      readonly id: GatewayId;
      readonly name: string;
      readonly network: NetworkId | undefined;
      /** The table that steers what comes in by it; without one it goes straight to where it is meant for. */
      readonly routeTable?: RouteTableId;
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
  /**
   * A way out for everything inside, under addresses that are not the endpoints' own, by which nothing comes in but answers (the nodes of a
   * Kubernetes cluster).
   */
  | {
      readonly kind: 'outlet';
      readonly id: GatewayId;
      readonly name: string;
      readonly network: NetworkId;
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
